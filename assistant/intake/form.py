"""A form as it was read, before its lines become a scorecard: which column is what, which row is what."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from assistant.errors import BadInput
from assistant.intake.grids import Cell, Note
from knowledge.terms import Kind

Layout = Literal["zh", "en", "both"]
"""The language of a form that Scorecraft wrote."""
Part = Literal["item", "adjustment", "veto", "monitor"]
RowMeaning = Literal["heading", "item", "continued", "section", "part", "total", "signature", "note", "unread"]


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column: its heading as written, and the field it was taken for; no field where it was not understood."""

    heading: str
    field: str | None
    place: str


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row: where it stands, what it says, and what it was taken for."""

    place: str
    text: str
    meaning: RowMeaning
    line: int | None = None
    """Which line of the form it became or belongs to."""


@dataclass(slots=True)
class Line:
    """One line of a form in its own words, by field; ``section`` is the part of the form it stands in."""

    name: str
    place: str
    part: Part = "item"
    section: str = ""
    weight: Cell | None = None
    texts: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    """Values that programs give by their own names, such as an indicator's id."""
    english: str = ""
    """The name in English, where the form gives both."""
    kind: Kind | None = None
    """What a mark beside the name says."""

    def said(self, name: str) -> str:
        return self.texts.get(name, "")

    def add(self, texts: dict[str, str]) -> None:
        """Join what a continued row says to what stands above it."""
        for name, text in texts.items():
            old = self.texts.get(name, "")
            if text and text not in old.split("\n"):
                self.texts[name] = f"{old}\n{text}".strip()


@dataclass(slots=True)
class Section:
    """A part of the form with a weight of its own, where it states one."""

    name: str
    weight: Cell | None = None


MOST_LINES = 6000
"""Far above any scorecard, and still read and checked in seconds."""


def check_lines(file: str, count: int) -> None:
    """Refuse as one card what can only be a list of something else."""
    if count > MOST_LINES:
        raise BadInput("error.many_lines", file=file, count=count, most=MOST_LINES)


@dataclass(slots=True)
class Form:
    """Everything one table says."""

    name: str
    lines: list[Line] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    columns: list[ColumnRead] = field(default_factory=list)
    rows: list[RowRead] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    """What stands around the table: the position, the strategy, the rule set, the period."""
    titles: tuple[str, ...] = ()
    """What stands over the table: its heading, its sheet, lines that say nothing else."""
    notes: list[Note] = field(default_factory=list)
    stated_total: float | None = None
    """The total that the form itself gives."""
    layout: Layout | None = None
    """The language, where Scorecraft wrote the form itself."""
    remarks: dict[str, list[str]] = field(default_factory=dict)
    """The lines of the notes below the table, by what they are about."""

    @property
    def weighted(self) -> bool:
        return any(line.weight is not None and line.weight.text for line in self.lines)


DITTOS = frozenset({"同上", "同前", "〃", "ditto", "same as above", "as above", '"'})


def resolve_dittos(lines: list[Line]) -> None:
    """Put what stands above where a cell only points at it."""
    for above, line in pairwise(lines):
        for name, text in line.texts.items():
            if text.strip().casefold() in DITTOS and above.said(name):
                line.texts[name] = above.said(name)
