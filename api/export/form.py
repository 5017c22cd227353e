"""A form as every format lays it out: what stands where, in both languages, without a word about looks."""

from dataclasses import dataclass
from typing import Literal

from api.export.layout import Cell
from assistant.models import USUAL_CAP
from knowledge.models import Text

Key = Literal[
    "dimension",
    "indicator",
    "definition",
    "threshold",
    "target",
    "stretch",
    "weight",
    "scoring",
    "source",
    "provider",
    "rater",
    "period",
    "score",
    "weighted",
]


@dataclass(frozen=True)
class Field:
    """A line above the table; one without a value is filled in by hand."""

    label: Text
    value: Text | None = None


@dataclass(frozen=True)
class Column:
    key: Key
    heading: Text


@dataclass(frozen=True)
class Row:
    """A line of the form; its score is a number from 0 to ``most``, or to any height."""

    cells: dict[Key, Cell]
    weight: float | None
    most: int | None = USUAL_CAP
    gates: tuple[int, ...] = ()
    """Which disqualifiers, from 0, take the line's points once triggered."""


@dataclass(frozen=True)
class Section:
    """The rows of one dimension with their subtotal; rows of no dimension stand in a section without a heading."""

    heading: Text | None
    rows: tuple[Row, ...]

    @property
    def weight(self) -> float:
        return sum(row.weight or 0 for row in self.rows)


BlockKind = Literal["adjustments", "vetoes", "monitors", "reasons"]


@dataclass(frozen=True)
class Block:
    """A small table of its own; ``shares`` say how wide its columns are beside each other."""

    kind: BlockKind
    title: Text
    headings: tuple[Text, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Note:
    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Final:
    """How the final score comes about; ``cap`` bounds the sum of bonus and penalty points, where there are any."""

    label: Text
    rule: Text
    cap: int | None = None


@dataclass(frozen=True)
class Form:
    title: Text
    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    total: Text
    blocks: tuple[Block, ...]
    """Adjustments, disqualifiers and monitored indicators, in this order, empty ones left out."""
    final: Final
    notes: tuple[Note, ...]
    signers: tuple[Text, ...]
    reasons: Block
    """The second page: why each line stands there."""
    grounds: tuple[Note, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def weight(self) -> float:
        return sum(row.weight or 0 for row in self.rows)

    def block(self, kind: BlockKind) -> Block | None:
        return next((block for block in self.blocks if block.kind == kind), None)
