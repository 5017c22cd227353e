"""A walk down the rows of one table, and where it has come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.intake.form import Form, Line, Part, RowMeaning, RowRead, Section
from assistant.intake.grids import Cell, Grid
from assistant.intake.tables.columns import Header, column_letters
from assistant.intake.tables.words import Words

PARTS: dict[str, Part] = {"adjustment": "adjustment", "veto": "veto", "monitor": "monitor"}
NO_TEXT = frozenset({"name", "dimension", "weight", "section_weight", "number"})
SHORT = 60
Row = tuple[Cell, ...]


@dataclass
class Walk:
    grid: Grid
    header: Header
    words: Words
    form: Form
    part: Part = "item"
    section: str = ""
    own: dict[int, str] = field(default_factory=dict)
    """Fields of the columns below headings that a later part of the form has of its own."""
    remark: str = ""
    """The note that the walk has come into."""
    ended: bool = False
    """Whether what follows is no line of the form any more, until a title says otherwise."""

    def run(self, steps: Sequence["Step"]) -> None:
        """Tell every row apart by the first step that knows it."""
        self.own = dict(self.header.fields)
        for place in range(max(0, self.header.first), self.header.last + 1):
            self._note(place, "heading")
        for place in range(self.header.last + 1, len(self.grid.rows)):
            if any(cell.text for cell in self.grid.rows[place]):
                self._note(place, *self._row(place, steps))

    def _row(self, place: int, steps: Sequence["Step"]) -> tuple[RowMeaning, int | None]:
        row = self.grid.rows[place]
        for take in steps:
            if (meaning := take(self, place, row)) is not None:
                return meaning, len(self.form.lines) - 1 if meaning in {"item", "continued"} else None
        return "unread", None

    def value(self, row: Row, name: str) -> str:
        return self.cell(row, name).text

    def cell(self, row: Row, name: str) -> Cell:
        column = next((column for column, known in self.own.items() if known == name), None)
        return row[column] if column is not None and column < len(row) else Cell()

    def place(self, row: int) -> str:
        column = next((column for column, name in self.own.items() if name == "name"), 0)
        return self.grid.place.format(row=self.grid.first_row + row, column=column_letters(column))

    def enter(self, name: str, weight: Cell | None = None) -> None:
        """Come into a section of the form, with its weight where it states one."""
        self.section = name
        known = self.form.sections.setdefault(name, Section(name))
        if weight is not None and known.weight is None:
            known.weight = weight

    def add(self, place: int, name: str, weight: Cell | None, texts: dict[str, str]) -> Line:
        line = Line(name, self.place(place), self.part, self.section, weight, texts)
        self.form.lines.append(line)
        return line

    def texts(self, row: Row, *, merged: bool) -> dict[str, str]:
        """Return what a row says beside its name and weight, by field."""
        return {
            known: row[column].text
            for column, known in self.own.items()
            if column < len(row) and row[column].text and known not in NO_TEXT and (merged or not row[column].merged)
        }

    def _note(self, place: int, meaning: RowMeaning, line: int | None = None) -> None:
        texts = [text.replace("\n", " ") for text in said(self.grid.rows[place])]
        self.form.rows.append(RowRead(self.place(place), " | ".join(texts)[:SHORT], meaning, line))


Step = Callable[[Walk, int, Row], RowMeaning | None]


def said(row: Row) -> list[str]:
    """Return the different texts of a row in their order."""
    return list(dict.fromkeys(cell.text for cell in row if cell.text))


def first(row: Row) -> str:
    return next((cell.text for cell in row if cell.text), "")
