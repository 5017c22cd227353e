"""What a model answers with: flat, so that small models can fill it, and lenient, so that one slip costs no more."""

from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from assistant.actions import MOST_ACTIONS

KINDS = (
    "draft", "revise", "explain", "define", "check", "repair", "review", "game", "readiness", "score", "alternatives",
    "compare", "export", "show", "list", "undo", "ask", "help", "thanks", "leave", "reset", "person", "decline",
)  # fmt: skip
ASKS = ("include", "exclude", "no_data", "set", "at_least", "at_most", "raise", "lower")
DIRECTIONS = ("open", "bold", "cash_safe", "balanced", "growth", "stretch")
FORMATS = ("xlsx", "docx", "md", "csv", "json", "yaml")
LISTS = ("roles", "indicators", "themes", "rules", "profiles", "versions")
REFUSALS = ("person", "distribution", "pay", "law", "secret", "topic")
BOUNDS = ("at_most", "at_least")
DETAILS = ("", *BOUNDS, *DIRECTIONS, *FORMATS, *LISTS, *REFUSALS)


def _one_of(values: tuple[str, ...]) -> Any:
    """Return the type of a word: a server holds the model to the list, here any other is passed over later."""
    return Annotated[str, WithJsonSchema({"type": "string", "enum": list(values)})]


class Wished(BaseModel):
    """A wish about one indicator, with the words that say it."""

    model_config = ConfigDict(frozen=True)

    ask: _one_of(ASKS)  # type: ignore[valid-type]
    indicator: str = ""
    value: int = 0
    quote: str = ""


class Asked(BaseModel):
    """One thing that a message asks for."""

    model_config = ConfigDict(frozen=True)

    kind: _one_of(KINDS)  # type: ignore[valid-type]
    quote: str = ""
    roles: list[str] = Field(default=[], max_length=4)
    themes: list[str] = Field(default=[], max_length=6)
    indicators: list[str] = Field(default=[], max_length=8)
    wishes: list[Wished] = Field(default=[], max_length=8)
    lines: int = 0
    detail: _one_of(DETAILS) = ""  # type: ignore[valid-type]


class Wire(BaseModel):
    """A reading as a model gives it."""

    model_config = ConfigDict(frozen=True)

    actions: list[Asked] = Field(default=[], max_length=MOST_ACTIONS)
    unclear: str = ""


@cache
def shape(themes: tuple[str, ...], roles: tuple[str, ...]) -> type[Wire]:
    """Return the shape whose schema knows the ids of a catalogue."""
    fields: dict[str, Any] = {
        "roles": (Annotated[list[_one_of(("", *roles))], Field(max_length=4)], []),  # type: ignore[misc]
        "themes": (Annotated[list[_one_of(themes)], Field(max_length=6)], []),  # type: ignore[misc]
    }
    asked = create_model("Asked", __base__=Asked, **fields)
    actions: dict[str, Any] = {"actions": (Annotated[list[asked], Field(max_length=MOST_ACTIONS)], [])}
    return create_model("Reading", __base__=Wire, **actions)
