"""A text document as tables, each with the text around it; one without tables is read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from zipfile import ZipFile

from docx import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from assistant.intake.formats import archive, lines
from assistant.intake.formats.limits import check_columns, check_rows
from assistant.intake.formats.noticed import parts_noted, refuse_nothing
from assistant.intake.formats.passages import Passage, tables
from assistant.intake.grids import Cell, Content, Grid

if TYPE_CHECKING:
    from docx.document import Document as Opened
    from docx.oxml.table import CT_Row, CT_Tc
    from docx.oxml.xmlchemy import BaseOxmlElement

DELETED = (
    ".//w:del | .//w:moveFrom | .//w:tr[w:trPr/w:del] | .//w:tc[w:tcPr/w:cellDel]"
    " | .//w:sdtPr | .//w:sdtEndPr | .//w:customXmlPr | .//w:smartTagPr"
)
WRAPPERS = ".//w:ins | .//w:moveTo | .//w:sdt | .//w:sdtContent | .//w:customXml | .//w:smartTag | .//w:fldSimple"
BOXED = ".//w:txbxContent//w:t[normalize-space()]"

Row = list[Cell]


def content(name: str, data: bytes) -> Content:
    """Return every table of a document, nested ones as tables of their own: ``T2:{row}``, ``T2.1:{row}``."""
    with archive.reading(data, "file.broken_docx") as file, ZipFile(file) as parts:
        document = Document(file)
        body = document.element.body
        _settle(body)
        grids, boxed = _grids(document), bool(body.xpath(BOXED))
        if not any(grid.rows for grid in grids):
            refuse_nothing(parts, "word/", boxed)
        return Content("docx", name, grids=grids, notes=tuple(parts_noted(parts, "word/", boxed)))


def _settle(body: BaseOxmlElement) -> None:
    """Accept tracked changes and dissolve content controls: the library reads past what stands in either."""
    for gone in body.xpath(DELETED):
        gone.getparent().remove(gone)
    for wrapper in body.xpath(WRAPPERS):
        for child in list(wrapper):
            wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)


def _grids(document: Opened) -> tuple[Grid, ...]:
    passages: list[Passage] = [Passage()]
    places: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for place, rows in _tables(block, f"T{_next(places)}"):
                passages += [Passage(rows=[lines.trimmed(tuple(row)) for row in rows]), Passage()]
                places.append(place + ":{row}")
        elif _is_heading(block):
            passages.append(Passage(heading=" ".join(block.text.split())))
        else:
            passages[-1].texts += [line.strip() for line in block.text.split("\n") if line.strip()]
    if places:
        return tables(passages, places)
    texts = [text for passage in passages for text in (passage.heading, *passage.texts) if text]
    return (lines.listed(texts),)


def _next(places: list[str]) -> int:
    return 1 + sum("." not in place for place in places)


def _is_heading(paragraph: Paragraph) -> bool:
    name = (paragraph.style.name or "").lower() if paragraph.style else ""
    return name.startswith("heading ") or name == "title"


def _tables(table: Table, place: str) -> Iterator[tuple[str, list[Row]]]:
    """Return a table and those nested in its cells."""
    rows = table._tbl.tr_lst
    check_rows(len(rows))
    yield place, _rows(rows, table)
    inner = (found for row in rows for cell in row.tc_lst for found in _Cell(cell, table).tables)
    for number, nested in enumerate(inner, 1):
        yield from _tables(nested, f"{place}.{number}")


def _rows(rows: list[CT_Row], table: Table) -> list[Row]:
    """Return the rows by their own cells: the library's rows look up every merged cell from the top, row by row."""
    found: list[Row] = []
    for row in rows:
        check_columns(row.grid_before)
        cells: Row = [Cell()] * row.grid_before
        for cell in row.tc_lst:
            check_columns(len(cells) + cell.grid_span)
            first = _cell(cell, table, found[-1] if found else [], len(cells))
            cells += [first] + [replace(first, merged=True)] * (cell.grid_span - 1)
        found.append(cells)
    return found


def _cell(cell: CT_Tc, table: Table, above: Row, column: int) -> Cell:
    if cell.vMerge == "continue" and column < len(above):
        return replace(above[column], merged=True)
    texts = (paragraph.text.strip() for paragraph in _Cell(cell, table).paragraphs)
    return Cell("\n".join(text for text in texts if text))
