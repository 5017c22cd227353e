"""Blocks as plain text, for what is too long for messages."""

from collections.abc import Iterable, Iterator
from typing import Any

from api.slack.blocks.text import Block


def plain(blocks: Iterable[Block]) -> str:
    """Return what blocks say, without their buttons."""
    return "\n".join(line for block in blocks for line in _lines(block)) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if block["type"] == "header":
        yield from ("", block["text"]["text"], "")
    elif block["type"] == "context":
        yield from (one["text"] for one in block["elements"])
    elif block["type"] == "rich_text":
        for element in block["elements"]:
            yield from _rich(element)


def _rich(element: dict[str, Any]) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        yield from ("- " + _text(one).replace("\n", "\n  ") for one in element["elements"])
    else:
        yield _text(element)


def _text(section: dict[str, Any]) -> str:
    return "".join(part.get("text", "") for part in section["elements"])
