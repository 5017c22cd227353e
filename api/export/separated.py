"""The form as CSV that Excel opens as a clean table; what belongs to the card beside its lines stands below them."""

import csv
from collections.abc import Iterator
from io import StringIO

from api.export.form import Block, Form, Note
from api.export.layout import Layout, Number, headed, said
from api.export.safety import guarded

Record = list[str]


def separated(form: Form, layout: Layout) -> bytes:
    """Return one heading, a row a line and the total, then fields, blocks and notes, each behind an empty row."""
    records = [*_lines(form, layout), *_fields(form, layout)]
    records += [record for block in form.blocks for record in _block(block, layout)]
    records += [record for note in form.notes for record in _note(note, layout)]
    buffer = StringIO(newline="")
    # Quoted throughout: where lists are separated by semicolons, one in a text would split its cell.
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([[guarded(cell) for cell in record] for record in records])
    return buffer.getvalue().encode("utf-8-sig")


def _lines(form: Form, layout: Layout) -> Iterator[Record]:
    """Return the table itself; every row names its dimension."""
    keys = [column.key for column in form.columns]
    yield [headed(column.heading, layout) for column in form.columns]
    for section in form.sections:
        for row in section.rows:
            yield [said({"dimension": section.heading, **row.cells}.get(key), layout) for key in keys]
    total = ["" for _ in keys]
    total[0], total[keys.index("weight")] = headed(form.total, layout), said(Number(form.weight, True), layout)
    yield total


def _fields(form: Form, layout: Layout) -> Iterator[Record]:
    yield []
    for field in form.fields:
        if field.value is not None:
            yield [headed(field.label, layout), said(field.value, layout, between=" / ")]


def _block(block: Block, layout: Layout) -> Iterator[Record]:
    yield []
    yield [headed(block.title, layout)]
    yield [headed(heading, layout) for heading in block.headings]
    for row in block.rows:
        yield [said(cell, layout) for cell in row]


def _note(note: Note, layout: Layout) -> Iterator[Record]:
    yield []
    yield [headed(note.title, layout)]
    for line in note.lines:
        yield [said(line, layout)]
