"""The first sheet of the workbook: the form, with formulas that follow what people fill in."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from api.export.form import Block, Final, Form, Key, Row, Section
from api.export.layout import Layout, Number, headed, one_line, own, said
from api.export.measure import CENTRED, WIDTHS
from api.export.safety import clean
from api.export.sheet import SHADE, Sheet
from assistant.wording import phrase_text

FIELDS_A_ROW = 3
SHORT_FIELDS = 6


class FormSheet:
    """The first sheet; it remembers where the cells stand that its formulas need."""

    def __init__(self, book: Any, form: Form, layout: Layout) -> None:
        self.form, self.layout = form, layout
        self.columns = {column.key: place for place, column in enumerate(form.columns)}
        widths = [WIDTHS[column.key] for column in form.columns]
        self.sheet = Sheet(book, "export.sheet_form", widths, layout)
        self.first = self.head = 0
        self.scored: list[tuple[int, Row]] = []
        self.triggers: list[str] = []
        self.points = ""

    def write(self) -> None:
        self.sheet.across(one_line(self.form.title, self.layout), "title", tall=30)
        self._fields()
        self._head()
        for section in self.form.sections:
            self._section(section)
        total = self._total()
        for block in self.form.blocks:
            self._block(block)
        self._weigh()
        self._final(total, self.form.final)
        self.sheet.notes(self.form.notes)
        self._sign()
        self.sheet.set_up(self.form.title, self.head)

    def _fields(self) -> None:
        """Write the short fields beside each other and the others, which may be long, over the whole width."""
        short = self.form.fields[:SHORT_FIELDS]
        shares, looks = (4, 7) * FIELDS_A_ROW, ("label", "text") * FIELDS_A_ROW
        for start in range(0, len(short), FIELDS_A_ROW):
            cells = [cell for field in short[start : start + FIELDS_A_ROW] for cell in (field.label, field.value)]
            self.sheet.line([one_line(cell, self.layout) for cell in cells], shares, looks)
        for field in self.form.fields[SHORT_FIELDS:]:
            self.sheet.line([one_line(field.label, self.layout), field.value], (4, 29), ("label", "text"))
        self.sheet.next_row(6)

    def _head(self) -> None:
        sheet, self.head = self.sheet, self.sheet.row
        texts = [one_line(column.heading, self.layout) for column in self.form.columns]
        for place, text in enumerate(texts):
            sheet.put(place, place, text, "head")
        sheet.next_row(max(30.0, *(sheet.height(place, place, text) for place, text in enumerate(texts))))
        self.first = sheet.row

    def _section(self, section: Section) -> None:
        start, shown = self.sheet.row, "dimension" in self.columns
        heights = [self._height(row) for row in section.rows]
        label = own(_subtotal(section, self.layout))
        lacking = (self.sheet.height(0, 0, label) - sum(heights)) / len(heights) if shown else 0.0
        if shown:
            self.sheet.put(0, 0, label, "dimension", down=len(section.rows) - 1)
        for row, tall in zip(section.rows, heights, strict=True):
            self._row(row, tall + max(0.0, lacking))
        if shown and section.heading:
            self._live_subtotal(section, start)

    def _live_subtotal(self, section: Section, start: int) -> None:
        """Let the subtotal follow the weights as people change them."""
        weights = self._range("weight", start, self.sheet.row - 1)
        name = clean(said(section.heading, self.layout)).replace('"', '""').replace("\n", '"&CHAR(10)&"')
        formula = f'="{name}"&CHAR(10)&ROUND(SUM({weights})*100,2)&"%"'
        self.sheet.paper.write_formula(start, 0, formula, self.sheet.look("dimension"), _subtotal(section, self.layout))

    def _height(self, row: Row) -> float:
        cells = ((self.columns[key], cell) for key, cell in row.cells.items())
        return max(24.0, *(self.sheet.height(place, place, cell) for place, cell in cells))

    def _row(self, row: Row, tall: float) -> None:
        for key, cell in row.cells.items():
            look = "strong" if key == "indicator" else "middle" if key in CENTRED else "text"
            self.sheet.put(self.columns[key], self.columns[key], cell, look)
        self.sheet.put(self.columns["score"], self.columns["score"], None, "input")
        self._limit_score(row)
        self.scored.append((self.sheet.row, row))
        self.sheet.next_row(tall)

    def _limit_score(self, row: Row) -> None:
        most = row.most
        hint = phrase_text("export.score_hint_open") if most is None else phrase_text("export.score_hint", most=most)
        bounds = {"criteria": ">=", "value": 0} if most is None else {"criteria": "between", "minimum": 0}
        words = {
            "input_title": headed(phrase_text("export.score_title"), self.layout),
            "input_message": said(hint, self.layout),
            "error_title": headed(phrase_text("export.score_title"), self.layout),
            "error_message": said(hint, self.layout),
        }
        limit = {"validate": "decimal", **bounds, **({} if most is None else {"maximum": most}), **words}
        self.sheet.paper.data_validation(
            self.sheet.row, self.columns["score"], self.sheet.row, self.columns["score"], limit
        )

    def _total(self) -> str:
        """Write the totals; return the cell of the weighted score."""
        sheet, weight, last = self.sheet, self.columns["weight"], self.sheet.row - 1
        sheet.put(0, weight - 1, one_line(self.form.total, self.layout), "strong_middle")
        total = Number(self.form.weight, percent=True)
        pattern = {"num_format": f"0.{'0' * total.decimals}%" if total.decimals else "0%"}
        sheet.formula(
            weight, f"=SUM({self._range('weight', self.first, last)})", total.value / 100, "strong_middle", **pattern
        )
        self._warn_of_total(weight)
        for place in range(weight + 1, self.columns["weighted"]):
            sheet.put(place, place, None, "text")
        scores, parts = (self._range(key, self.first, last) for key in ("score", "weighted"))
        formula = f'=IF(COUNT({scores})=0,"",SUM({parts}))'
        sheet.formula(self.columns["weighted"], formula, "", "strong_middle", num_format="0.0#")
        cell: str = xl_rowcol_to_cell(sheet.row, self.columns["weighted"])
        sheet.next_row(24)
        return cell

    def _warn_of_total(self, weight: int) -> None:
        cell = xl_rowcol_to_cell(self.sheet.row, weight)
        red = self.sheet.book.add_format({"font_color": "#C00000", "bg_color": "#FBE3E3"})
        rule = {"type": "formula", "criteria": f"=ROUND({cell},6)<>1", "format": red}
        self.sheet.paper.conditional_format(cell, rule)

    def _block(self, block: Block) -> None:
        self.sheet.next_row(8)
        self.sheet.across(one_line(block.title, self.layout), "section")
        heads = [one_line(text, self.layout) for text in block.headings]
        self.sheet.line(heads, block.shares, ["head"] * len(heads))
        start, looks = self.sheet.row, ["text"] * len(heads)
        if block.kind != "monitors":
            looks[-1] = "input"
        for row in block.rows:
            places = self.sheet.line(row, block.shares, looks)
            if block.kind == "vetoes":
                self._trigger(self.sheet.row - 1, places[-1][0])
        if block.kind == "adjustments":
            column = places[-1][0]
            self.points = f"{xl_rowcol_to_cell(start, column)}:{xl_rowcol_to_cell(self.sheet.row - 1, column)}"

    def _trigger(self, row: int, column: int) -> None:
        choices = [headed(phrase_text(key), self.layout) for key in ("export.yes", "export.no")]
        self.sheet.paper.data_validation(row, column, row, column, {"validate": "list", "source": choices})
        self.triggers.append(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))

    def _weigh(self) -> None:
        """Write the weighted scores; a line counts nothing once a disqualifier that protects it is triggered."""
        yes = headed(phrase_text("export.yes"), self.layout)
        for place, row in self.scored:
            score, weight = (xl_rowcol_to_cell(place, self.columns[key]) for key in ("score", "weight"))
            points = f"{score}*N({weight})"
            if row.gates:
                triggered = ",".join(f'{self.triggers[gate]}="{yes}"' for gate in row.gates)
                points = f"IF(OR({triggered}),0,{points})"
            formula = f'=IF({score}="","",{points})'
            look = self.sheet.look("middle", num_format="0.0#")
            self.sheet.paper.write_formula(place, self.columns["weighted"], formula, look, "")

    def _final(self, total: str, final: Final) -> None:
        sheet, last = self.sheet, self.columns["weighted"]
        sheet.next_row(8)
        sheet.put(0, 1, one_line(final.label, self.layout), "strong_middle")
        sheet.put(2, last - 1, final.rule, "text")
        bonus = f"+MAX(-{final.cap},MIN({final.cap},SUM({self.points})))" if final.cap is not None else ""
        formula = f'=IF({total}="","",{total}{bonus})'
        sheet.formula(last, formula, "", "strong_middle", num_format="0.0#", bg_color=SHADE)
        sheet.next_row(max(26.0, sheet.height(2, last - 1, final.rule)))

    def _sign(self) -> None:
        self.sheet.next_row(10)
        date, cells = phrase_text("export.date"), []
        for who in self.form.signers:
            cells += [
                one_line(phrase_text("export.sign", who=who), self.layout),
                None,
                one_line(date, self.layout),
                None,
            ]
        count = len(self.form.signers)
        self.sheet.line(cells, (4, 4, 2, 3) * count, ("note", "blank") * 2 * count)
        self.sheet.paper.set_row(self.sheet.row - 1, 30)

    def _range(self, key: Key, first: int, last: int) -> str:
        column = self.columns[key]
        return f"{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"


def _subtotal(section: Section, layout: Layout) -> str:
    weight = Number(section.weight, percent=True).say("zh")
    return f"{clean(said(section.heading, layout))}\n{weight}" if section.heading else ""
