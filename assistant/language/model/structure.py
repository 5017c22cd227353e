"""An answer in words read as an object of a shape."""

import json
import re
from collections.abc import Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.language.model.thinking import without_thoughts

T = TypeVar("T", bound=BaseModel)
FENCED = re.compile(r"```(?:\w+)?\s*\n?(.*?)```|<tool_call>(.*?)</tool_call>", re.DOTALL)
ARGUMENTS = ("arguments", "parameters", "input", "args")
NESTED = ("function", "tool_calls", "tool_call", "function_call")
MOST_FLAWS = 3
MOST_OBJECTS = 20


class Parsed(NamedTuple, Generic[T]):
    """Either the object, or what to tell the model is wrong; ``formless`` when there was no object at all."""

    value: T | None
    flaw: str = ""
    formless: bool = False


def parse(text: str, shape: type[T]) -> Parsed[T]:
    """Find the object in an answer, past prose, fences, calls written as text and small slips of JSON."""
    text = without_thoughts(text).strip()
    whole = _loaded(text)
    found = [whole] if isinstance(whole, dict) else list(_objects(text))
    flaw = ""
    for candidate in found:
        for value in _unwrapped(candidate, shape):
            parsed = _checked(value, shape)
            if parsed.value is not None:
                return parsed
            flaw = flaw or parsed.flaw
    return Parsed(None, flaw or "it holds no JSON object", formless=not found)


def _objects(text: str) -> Iterator[Any]:
    """Yield the objects in a text, the surest first."""
    inner = [part for match in FENCED.finditer(text) for part in match.groups() if part]
    read = [value for part in (*inner, text) for value in _read(part)]
    yield from read
    if not read and "{" in text:
        yield from _mended(text)


def _read(text: str) -> Iterator[Any]:
    """Yield the sound objects of a text, outermost ones."""
    decoder = json.JSONDecoder()
    start = text.find("{")
    for _ in range(MOST_OBJECTS):
        if start < 0:
            return
        try:
            value, end = decoder.raw_decode(text, start)
            yield value
        except (ValueError, RecursionError):
            end = start + 1
        start = text.find("{", end)


def _mended(text: str) -> Iterator[Any]:
    """Yield the object of a text with its quotes, commas and brackets put right."""
    import json_repair

    last = text.rfind("}")
    try:
        value = json_repair.loads(text[text.find("{") : last + 1 if last >= 0 else None])
    except (ValueError, RecursionError):
        return
    yield from (part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict) and part)


def _unwrapped(value: Any, shape: type[BaseModel]) -> Iterator[Any]:
    """Yield an object as it is, then what stands inside of it where it is a call written out."""
    if not isinstance(value, dict):
        return
    yield value
    for key in (*ARGUMENTS, *NESTED, shape.__name__, shape.__name__.lower()):
        inner = value.get(key)
        inner = _loaded(inner) if isinstance(inner, str) else inner
        for part in inner if isinstance(inner, list) else [inner]:
            yield from _unwrapped(part, shape)


def _checked(value: dict[str, Any], shape: type[T]) -> Parsed[T]:
    """Check an object; one without any field of the shape is another one, even if all its fields have defaults."""
    names = {name for key, field in shape.model_fields.items() for name in (key, field.alias) if name}
    if value and not names & value.keys():
        return Parsed(None, "its fields are not those of the schema")
    try:
        return Parsed(shape.model_validate_json(json.dumps(value)))
    except ValidationError as error:
        flaws = error.errors(include_url=False, include_input=False, include_context=False)
        return Parsed(None, "; ".join(_said(flaw) for flaw in flaws[:MOST_FLAWS]))


def _said(flaw: Any) -> str:
    return f"{'.'.join(map(str, flaw['loc'])) or 'the object'}: {flaw['msg']}"


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
