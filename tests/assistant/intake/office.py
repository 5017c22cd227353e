"""Workbooks, documents and archives made for tests, sound and broken."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Part = bytes | str | Callable[[bytes], bytes]

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[Any], title: str = "Sheet1", change: Callable[[Worksheet], object] | None = None) -> bytes:
    """Return a workbook of one sheet; ``change`` may alter the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    return saved(book)


def document(build: Callable[[Any], object]) -> bytes:
    """Return a document that ``build`` has filled."""
    made = docx.Document()
    build(made)
    return saved(made)


def saved(made: Any) -> bytes:
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return stream.getvalue()


def changed(data: bytes, parts: Mapping[str, Part]) -> bytes:
    """Return an archive with some parts added, replaced or edited."""
    with ZipFile(BytesIO(data)) as opened:
        kept: dict[str, bytes | str] = {name: opened.read(name) for name in opened.namelist()}
    for name, part in parts.items():
        before = kept.get(name, b"")
        kept[name] = part(before if isinstance(before, bytes) else b"") if callable(part) else part
    return archive(kept)


def sheet_xml(cells: str, after: str = "") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData>{after}</worksheet>'


def encrypted_flag(data: bytes) -> bytes:
    """Return an archive whose first member says that it needs a password."""
    marked = bytearray(data)
    marked[6] |= 1
    marked[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)
