"""What programs send and get back, beyond the product's own models."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, JsonValue, StringConstraints

from assistant.department import MatrixRow
from assistant.models import Considered, Context, ItemExplanation, Suggestion
from assistant.repair.change import Repaired
from assistant.requests import MOST_TEXT, Request
from knowledge.models import Frozen, Id, Language, Text

MOST_BRIEFS = 10_000
MOST_COMPARED = 6
Words = Annotated[str, StringConstraints(max_length=MOST_TEXT)]
Name = Annotated[str, StringConstraints(max_length=200)]
BRIEF = {
    "role": "sales representative",
    "strategy": "gain market share, collect receivables faster",
    "count": 6,
    "pins": ["collection_rate=20"],
    "language": "en",
}
BRIEF_ZH = {"role": "销售代表", "strategy": "提高市场占有率，加快回款", "exclude": ["毛利率"], "language": "zh"}
CARD = {
    "position": "Sales representative",
    "items": [
        {"name": "Sales revenue", "weight": 50, "target": 12000000},
        {"name": "Collection rate", "weight": 30, "target": 95},
        {"name": "New customers won", "weight": 10, "target": 24},
    ],
}
CARD_ZH = {
    "position": "销售代表",
    "items": [
        {"name": "销售额", "weight": 50, "target": 12000000},
        {"name": "回款率", "weight": 30, "target": 95},
        {"name": "新客户数", "weight": 20, "target": 24},
    ],
}


def shown(*examples: dict[str, Any]) -> ConfigDict:
    """Return the configuration of a body with examples, which tests carry out."""
    # Built when the routes are: FastAPI asks for the schema of each at once.
    return ConfigDict(json_schema_extra={"examples": list(examples)}, defer_build=False)


class BriefBody(Frozen):
    """A position and a strategy in words or ids, in Chinese or English, and wishes for the card."""

    role: Annotated[Name, Field(examples=["sales representative", "销售经理"])]
    """A title or a role's id."""
    strategy: Words | tuple[Name, ...] = ""
    """Free text, or ids of strategic priorities, the first weighing most."""
    context: Context = Context()
    profile: Name = "appraisal"
    """The rule set: appraisal, incentive, or a company's own."""
    count: Annotated[int, Field(ge=1, le=100)] | None = None
    """How many items the card should have."""
    pins: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    """Indicators that must stand on the card: ``collection_rate``, ``回款率=25``, ``NPS>=10``."""
    exclude: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    """Indicators that must stay off it."""
    no_data: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    """Indicators for which there is no data."""
    language: Language | None = None
    """Language of the answer; otherwise that of ``Accept-Language``, or of the brief."""

    def request(self, preferred: Language | None) -> Request:
        strategy = self.strategy if isinstance(self.strategy, str) else ", ".join(self.strategy)
        fields = self.model_dump(include=set(Request.model_fields) - {"strategy", "context", "language"})
        return Request(**fields, strategy=strategy, context=self.context, language=self.language or preferred)


class SuggestBody(BriefBody):
    model_config = shown(BRIEF, BRIEF_ZH, {"role": "all", "strategy": "cash first"})

    alternatives: bool = False
    """Whether to add cards that lean another way: balanced, growth, cash-safe."""


class ExplainBody(BriefBody):
    model_config = shown(BRIEF | {"indicator": "gross margin"})

    indicator: Name | None = None
    """One indicator, to be told why it is on the card, or why not."""


class CardBody(Frozen):
    """A scorecard: one of ours as it was returned, or anybody's with items of name and weight."""

    card: dict[str, JsonValue] | None = None
    text: Words | None = None
    """A table or a list with weights, as somebody would paste it; instead of ``card``."""
    role: Name | None = None
    """Goes before what the card says, as do the other fields."""
    profile: Name | None = None
    strategy: Words | None = None
    context: Context = Context()
    ignore: dict[Name, Annotated[str, StringConstraints(min_length=1, max_length=500)]] = Field(default_factory=dict)
    """Rules to set aside, by code, each with its reason."""
    language: Language | None = None


class CheckBody(CardBody):
    model_config = shown(
        {"card": CARD}, {"card": CARD_ZH, "language": "zh"}, {"text": "销售额 60%\n回款率 40%", "role": "销售代表"}
    )


class RepairBody(CardBody):
    model_config = shown({"card": CARD, "strict": True})

    strict: bool = False
    """Whether to remove the warnings too that a program can remove."""


class ReviewBody(CardBody):
    model_config = shown({"card": CARD, "strategy": "win new customers", "language": "en"})


class ScoreBody(CardBody):
    model_config = shown({"card": CARD_ZH, "actuals": {"销售额": "92%", "回款率": 96, "新客户数": "20/24"}})

    actuals: Words | dict[Name, str | int | float | bool]
    """Hypothetical actuals by line: a figure, 92%, 6/8, done; or in one text, ``revenue=92%, new customers=6/8``."""


class ExportBody(CardBody):
    model_config = shown({"card": CARD, "to": "xlsx", "form_language": "both"})

    to: Literal["xlsx", "docx", "md", "csv", "json", "yaml"]
    form_language: Literal["zh", "en", "both"] | None = None
    """Language of the form; otherwise that of the answer."""


class CompareBody(Frozen):
    """Two to six briefs or cards to be put side by side."""

    model_config = shown(
        {"briefs": [{"role": "sales representative"}, {"role": "sales manager"}], "language": "en"},
        {"briefs": [BRIEF_ZH], "cards": [{"card": CARD_ZH}], "language": "zh"},
    )

    briefs: Annotated[tuple[BriefBody, ...], Field(max_length=MOST_COMPARED)] = ()
    cards: Annotated[tuple[CardBody, ...], Field(max_length=MOST_COMPARED)] = ()
    language: Language | None = None


class Alternative(Frozen):
    """A card that leans another way."""

    stance: Id
    name: Text
    suggestion: Suggestion


class Suggested(Suggestion):
    """A suggestion, with other leanings where they were asked for."""

    alternatives: tuple[Alternative, ...] = ()


class DepartmentSuggested(Frozen):
    """One card a role under one strategy, and where each result of the director is carried."""

    suggestions: tuple[Suggestion, ...]
    matrix: tuple[MatrixRow, ...]


class RepairedCard(Repaired):
    sound: bool
    """Whether the repaired card holds no error; what is left for a person stands in ``left``."""


class Explained(Frozen):
    """Why each line has its weight, and why others are not on the card."""

    explanation: tuple[ItemExplanation, ...]
    considered: tuple[Considered, ...]
    indicator: Id | None = None
    on_card: bool | None = None
    answer: str = ""
    """Why the indicator that was asked about is on the card, or why not."""


class ComparedColumn(Frozen):
    title: str
    role: Id | None
    items: int


class ComparedRow(Frozen):
    """One line and its weight in each column; ``null`` where a card does not have it."""

    indicator: Id | None
    name: str
    weights: tuple[int | float | None, ...]


class Compared(Frozen):
    columns: tuple[ComparedColumn, ...]
    rows: tuple[ComparedRow, ...]
