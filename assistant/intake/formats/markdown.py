"""Markdown: each table with the text around it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.intake.formats import lines
from assistant.intake.formats.passages import Passage, tables
from assistant.intake.grids import Cell, Grid

if TYPE_CHECKING:
    from markdown_it.token import Token

BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[ \t|:-]*$", re.MULTILINE)


def has_table(text: str) -> bool:
    """Say whether a line looks like the rule under a table's heading."""
    return "|" in text and TABLE.search(text) is not None


def grids(text: str) -> tuple[Grid, ...]:
    """Return every table; a text without one is read line by line."""
    from markdown_it import MarkdownIt

    found = tables(list(_passages(MarkdownIt("commonmark").enable("table").parse(text))))
    return found or (lines.grid(text),)


def _passages(tokens: list["Token"]) -> Iterator[Passage]:
    current = Passage()
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "table_open":
            yield current
            end = next(at for at in range(position, len(tokens)) if tokens[at].type == "table_close")
            yield _table(tokens[position:end])
            current, position = Passage(), end
        elif token.type == "heading_open":
            yield current
            current = Passage(heading=" ".join(_texts(tokens[position + 1])))
            position += 1
        else:
            current.texts += _texts(token)
        position += 1
    yield current


def _table(tokens: list["Token"]) -> Passage:
    """Return the rows of a table, the rule under its heading among them as an empty row, so that lines count right."""
    rows: list[list[Cell]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(Cell("\n".join(_texts(token))))
    first = tokens[0].map[0] + 1 if tokens[0].map else 1
    ragged = [lines.trimmed(tuple(row)) for row in rows]
    return Passage(rows=[ragged[0], (), *ragged[1:]], first_row=first)


def _texts(token: "Token") -> list[str]:
    """Return the lines of a token as they read, without markup."""
    if token.type in ("fence", "code_block", "html_block"):
        return [line.strip() for line in token.content.split("\n") if line.strip()]
    shown = "".join(_shown(child) for child in token.children or ())
    return [line.strip() for line in shown.split("\n") if line.strip()]


def _shown(token: "Token") -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if BREAK.fullmatch(token.content) else ""
    return token.content
