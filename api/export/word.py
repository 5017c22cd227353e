"""The form as a Word document."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from api.export.form import Block, Field, Form, Note, Row, Section
from api.export.layout import Cell, Layout, Number, headed, labelled, said
from api.export.measure import CENTRED, WIDTHS
from api.export.safety import clean, guarded_lines
from assistant.wording import phrase_text, worded
from knowledge.models import Language

# Files are the same for the same card, so they carry no date of their own.
DATE = datetime(2000, 1, 1)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
WIDE, HIGH, MARGIN = 29.7, 21.0, 1.2
LATIN, CHINESE = "Calibri", "Microsoft YaHei"
SMALL = 7.5
# So that a heading in two languages breaks between words only.
TINY = 6.5
SHADE = "D9E2F0"
NARROW = "50"
"""Margin at the sides of a cell, in twentieths of a point."""
BLANK = "________________"


def document(form: Form, layout: Layout) -> bytes:
    """Return the form as the content of a .docx file."""
    return _dateless(WordForm(form, layout).write())


class WordForm:
    def __init__(self, form: Form, layout: Layout) -> None:
        self.form, self.layout = form, layout
        self.paper = _paper(form, layout)

    def write(self) -> Paper:
        form = self.form
        self._line(headed(form.title, self.layout), size=15, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._fields(form.fields)
        self._main()
        for block in form.blocks:
            self._block(block)
        self._final()
        self._notes(form.notes)
        self._sign()
        self.paper.add_page_break()  # type: ignore[no-untyped-call]
        self._block(form.reasons)
        self._notes(form.grounds)
        return self.paper

    def _line(self, text: str, *, size: float = 9, bold: bool = False, before: float = 0) -> Paragraph:
        paragraph = self.paper.add_paragraph()
        _say(paragraph, text, size=size, bold=bold)
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.space_after = Pt(3)
        return paragraph

    def _fields(self, fields: tuple[Field, ...]) -> None:
        """Write what is filled in by hand on one line, what is known each on its own."""
        empty = [labelled(field.label, BLANK, self.layout) for field in fields if field.value is None]
        self._line("    ".join(empty), before=4)
        for field in fields:
            if field.value is not None:
                self._line(labelled(field.label, said(field.value, self.layout, between=" / "), self.layout))

    def _main(self) -> None:
        keys = [column.key for column in self.form.columns]
        table = self._table([WIDTHS[key] for key in keys])
        self._head(table, [headed(column.heading, self.layout) for column in self.form.columns])
        for section in self.form.sections:
            cells = [self._row(table, row, keys) for row in section.rows]
            if section.heading and "dimension" in keys:
                merged = cells[0].merge(cells[-1])
                _fill(merged, _subtotal(section, self.layout), centred=True, bold=True)
                merged.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
        total = _add_row(table)
        weight = keys.index("weight")
        _fill(total[0].merge(total[weight - 1]), headed(self.form.total, self.layout), centred=True, bold=True)
        _fill(total[weight], said(Number(self.form.weight, percent=True), self.layout), centred=True, bold=True)

    def _row(self, table: Table, row: Row, keys: Sequence[str]) -> _Cell:
        cells = _add_row(table)
        for key, cell in row.cells.items():
            text = said(cell, self.layout)
            _fill(cells[keys.index(key)], text, centred=key in CENTRED, bold=key in {"indicator", "weight"})
        return cells[0]

    def _block(self, block: Block) -> None:
        self._line(headed(block.title, self.layout), size=10, bold=True, before=8)
        table = self._table([float(share) for share in block.shares])
        self._head(table, [headed(text, self.layout) for text in block.headings])
        for row in block.rows:
            self._fill_row(table, row)

    def _fill_row(self, table: Table, row: Sequence[Cell]) -> None:
        for place, (cell, content) in enumerate(zip(_add_row(table), row, strict=True)):
            _fill(cell, said(content, self.layout), bold=place == 0)

    def _final(self) -> None:
        final = self.form.final
        self._line(labelled(final.label, BLANK, self.layout), size=11, bold=True, before=8)
        self._line(said(final.rule, self.layout), size=8)

    def _notes(self, notes: tuple[Note, ...]) -> None:
        for note in notes:
            self._line(headed(note.title, self.layout), size=10, bold=True, before=8)
            for line in note.lines:
                self._line(said(line, self.layout), size=8)

    def _sign(self) -> None:
        self._line("")
        date = phrase_text("export.date")
        table = self._table([1.0] * len(self.form.signers), grid=False)
        for cell, who in zip(_add_row(table), self.form.signers, strict=True):
            name = headed(phrase_text("export.sign", who=who), self.layout)
            _fill(cell, f"{name}{BLANK}\n{headed(date, self.layout)}{BLANK}", size=9)

    def _table(self, widths: Sequence[float], *, grid: bool = True) -> Table:
        """Add an empty table over the whole width, its columns as wide as the given parts of it."""
        table: Table = self.paper.add_table(0, len(widths), "Table Grid" if grid else None)
        table.autofit = False
        margins = _element("w:tblCellMar")
        for side in ("left", "right"):
            margins.append(_element(f"w:{side}", w=NARROW, type="dxa"))
        # Word reads the parts of a table's properties in one order only.
        table._tblPr.find(qn("w:tblLook")).addprevious(margins)
        for column, part in zip(table.columns, widths, strict=True):
            column.width = Cm((WIDE - 2 * MARGIN) * part / sum(widths))
        return table

    def _head(self, table: Table, texts: Iterable[str]) -> None:
        for cell, text in zip(_add_row(table), texts, strict=True):
            cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=SHADE))
            _fill(cell, text, size=TINY if self.layout == "both" else SMALL, centred=True, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _add_row(table: Table) -> list[_Cell]:
    """Add a row that no page breaks in two."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    return list(row.cells)


