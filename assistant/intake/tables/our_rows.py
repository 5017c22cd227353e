"""Rows of a form that Scorecraft wrote: every row down to the total is a line, whatever its name."""

from dataclasses import dataclass

from assistant.intake.form import Layout, RowMeaning
from assistant.intake.tables.ours import is_total, unmarked
from assistant.intake.tables.outside_rows import (
    enter_part,
    other_headings,
    part_title,
    remark_line,
    remark_title,
    signature,
)
from assistant.intake.tables.walk import Row, Step, Walk, first, said


@dataclass
class OurRows:
    """Steps for a form in one language or in both; ``weighted`` until the total has come."""

    layout: Layout
    weighted: bool = True

    def steps(self) -> tuple[Step, ...]:
        below = (other_headings, self._part, remark_title, self._field, self._below_lines, self._line)
        return (self._total, self._weighted_line, *below)

    def _total(self, walk: Walk, place: int, row: Row) -> RowMeaning | None:
        if not self.weighted or not is_total(first(row), self.layout) or len(said(row)) > 2:
            return None
        cell = walk.cell(row, "weight")
        if cell.number is not None:
            walk.form.stated_total = cell.number * 100 if cell.percent else cell.number
        self.weighted, walk.ended = False, True
        return "total"

    def _weighted_line(self, walk: Walk, place: int, row: Row) -> RowMeaning | None:
        title = len(said(row)) == 1 and (part_title(walk, row) or walk.words.remarks.exact(first(row)))
        self.weighted = self.weighted and not title
        if not self.weighted:
            return None
        walk.enter(walk.value(row, "dimension").split("\n")[0])
        return self._line(walk, place, row)

    def _line(self, walk: Walk, place: int, row: Row) -> RowMeaning | None:
        name, kind = unmarked(walk.value(row, "name"))
        if not name:
            return None
        weight = walk.cell(row, "weight")
        text = walk.words.texts.text(name, self.layout) if self.layout == "both" else None
        line = walk.add(place, text.zh if text else name, weight, walk.texts(row, merged=True))
        line.kind, line.english = kind, text.en if text else ""
        return "item"

    def _below_lines(self, walk: Walk, place: int, row: Row) -> RowMeaning | None:
        return (signature(walk, place, row) or remark_line(walk, place, row)) if walk.ended else None

    def _part(self, walk: Walk, place: int, row: Row) -> RowMeaning | None:
        meaning = part_title(walk, row) if len(said(row)) == 1 else None
        if meaning is None:
            return None
        enter_part(walk, meaning, first(row))
        return "part"

    def _field(self, walk: Walk, place: int, row: Row) -> RowMeaning | None:
        """A field below the table, as where the first row has to be the headings."""
        texts = said(row)
        known = walk.words.fields.exact(texts[0]) if len(texts) == 2 and not walk.remark else None
        if known is None or not walk.ended:
            return None
        walk.form.fields.setdefault(known, texts[1])
        return "note"
