"""A table without headings: the column of names and the column of weights show in what they hold."""

from assistant.intake.cells.weights import is_weight
from assistant.intake.grids import Grid
from assistant.intake.tables.columns import Header
from assistant.language.offline.reader import Reader

# So many of a column's cells must be what the column is taken for.
MOST = 0.6
FEWEST_ROWS = 2


def guessed_header(grid: Grid, reader: Reader) -> Header | None:
    """Return names and weights by content, or ``None`` where no column clearly holds both."""
    width = max((len(row) for row in grid.rows), default=0)
    if width < 2:
        return None
    texts = {column: [row[column].text for row in grid.rows if column < len(row)] for column in range(width)}
    filled = {column: [text for text in cells if text] for column, cells in texts.items()}
    weights = [column for column, cells in filled.items() if _mostly([is_weight(text) for text in cells])]
    if not weights:
        return None
    rest = [column for column in filled if column not in weights and len(filled[column]) >= FEWEST_ROWS]
    known = {column: sum(_names_something(text, reader) for text in filled[column]) for column in rest}
    names = max(rest, key=lambda column: (known[column], -column), default=None)
    if names is None:
        return None
    fields = {names: "name", weights[0]: "weight"}
    groups = [column for column in rest if column < names]
    if groups:
        fields[groups[-1]] = "dimension"
    return Header(-1, -1, fields, {})


def _names_something(text: str, reader: Reader) -> bool:
    meaning = reader.indicators.meaning(text)
    return meaning.id is not None or meaning.question is not None


def _mostly(marks: list[bool]) -> bool:
    return len(marks) >= FEWEST_ROWS and sum(marks) >= MOST * len(marks)