def _fill(cell: _Cell, text: str, *, size: float = SMALL, centred: bool = False, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    _say(paragraph, text, size=size, bold=bold)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _say(paragraph: Paragraph, text: str, *, size: float, bold: bool = False) -> None:
    run = paragraph.add_run(guarded_lines(text))
    run.font.size, run.font.bold = Pt(size), bold
    paragraph.paragraph_format.space_after = Pt(0)


def _subtotal(section: Section, layout: Layout) -> str:
    return f"{said(section.heading, layout)}\n{said(Number(section.weight, percent=True), layout)}"


def _paper(form: Form, layout: Layout) -> Paper:
    """Return an empty document: landscape A4 with page numbers."""
    paper = Document()
    page = paper.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(WIDE), Cm(HIGH)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)
    font = paper.styles["Normal"].font
    font.name = LATIN
    font.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE)
    paper.styles["Footer"].font.size = Pt(8)
    _number_pages(page.footer.paragraphs[0], "en" if layout == "en" else "zh")
    known = paper.core_properties
    known.title, known.author, known.comments = clean(headed(form.title, layout))[:255], "Scorecraft", ""
    known.created = known.modified = DATE
    return paper


def _number_pages(paragraph: Paragraph, language: Language) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in worded("export.page", language, page="|PAGE|", pages="|NUMPAGES|").split("|"):
        if part in {"PAGE", "NUMPAGES"}:
            field = _element("w:fldSimple", instr=part)
            field.append(paragraph.add_run("1")._r)
            paragraph._p.append(field)
        else:
            paragraph.add_run(part)


def _dateless(paper: Paper) -> bytes:
    """Return the file with the same date on each of its parts, so that the same form gives the same bytes."""
    dated, dateless = BytesIO(), BytesIO()
    paper.save(dated)
    with ZipFile(dated) as old, ZipFile(dateless, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(ZipInfo(part.filename, ZIP_DATE), old.read(part), ZIP_DEFLATED)
    return dateless.getvalue()
