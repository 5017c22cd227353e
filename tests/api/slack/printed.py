"""Block Kit as text, the way it reads on a phone; and Slack's limits, which every block must keep."""

import textwrap
import unicodedata
from collections.abc import Iterator
from typing import Any

WIDTH = 46
"""Columns of a phone; a Chinese character takes two."""
STYLES = {"primary": "*", "danger": "!"}


def printed(blocks: list[dict[str, Any]]) -> str:
    """Return blocks as lines of a phone's width; buttons stand in brackets, the primary one with a star."""
    return "\n".join(line.rstrip() for block in blocks for line in _lines(block))


def _lines(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "header":
        yield from wrapped(f"## {block['text']['text']}")
    elif kind == "rich_text":
        for element in block["elements"]:
            yield from _rich(element)
    elif kind == "context":
        for element in block["elements"]:
            yield from wrapped(f"  {element['text']}", "  ")
    elif kind == "actions" and block["elements"][0]["type"] == "static_select":
        yield f"[{block['elements'][0]['placeholder']['text']} v]"
    elif kind == "actions":
        yield from wrapped(
            " ".join(f"[{STYLES.get(one.get('style', ''), '')}{label(one)}]" for one in block["elements"])
        )
    elif kind == "context_actions":
        yield " ".join(f"({one['text']['text']})" for element in block["elements"] for one in _marks(element))
    elif kind == "input":
        yield from wrapped(f"{block['label']['text']}: {_input(block['element'])}")
        if hint := block.get("hint"):
            yield from wrapped(f"  {hint['text']}", "  ")
    elif kind == "section":
        yield from wrapped(block["text"]["text"])
    elif kind == "divider":
        yield "-" * WIDTH
    else:
        raise ValueError(kind)


def label(button: dict[str, Any]) -> str:
    return str(button["text"]["text"])


def _marks(element: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return element["positive_button"], element["negative_button"]


def _input(element: dict[str, Any]) -> str:
    if element["type"] == "checkboxes":
        on = {one["value"] for one in element.get("initial_options", [])}
        return " ".join(f"[{'x' if one['value'] in on else ' '}] {label(one)}" for one in element["options"])
    return f"<{element.get('initial_value', '')}>"


def _rich(element: dict[str, Any]) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        for one in element["elements"]:
            first, *rest = _text(one).split("\n")
            yield from wrapped(f"• {first}", "  ")
            for line in rest:
                yield from wrapped(f"  {line}", "  ")
        return
    for line in _text(element).split("\n"):
        yield from wrapped(line)


def _text(section: dict[str, Any]) -> str:
    return "".join(_part(one) for one in section["elements"])


def _part(one: dict[str, Any]) -> str:
    if one["type"] == "user":
        return f"@{one['user_id']}"
    text = str(one["text"])
    if not one.get("style", {}).get("bold"):
        return text
    inner = text.strip()
    return text.replace(inner, f"*{inner}*") if inner else text


def wrapped(text: str, indent: str = "") -> list[str]:
    """Break a line as a phone would: between words, and between any two Chinese characters."""
    if all(unicodedata.east_asian_width(sign) not in "WF" for sign in text):
        return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=True) or [""]
    lines, line, width = [], "", 0
    for sign in text:
        wide = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if width + wide > WIDTH:
            lines.append(line)
            line, width = indent, len(indent)
        line, width = line + sign, width + wide
    return [*lines, line]
