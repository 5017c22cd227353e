"""A scorecard that Scorecraft itself saved as YAML or JSON."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.errors import BadInput
from assistant.intake.form import check_lines
from assistant.intake.grids import Content
from assistant.models import Scorecard

MOST = 1e15
"""Above any target in any currency."""
SHOWN = 60


def own_scorecard(content: Content) -> Scorecard | None:
    """Return the scorecard of a file that Scorecraft wrote, every field as it was; ``None`` for any other data."""
    data = content.data
    inner = data.get("scorecard") if isinstance(data, dict) and isinstance(data.get("scorecard"), dict) else data
    if not isinstance(inner, dict) or not _is_ours(inner):
        return None
    try:
        stated = {key: value for key, value in inner.items() if key != "dimensions"}
        card = Scorecard.model_validate_json(json.dumps(stated, ensure_ascii=False))
    except ValidationError as error:
        flaw = error.errors(include_url=False)[0]
        location = tuple(flaw["loc"])
        raise BadInput(
            "error.field",
            file=content.name,
            line=_line(content, location),
            field=_dotted(location),
            problem=flaw["msg"],
        ) from error
    check_lines(content.name, len(card.items))
    _check_numbers(inner, (), content)
    return card


def _check_numbers(value: Any, location: tuple[str | int, ...], content: Content) -> None:
    """Refuse a number that nobody can mean and no sum survives."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            _check_numbers(inner, (*location, key), content)
    elif isinstance(value, int | float) and not abs(value) <= MOST:
        raise BadInput("file.number", name=content.name, line=_line(content, location), text=str(value)[:SHOWN])


def _is_ours(data: Mapping[str, Any]) -> bool:
    items = data.get("items")
    return (
        isinstance(items, list)
        and bool(items)
        and all(
            isinstance(item, dict) and isinstance(item.get("name"), dict) and {"zh", "en"} == set(item["name"])
            for item in items
        )
    )


def _line(content: Content, location: tuple[str | int, ...]) -> int:
    lines = {tuple(place): line for place, line in content.lines}
    for prefix in (("scorecard",), ()):
        place: tuple[str | int, ...] = (*prefix, *location)
        while place:
            if place in lines:
                return lines[place]
            place = place[:-1]
    return 1


def _dotted(location: tuple[str | int, ...]) -> str:
    return ".".join(map(str, location))
