"""What pydantic says of a field, as a person can act on it, in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.wording import worded
from knowledge.models import Frozen, Language

PHRASES = {
    "missing": "flaw.missing",
    "extra_forbidden": "flaw.unknown",
    "unexpected_keyword_argument": "flaw.unknown",
    "string_type": "flaw.text",
    "int_type": "flaw.whole",
    "int_parsing": "flaw.whole",
    "int_from_float": "flaw.whole",
    "float_type": "flaw.number",
    "float_parsing": "flaw.number",
    "finite_number": "flaw.number",
    "bool_type": "flaw.yes_no",
    "bool_parsing": "flaw.yes_no",
    "list_type": "flaw.list",
    "tuple_type": "flaw.list",
    "dict_type": "flaw.object",
    "model_type": "flaw.object",
    "model_attributes_type": "flaw.object",
    "dataclass_type": "flaw.object",
    "datetime_parsing": "flaw.moment",
    "datetime_from_date_parsing": "flaw.moment",
    "datetime_type": "flaw.moment",
}
BOUNDS = {
    "greater_than_equal": ("flaw.at_least", "ge"),
    "greater_than": ("flaw.above", "gt"),
    "less_than_equal": ("flaw.at_most", "le"),
    "less_than": ("flaw.below", "lt"),
    "string_too_short": ("flaw.longer", "min_length"),
    "string_too_long": ("flaw.shorter", "max_length"),
    "too_short": ("flaw.more", "min_length"),
    "too_long": ("flaw.fewer", "max_length"),
    "literal_error": ("flaw.one_of", "expected"),
    "enum": ("flaw.one_of", "expected"),
    "string_pattern_mismatch": ("flaw.pattern", "pattern"),
}
SHOWN = 20


class Flaw(Frozen):
    """One unusable field: a JSON pointer into the body, or the parameter, and what is wrong with it."""

    pointer: str
    detail: str


def flaws(errors: Sequence[Mapping[str, Any]], language: Language) -> tuple[Flaw, ...]:
    """Return what is wrong, field by field; the same field once, and no more than a person reads."""
    found = {_pointer(error["loc"]): _said(error, language) for error in reversed(errors)}
    return tuple(Flaw(pointer=pointer, detail=detail) for pointer, detail in reversed(found.items()))[:SHOWN]


def _pointer(place: Sequence[Any]) -> str:
    where, rest = str(place[0]) if place else "", place[1:]
    steps = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in rest)
    return f"#{steps}" if where == "body" else f"{where}{steps}"


def _said(error: Mapping[str, Any], language: Language) -> str:
    name, context = str(error["type"]), error.get("ctx") or {}
    if name in PHRASES:
        return worded(PHRASES[name], language)
    if name in BOUNDS:
        key, variable = BOUNDS[name]
        return worded(key, language, limit=str(context.get(variable, "")))
    return worded("flaw.other", language, problem=str(error.get("msg", name)))
