"""Any file taken apart: the one entry to the formats."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.intake.formats.detection import kind_of, kind_of_text
from assistant.intake.formats.encoding import decode
from assistant.intake.formats.limits import check_grids, check_text
from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Content, Grid, Kind, Note

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey instead of showing it."""


def parse(name: str, data: bytes) -> Content:
    """Return what a file holds; ``Refused`` is all that it raises, memory and time apart."""
    kind = kind_of(name, data)
    content = _office(kind, name, data) if kind in ("xlsx", "docx") else _text(kind, name, data)
    check_grids(content.grids)
    return content


def _office(kind: Kind | None, name: str, data: bytes) -> Content:
    if kind == "xlsx":
        from assistant.intake.formats import workbook

        return workbook.content(name, data)
    from assistant.intake.formats import document

    return document.content(name, data)


def _text(kind: Kind | None, name: str, data: bytes) -> Content:
    text, encoding = decode(data)
    check_text(text)
    kind = kind or kind_of_text(text)
    notes = (Note("noted.encoding", {"encoding": encoding}),) if encoding else ()
    content = READERS[kind](text)
    return replace(content, kind=kind, name=name, notes=notes)


def _yaml(text: str) -> Content:
    from assistant.intake.formats import yaml_data

    data, lines = yaml_data.parsed(text)
    return Content("yaml", "", data=_writable(data), lines=tuple(lines.items()))


def _json(text: str) -> Content:
    from assistant.intake.formats import json_data

    return Content("json", "", data=_writable(json_data.parsed(text)))


def _writable(data: Any) -> Any:
    """Return data as it can be shown; ``Refused`` where it holds half a character, which only escapes can write."""
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("file.encoding") from error
    return _shown(data)


def _shown(data: Any) -> Any:
    """Return data without the control characters that escapes can write; a text that holds them is refused before."""
    if isinstance(data, dict):
        return {_shown(key): _shown(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_shown(value) for value in data]
    return CONTROL.sub("", data) if isinstance(data, str) else data


def _csv(text: str) -> Content:
    from assistant.intake.formats import delimited

    return _tables(delimited.grid(text))


def _markdown(text: str) -> Content:
    from assistant.intake.formats import markdown

    return _tables(*markdown.grids(text))


def _lines(text: str) -> Content:
    from assistant.intake.formats import lines

    return _tables(lines.grid(text))


def _tables(*grids: Grid) -> Content:
    if not any(grid.rows for grid in grids):
        raise Refused("file.no_content")
    return Content("text", "", grids=grids)


READERS: dict[Kind, Callable[[str], Content]] = {
    "yaml": _yaml,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
    "text": _lines,
}
