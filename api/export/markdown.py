"""The form as Markdown."""

import re
from collections.abc import Iterator, Sequence

from api.export.form import Block, Form, Note, Section
from api.export.layout import Cell, Layout, Number, headed, labelled, said
from api.export.safety import clean, guarded_lines
from assistant.wording import phrase_text
from knowledge.models import Text

_SIGNS = re.compile(r"([\\`*_\[\]|~])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
BLANK = "________"


def markdown(form: Form, layout: Layout) -> bytes:
    """Return the form as the content of a .md file."""
    lines = [f"# {_words(headed(form.title, layout))}", ""]
    for field in form.fields:
        value = _words(said(field.value, layout, between=" / ")) or BLANK
        lines.append("- " + labelled(field.label, value, layout))
    lines += ["", *_table(_rows(form, layout))]
    for block in form.blocks:
        lines += _block(block, layout)
    lines += ["", f"**{labelled(form.final.label, BLANK, layout)}**  ", _cell(form.final.rule, layout)]
    lines += [line for note in form.notes for line in _note(note, layout)]
    lines += ["", *(f"- {_words(headed(phrase_text('export.sign', who=who), layout))} {BLANK}" for who in form.signers)]
    lines += _block(form.reasons, layout)
    lines += [line for note in form.grounds for line in _note(note, layout)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _rows(form: Form, layout: Layout) -> Iterator[list[str]]:
    keys = [column.key for column in form.columns]
    yield [_words(headed(column.heading, layout)) for column in form.columns]
    for section in form.sections:
        for row in section.rows:
            cells = {
                "dimension": _subtotal(section, layout),
                **{k: _cell(cell, layout) for k, cell in row.cells.items()},
            }
            yield [cells.get(key, "") for key in keys]
    total = {keys[0]: headed(form.total, layout), "weight": said(Number(form.weight, percent=True), layout)}
    yield [_words(total.get(key, "")) for key in keys]


def _subtotal(section: Section, layout: Layout) -> str:
    if section.heading is None:
        return ""
    return f"{_cell(section.heading, layout)}<br>{said(Number(section.weight, percent=True), layout)}"


def _table(rows: Iterator[list[str]]) -> list[str]:
    head, *rest = [f"| {' | '.join(row)} |" for row in rows]
    return [head, "|" + " --- |" * (head.count(" | ") + 1), *rest]


def _block(block: Block, layout: Layout) -> list[str]:
    rows: list[Sequence[Cell]] = list(block.rows)
    heads = [_words(headed(text, layout)) for text in block.headings]
    cells = [heads, *([_cell(cell, layout) for cell in row] for row in rows)]
    return ["", f"## {_words(headed(block.title, layout))}", "", *_table(iter(cells))]


def _note(note: Note, layout: Layout) -> list[str]:
    return ["", f"## {_words(headed(note.title, layout))}", "", *(f"- {_cell(line, layout)}" for line in note.lines)]


def _cell(cell: Cell, layout: Layout) -> str:
    return _words(said(cell, layout))


def _words(text: str | Text) -> str:
    """Return text that Markdown shows as it is, on one line."""
    safe = guarded_lines(str(text)) if clean(str(text)) else ""
    escaped = _SIGNS.sub(r"\\\1", "".join(_HTML.get(sign, sign) for sign in safe))
    return "<br>".join(line.strip() for line in escaped.split("\n"))
