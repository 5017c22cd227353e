"""JSON as plain data: no repeated key, nothing that is no number."""

import json
import math
from typing import Any

from assistant.intake.formats.limits import DEPTH
from assistant.intake.formats.refusal import Refused

LONGEST = 15
"""Digits a whole number keeps exactly wherever it goes."""


def parsed(text: str) -> Any:
    """Return the data; ``Refused`` names the line and column of what is not JSON."""
    try:
        data = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole, parse_float=_decimal
        )
    except json.JSONDecodeError as error:
        shown = text.split("\n")[error.lineno - 1].strip()[:60]
        raise Refused("file.json", line=error.lineno, column=error.colno, text=shown) from error
    except RecursionError as error:
        raise Refused("file.depth", most=DEPTH) from error
    _check_depth(data)
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused("file.json_twice", field=key[:60])
        found[key] = value
    return found


def _constant(text: str) -> Any:
    raise Refused("file.json_number", text=text)


def _whole(text: str) -> int | float:
    return int(text) if len(text.lstrip("-")) <= LONGEST else _decimal(text)


def _decimal(text: str) -> float:
    if math.isfinite(value := float(text)):
        return value
    raise Refused("file.json_number", text=text[:60])


def _check_depth(data: Any) -> None:
    layer, depth = [data], 0
    while layer:
        if depth > DEPTH:
            raise Refused("file.depth", most=DEPTH)
        layer = [child for value in layer for child in _children(value)]
        depth += 1


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
