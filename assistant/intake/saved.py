"""A scorecard that Scorecraft itself saved as YAML or JSON."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.errors import BadInput
from assistant.intake.grids import Content
from assistant.models import Scorecard


def own_scorecard(content: Content) -> Scorecard | None:
    """Return the scorecard of a file that Scorecraft wrote, every field as it was; ``None`` for any other data."""
    data = content.data
    inner = data.get("scorecard") if isinstance(data, dict) and isinstance(data.get("scorecard"), dict) else data
    if not isinstance(inner, dict) or not _is_ours(inner):
        return None
    try:
        return Scorecard.model_validate_json(_json({key: value for key, value in inner.items() if key != "dimensions"}))
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


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


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
