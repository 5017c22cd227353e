"""Text and tables in the order of a document, and which text belongs to which table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.intake.grids import Cell, Grid

AROUND = 200


@dataclass
class Passage:
    """Lines of text up to a heading or a table, or a table itself."""

    heading: str = ""
    texts: list[str] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] | None = None
    first_row: int = 1


def tables(passages: Sequence[Passage], places: Sequence[str] = ()) -> tuple[Grid, ...]:
    """Return the tables among passages; text belongs to the tables on both sides, from a heading on to the next one."""
    found: list[Grid] = []
    heading = ""
    for index, passage in enumerate(passages):
        heading = passage.heading or heading
        if passage.rows is None:
            continue
        place = places[len(found)] if places else "{row}"
        before, after = above(passages[:index]), below(passages[index + 1 :])
        found.append(Grid(heading, tuple(passage.rows), passage.first_row, place, False, before, after))
    return tuple(found)


def above(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the last lines since the table before."""
    gathered: list[str] = []
    for passage in reversed(passages):
        if passage.rows is not None:
            break
        gathered = [text for text in (passage.heading, *passage.texts) if text] + gathered
    return tuple(gathered[-AROUND:])


def below(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the first lines up to the next table, or to the heading under which it stands."""
    gathered: list[str] = []
    followed = any(passage.rows is not None for passage in passages)
    for passage in passages:
        if passage.rows is not None or (followed and passage.heading):
            break
        gathered += [text for text in (passage.heading, *passage.texts) if text]
    return tuple(gathered[:AROUND])
