"""The JSON schema of a shape, as servers that hold a model to it take it."""

from functools import cache
from typing import Any

from pydantic import BaseModel

UNKNOWN = frozenset(
    (
        "contains",
        "default",
        "discriminator",
        "examples",
        "maxLength",
        "maxProperties",
        "minLength",
        "minProperties",
        "patternProperties",
        "propertyNames",
        "title",
        "uniqueItems",
    )
)
"""Words that OpenAI's strict mode refuses or has no use for; our own check holds them afterwards."""


@cache
def schema(shape: type[BaseModel]) -> dict[str, Any]:
    """Return a schema in which every field is required and no other is allowed."""
    import openai

    # Without it, a shape that refers to itself or is built late has no schema of its own yet.
    shape.model_rebuild()
    made = openai.pydantic_function_tool(shape)["function"]["parameters"]
    plain: dict[str, Any] = _plain(made)
    return plain


def strict(made: Any) -> bool:
    """Tell whether OpenAI's strict mode takes a schema: open objects and open values are none of its."""
    if isinstance(made, list):
        return all(strict(part) for part in made)
    if not isinstance(made, dict):
        return True
    open_object = made.get("type") == "object" and made.get("additionalProperties") is not False
    return made != {} and not open_object and all(strict(part) for part in made.values())


def response_format(shape: type[BaseModel]) -> dict[str, Any]:
    made = schema(shape)
    held = {"name": shape.__name__[:64], "schema": made, "strict": strict(made)}
    return {"type": "json_schema", "json_schema": held}


def _plain(made: Any, names: bool = False) -> Any:
    """Drop what strict mode does not know; ``names`` where the keys are names of fields, not words of a schema."""
    if isinstance(made, list):
        return [_plain(part) for part in made]
    if not isinstance(made, dict):
        return made
    kept = made.items() if names else ((word, part) for word, part in made.items() if word not in UNKNOWN)
    return {
        ("anyOf" if word == "oneOf" and not names else word): part
        if word in {"enum", "const", "required"} and not names
        else _plain(part, names=not names and word in {"properties", "$defs"})
        for word, part in kept
    }
