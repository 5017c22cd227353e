"""What tools take. A description is the key of a phrase, put into the reader's language when tools are made."""

import re
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, JsonValue, create_model, model_validator

from assistant.wording import worded
from knowledge.models import Frozen, Language

LONGEST_CARD = 200_000
"""Characters of a card: several times what a full card of ours takes."""
LONGEST_STRATEGY = 4_000
LONGEST_QUESTION = 1_000
MOST_WISHES = 30
MOST_PASSAGES = 20


def _split(value: Any) -> Any:
    """Take names in one text for a list of them: small models send lists so."""
    return [part for part in re.split(r"\s*[,，;；、\n]\s*", value) if part] if isinstance(value, str) else value


Name = Annotated[str, Field(max_length=200)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_split), Field(max_length=MOST_WISHES)]
Strategy = Annotated[str, Field(max_length=LONGEST_STRATEGY)]


class Given(Frozen):
    """Arguments of a tool; an argument sent as null is one that was not sent."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, sent: Any) -> Any:
        return {name: value for name, value in sent.items() if value is not None} if isinstance(sent, dict) else sent


class BriefGiven(Given):
    role: Annotated[Name, Field(min_length=1, description="tool.arg.role")]
    strategy: Annotated[Strategy, Field(description="tool.arg.strategy")] = ""
    profile: Annotated[Name, Field(description="tool.arg.profile")] = ""
    count: Annotated[Annotated[int, Field(ge=1, le=100)] | None, Field(description="tool.arg.count")] = None
    pins: Annotated[Names, Field(description="tool.arg.pins")] = ()
    exclude: Annotated[Names, Field(description="tool.arg.exclude")] = ()
    no_data: Annotated[Names, Field(description="tool.arg.no_data")] = ()


class WhyGiven(BriefGiven):
    kpi: Annotated[Name, Field(min_length=1, description="tool.arg.kpi")]


class CardGiven(Given):
    card: Annotated[
        Annotated[str, Field(max_length=LONGEST_CARD)] | dict[str, JsonValue], Field(description="tool.arg.card")
    ]
    role: Annotated[Name, Field(description="tool.arg.card_role")] = ""
    strategy: Annotated[Strategy, Field(description="tool.arg.card_strategy")] = ""
    profile: Annotated[Name, Field(description="tool.arg.card_profile")] = ""
    table: Annotated[Name, Field(description="tool.arg.table")] = ""


class RepairGiven(CardGiven):
    strict: Annotated[bool, Field(description="tool.arg.strict")] = False


class ScoreGiven(CardGiven):
    actuals: Annotated[str, Field(min_length=1, max_length=LONGEST_STRATEGY, description="tool.arg.actuals")]


class KpiGiven(Given):
    kpi: Annotated[Name, Field(min_length=1, description="tool.arg.kpi")]


class SearchGiven(Given):
    query: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, description="tool.arg.query")]
    most: Annotated[int, Field(ge=1, le=MOST_PASSAGES, description="tool.arg.most")] = 5
    role: Annotated[Name, Field(description="tool.arg.search_role")] = ""
    topic: Annotated[Name, Field(description="tool.arg.topic")] = ""
    source: Annotated[Name, Field(description="tool.arg.source")] = ""


class QuestionGiven(Given):
    question: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, description="tool.arg.question")]


class ListGiven(Given):
    query: Annotated[Name, Field(description="tool.arg.name_query")] = ""


class RulesGiven(Given):
    code: Annotated[Name, Field(description="tool.arg.code")] = ""


class NothingGiven(Given):
    pass


@cache
def described(given: type[Given], language: Language) -> type[Given]:
    """Return arguments whose descriptions are in a language."""
    fields: dict[str, Any] = {
        name: (
            Annotated[field.rebuild_annotation(), Field(description=worded(field.description or "", language))],
            ... if field.is_required() else field.default,
        )
        for name, field in given.model_fields.items()
    }
    return create_model(given.__name__, __base__=given, **fields)
