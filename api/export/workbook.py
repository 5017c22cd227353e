"""The form as an Excel workbook: the form with its formulas on one sheet, the reasons on another."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from api.export.form import Form
from api.export.formsheet import FormSheet
from api.export.layout import Layout, headed, one_line
from api.export.safety import clean
from api.export.sheet import Sheet

# Files are the same for the same card, so they carry no date of their own.
DATE = datetime(2000, 1, 1)


def workbook(form: Form, layout: Layout) -> bytes:
    """Return the form as the content of an .xlsx file."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": DATE, "title": clean(headed(form.title, layout))[:255]})
    FormSheet(book, form, layout).write()
    _write_grounds(book, form, layout)
    book.close()
    return buffer.getvalue()


def _write_grounds(book: Any, form: Form, layout: Layout) -> None:
    block = form.reasons
    sheet = Sheet(book, "export.sheet_grounds", [5.0 * share for share in block.shares], layout)
    sheet.across(one_line(form.title, layout), "title", tall=30)
    sheet.next_row(6)
    sheet.line([one_line(text, layout) for text in block.headings], block.shares, ["head"] * len(block.headings))
    head = sheet.row - 1
    for row in block.rows:
        sheet.line(row, block.shares, ["strong", *["text"] * (len(row) - 1)])
    sheet.notes(form.grounds)
    sheet.set_up(form.title, head)
