"""A sheet of a workbook that is filled from top to bottom."""

from collections.abc import Sequence
from typing import Any

from api.export.form import Note
from api.export.layout import Cell, Layout, Number, headed, one_line, said
from api.export.measure import HIGHEST, height, spans
from api.export.safety import clean, formula_like
from assistant.wording import phrase_text, worded
from knowledge.models import Language, Text

FONTS: dict[Layout, str] = {"zh": "Microsoft YaHei", "both": "Microsoft YaHei", "en": "Calibri"}
SIZE = 9
A4 = 9
LONGEST = 32_767
"""Characters that a cell can hold."""
SHADE, SOFT, LINE = "#D9E2F0", "#F2F5FA", "#8A94A6"
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "align": "center"},
    "label": {"bold": True, "bg_color": SOFT, "border": 1},
    "head": {"bold": True, "bg_color": SHADE, "border": 1, "align": "center"},
    "text": {"border": 1},
    "middle": {"border": 1, "align": "center"},
    # At the top, where a page that ends inside a dimension does not cut its name.
    "dimension": {"border": 1, "align": "center", "valign": "top", "bold": True},
    "strong": {"border": 1, "bold": True},
    "strong_middle": {"border": 1, "bold": True, "align": "center"},
    "section": {"bold": True, "font_size": 10, "top": 0},
    "note": {},
    "blank": {"bottom": 1},
    "input": {"border": 1, "align": "center", "bg_color": "#FFFBE6"},
}


class Sheet:
    """Writes rows below one another; ``row`` is the next free one."""

    def __init__(self, book: Any, name: str, widths: Sequence[float], layout: Layout) -> None:
        """``name`` is the phrase that names the sheet."""
        self.book, self.layout, self.widths = book, layout, tuple(widths)
        self.paper = book.add_worksheet(said(phrase_text(name), layout, between=" "))
        self.row = 0
        self._looks: dict[Any, Any] = {}
        for place, room in enumerate(self.widths):
            self.paper.set_column(place, place, room)

    def look(self, name: str, **more: Any) -> Any:
        """Return a cell format by name, made once."""
        key = (name, *sorted(more.items()))
        if key not in self._looks:
            common = {"font_name": FONTS[self.layout], "font_size": SIZE, "valign": "vcenter", "text_wrap": True}
            common["border_color"] = LINE
            self._looks[key] = self.book.add_format(common | LOOKS[name] | more)
        return self._looks[key]

    def put(self, first: int, last: int, cell: Cell, look: str = "text", *, down: int = 0) -> None:
        """Write a cell over columns, and over rows below where ``down`` says so; text never becomes a formula."""
        text = clean(said(cell, self.layout))[:LONGEST] if not isinstance(cell, Number) else ""
        form = self.look(look, quote_prefix=True) if formula_like(text) else self.look(look)
        if last > first or down:
            self.paper.merge_range(self.row, first, self.row + down, last, "", form)
        if isinstance(cell, Number):
            self.paper.write_number(self.row, first, *_shown(cell, self, look))
        elif text:
            self.paper.write_string(self.row, first, text, form)
        else:
            self.paper.write_blank(self.row, first, None, form)

    def formula(self, column: int, formula: str, value: float | str, look: str, **more: Any) -> None:
        self.paper.write_formula(self.row, column, formula, self.look(look, **more), value)

    def next_row(self, tall: float) -> None:
        self.paper.set_row(self.row, min(tall, HIGHEST))
        self.row += 1

    def height(self, first: int, last: int, cell: Cell) -> float:
        return height(said(cell, self.layout), sum(self.widths[first : last + 1]), self.layout)

    def across(self, cell: Cell, look: str, *, tall: float = 0.0) -> None:
        """Write one cell over the whole width."""
        last = len(self.widths) - 1
        self.put(0, last, cell, look)
        self.next_row(max(tall, self.height(0, last, cell)))

    def line(self, cells: Sequence[Cell], shares: tuple[int, ...], looks: Sequence[str]) -> list[tuple[int, int]]:
        """Write a row of a small table; return the columns that each of its cells takes."""
        places = spans(shares, self.widths)
        for (first, last), cell, look in zip(places, cells, looks, strict=True):
            self.put(first, last, cell, look)
        self.next_row(max(self.height(*place, cell) for place, cell in zip(places, cells, strict=True)))
        return places

    def notes(self, notes: tuple[Note, ...]) -> None:
        for note in notes:
            self.next_row(8)
            self.across(one_line(note.title, self.layout), "section")
            for line in note.lines:
                self.across(line, "note")

    def set_up(self, title: Text, head: int) -> None:
        """Set up the screen and the print: frozen heading, landscape A4, one page wide, the heading on every page."""
        language: Language = "en" if self.layout == "en" else "zh"
        paper = self.paper
        paper.freeze_panes(head + 1, 0)
        paper.hide_gridlines(2)
        paper.set_landscape()
        paper.set_paper(A4)
        paper.fit_to_pages(1, 0)
        paper.repeat_rows(head)
        paper.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        paper.center_horizontally()
        # An ampersand starts a code in headers, which hold 255 characters at most.
        words = clean(headed(title, self.layout)).replace("\n", " ")[:100].replace("&", "&&")
        paper.set_header(f"&L&8{words}")
        paper.set_footer("&C&8" + worded("export.page", language, page="&P", pages="&N"))


def _shown(cell: Number, sheet: Sheet, look: str) -> tuple[float, Any]:
    digits = "." + "0" * cell.decimals if cell.decimals else ""
    pattern = f"0{digits}%" if cell.percent else f"#,##0{digits}"
    value = round(cell.value / 100, 10) if cell.percent else cell.value
    return value, sheet.look(look, num_format=pattern)
