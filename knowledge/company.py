"""What a company's own rule set may say: only what differs from the shipped one it extends."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from knowledge.models import Bound, Frozen, Id, OwnLine, OwnText, Points, Words, either, no_truth
from knowledge.terms import Dimension, Severity

Whole = Annotated[int, BeforeValidator(no_truth), Field(ge=0, le=100)]
Range = tuple[Whole, Whole]


class CompanyBand(Frozen):
    low: Whole
    high: Whole
    severity: Severity


class CompanyMandatory(Bound):
    """``item`` is an indicator's id or any name of it, ``own`` a line that the catalogue does not know."""

    item: Words | None = None
    own: OwnLine | None = None
    roles: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def one_line(self) -> Self:
        if (self.item is None) == (self.own is None):
            raise either("item", "own")
        return self


class CompanyBanned(Frozen):
    item: Words | None = None
    words: tuple[Words, ...] = ()
    reason: OwnText

    @model_validator(mode="after")
    def something(self) -> Self:
        if (self.item is None) == (not self.words):
            raise either("item", "words")
        return self


class CompanyProfile(Frozen):
    extends: Words
    id: Id | None = None
    name: OwnText | None = None
    title: OwnText | None = None
    summary: OwnText | None = None
    step: Points | None = None
    preferred_count: Points | None = None
    count_fine: Range | None = None
    count_bands: tuple[CompanyBand, ...] | None = None
    weight_fine: Range | None = None
    weight_bands: tuple[CompanyBand, ...] | None = None
    sales_floor: Whole | None = None
    collection_floor: Whole | None = None
    subjective_most: Whole | None = None
    key_task_most: Whole | None = None
    support_result_most: Whole | None = None
    commission_sales_most: Whole | None = None
    adjustment_cap: Whole | None = None
    move_one: Range | None = None
    move_more: Whole | None = None
    severities: dict[str, Severity] = Field(default_factory=dict)
    ignore: dict[str, OwnText] = Field(default_factory=dict)
    mandatory: tuple[CompanyMandatory, ...] = ()
    banned: tuple[CompanyBanned, ...] = ()
    dimension_bands: dict[Dimension, Range] = Field(default_factory=dict)
