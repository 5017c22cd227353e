"""Slack's limits, as its documentation states them, for every block that the bot sends."""

import json
from collections.abc import Iterator
from typing import Any

BLOCKS, VIEW_BLOCKS = 50, 100
TEXT = 3000
VIEW = 250_000
"""Bytes of a window."""
SHOWN = 13_200
"""Characters of all blocks of a message, past which Slack answers msg_blocks_too_long."""
PLACES = {
    "header": 150,
    "button": 75,
    "option": 75,
    "title": 24,
    "submit": 24,
    "close": 24,
    "label": 2000,
    "hint": 2000,
}


def flaws(blocks: list[dict[str, Any]], most: int = BLOCKS) -> list[str]:
    """Return what Slack would refuse, or what would let a text be more than text."""
    found = [flaw for block in blocks for flaw in _flaws(block)]
    if not 1 <= len(blocks) <= most:
        found.append(f"{len(blocks)} blocks")
    if sum(map(_length, blocks)) > SHOWN:
        found.append(f"{sum(map(_length, blocks))} characters")
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("block ids twice")
    return found


def view_flaws(view: dict[str, Any]) -> list[str]:
    found = [flaw for flaw in flaws(view["blocks"], VIEW_BLOCKS) if not flaw[0].isdigit()]
    if len(json.dumps(view)) > VIEW:
        found.append("view too large")
    parts = [name for name in ("title", "submit", "close") if name in view]
    found += [f"{name} too long" for name in parts if len(view[name]["text"]) > PLACES[name]]
    if len(view.get("private_metadata", "")) > TEXT:
        found.append("private_metadata too long")
    return found


def _flaws(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if "mrkdwn" in str(block):
        yield f"{kind} takes markup"
    if _length(block) > TEXT:
        yield f"{kind} of {_length(block)} characters"
    if kind == "header" and not 1 <= len(block["text"]["text"]) <= PLACES["header"]:
        yield "header too long"
    if kind == "rich_text":
        yield from _empty(block)
    if kind == "context" and not 1 <= len(block["elements"]) <= 10:
        yield "context elements"
    if kind == "actions":
        yield from _buttons(block)
    if kind == "input":
        yield from _input(block)


def _empty(block: dict[str, Any]) -> Iterator[str]:
    for element in block["elements"]:
        lines = element["elements"] if element["type"] == "rich_text_list" else [element]
        for line in lines:
            if not line["elements"] or not all(part.get("text") or part.get("user_id") for part in line["elements"]):
                yield "empty rich text"


def _buttons(block: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 25:
        yield "number of buttons"
    if len(block.get("block_id", "")) > 255:
        yield "block id"
    ids = [one["action_id"] for one in block["elements"]]
    if block["elements"][0]["type"] == "static_select":
        if not all(len(one["value"]) <= 150 for one in block["elements"][0]["options"]):
            yield "option value"
        return
    if len(ids) != len(set(ids)):
        yield "action ids twice"
    for one in block["elements"]:
        if not 1 <= len(one["text"]["text"]) <= PLACES["button"]:
            yield "button text"
        if len(one.get("value", "")) > 2000 or len(one["action_id"]) > 255:
            yield "button value"
        if "confirm" in one and len(one["confirm"]["text"]["text"]) > 300:
            yield "confirm text"


def _input(block: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(block["label"]["text"]) <= PLACES["label"]:
        yield "label"
    if len(block.get("hint", {}).get("text", "")) > PLACES["hint"]:
        yield "hint"
    options = block["element"].get("options", [])
    if block["element"]["type"] == "checkboxes" and not 1 <= len(options) <= 10:
        yield "options"
    if any(len(one["text"]["text"]) > PLACES["option"] for one in options):
        yield "option text"


def _length(block: Any) -> int:
    if isinstance(block, dict):
        own = sum(len(value) for key, value in block.items() if key == "text" and isinstance(value, str))
        return own + sum(_length(value) for value in block.values())
    return sum(map(_length, block)) if isinstance(block, list) else 0
