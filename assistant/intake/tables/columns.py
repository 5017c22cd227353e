"""Which column of a table is what: the row of headings is found, and each heading is taken for a field."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.intake.cells.bilingual import HAN
from assistant.intake.form import ColumnRead
from assistant.intake.grids import Cell, Grid
from assistant.intake.tables.headings import Headings, canonical

# Headings stand near the top, below a title and the fields of the person.
SEARCHED_ROWS = 25
# Columns without which a table is no scorecard.
NEEDED = ("name", "dimension")
# Heads of a name column that give way to a clearer one beside them.
WEAK_NAMES = frozenset(
    canonical(word)
    for word in (
        *("项目", "内容", "工作内容", "工作项目", "考核项目", "考核内容", "考核项", "指标项目", "评价项目", "评分项目"),
        *("重点工作", "目标项", "item", "what", "goal", "objective", "name", "criteria"),
    )
)
POINTS = frozenset(
    canonical(word) for word in ("分值", "满分", "标准分", "标准分值", "配分", "基准分", "points", "max points")
)


# What can be a name: longer texts define.
LONGEST_NAME = 30
LONGEST_IN_LETTERS = 80


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand, and the field of each column that has one."""

    first: int
    last: int
    fields: dict[int, str]
    headings: dict[int, str]

    def column(self, field: str) -> int | None:
        return next((column for column, name in self.fields.items() if name == field), None)

    def read(self) -> list[ColumnRead]:
        return [
            ColumnRead(text, self.fields.get(column), column_letters(column))
            for column, text in sorted(self.headings.items())
        ]


def find_header(grid: Grid, headings: Headings) -> Header | None:
    """Return the headings of a table, or ``None`` where no row holds any."""
    best, most = None, 0
    for place, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        found = _matches(row, headings)
        known, count = set(found.values()), sum(not row[column].merged for column in found)
        if len(known) >= 2 and known.intersection(NEEDED) and count > most:
            best, most = Header(place, place, found, _texts(row)), count
        elif best is not None and "weight" in best.fields.values() and place > best.first + 2:
            break
    return _settled(_with_second_row(best, grid, headings), grid) if best else None


def _texts(row: Sequence[Cell]) -> dict[int, str]:
    return {column: cell.text for column, cell in enumerate(row) if cell.text}


def _matches(row: Sequence[Cell], headings: Headings) -> dict[int, str]:
    if any(cell.number is not None and not cell.merged for cell in row):
        return {}
    found = {column: headings.meaning(text) for column, text in _texts(row).items()}
    return {column: name for column, name in found.items() if name is not None}


def _with_second_row(header: Header, grid: Grid, headings: Headings) -> Header:
    """Join a second row of headings, as below a merged "target" over threshold, target and stretch."""
    if header.last + 1 >= len(grid.rows):
        return header
    row = grid.rows[header.last + 1]
    below = {column: name for column, text in _texts(row).items() if (name := headings.exact(text)) is not None}
    repeated = {column for column in below if row[column].text == header.headings.get(column)}
    if len(below) < 2 or not (below.keys() - repeated) or len(below) < len(_texts(row)) - 1:
        return header
    texts = {**header.headings, **{column: row[column].text for column in below}}
    return Header(header.first, header.last + 1, {**header.fields, **below}, texts)


def _settled(header: Header, grid: Grid) -> Header:
    """Let each field have one column: what seems named twice is told apart by heading and content."""
    fields = dict(header.fields)
    _settle_names(fields, header, grid)
    _settle_description(fields, header, grid)
    _settle_weights(fields, header, grid)
    seen: dict[str, int] = {}
    for column in sorted(fields):
        if fields[column] in seen:
            fields[column] = f"{fields[column]}_more"
        seen.setdefault(fields[column], column)
    return Header(header.first, header.last, fields, header.headings)


def _settle_names(fields: dict[int, str], header: Header, grid: Grid) -> None:
    names = [column for column in sorted(fields) if fields[column] == "name"]
    if not names:
        # "Category" alone names the items.
        column = next(column for column in sorted(fields) if fields[column] == "dimension")
        fields[column] = "name"
        return
    clear = [column for column in names if canonical(header.headings[column]) not in WEAK_NAMES]
    if len(names) == 1:
        return
    chosen = clear[-1] if clear else _finest(names, header, grid)
    for column in names:
        if column < chosen:
            fields[column] = "dimension" if "dimension" not in fields.values() else "dimension_more"
        elif column > chosen:
            fields[column] = "definition"


def _settle_description(fields: dict[int, str], header: Header, grid: Grid) -> None:
    """Let a description with many short texts be the name where what was taken for it only groups the lines."""
    named = Header(header.first, header.last, fields, header.headings)
    name, finer = named.column("name"), named.column("definition")
    if name is None or finer is None or not _names_lines(grid, header, name, finer, named.column("weight")):
        return
    fields[finer] = "name"
    fields[name] = "dimension" if "dimension" not in fields.values() else "dimension_more"


def _names_lines(grid: Grid, header: Header, name: int, finer: int, weight: int | None) -> bool:
    texts = [cell.text for cell in _body(grid, header, finer) if cell.text and not cell.merged]
    lines = len(set(texts))
    groups = _distinct(grid, header, name)
    short = sum(len(text) <= (LONGEST_NAME if HAN.search(text) else LONGEST_IN_LETTERS) for text in texts)
    weighed = weight is None or _filled(grid, header, weight) >= 0.8 * lines
    return lines >= 3 and lines >= 1.5 * groups and short >= 0.8 * len(texts) and weighed and "\n" not in "".join(texts)


def _finest(columns: list[int], header: Header, grid: Grid) -> int:
    """Return the first column with as many different texts as any: the others group its lines."""
    counts = [(_distinct(grid, header, column), column) for column in columns]
    most = max(count for count, _ in counts)
    return next(column for count, column in counts if count >= 0.8 * most)


def _settle_weights(fields: dict[int, str], header: Header, grid: Grid) -> None:
    columns = [column for column in sorted(fields) if fields[column] == "weight"]
    if len(columns) < 2:
        return
    points = [column for column in columns if canonical(header.headings[column]) in POINTS]
    weights = [column for column in columns if column not in points] or columns[:1]
    # A weight that spans several lines is the weight of their section.
    coarse = [column for column in weights if _spans_lines(grid, header, column)]
    finest = [column for column in weights if column not in coarse] or weights[-1:]
    for column in columns:
        if column in coarse and column not in finest:
            fields[column] = "section_weight"
        elif column in points and column not in finest:
            fields[column] = "points"
        elif column != finest[-1]:
            fields[column] = "weight_more"


def _spans_lines(grid: Grid, header: Header, column: int) -> bool:
    name = header.column("name")
    if name is None:
        return False
    filled = _filled(grid, header, column)
    return filled < 0.8 * _filled(grid, header, name)


def _body(grid: Grid, header: Header, column: int) -> list[Cell]:
    return [row[column] for row in grid.rows[header.last + 1 :] if column < len(row)]


def _filled(grid: Grid, header: Header, column: int) -> int:
    """Count the cells with a value of their own; a merge counts once."""
    return sum(bool(cell.text) and not cell.merged for cell in _body(grid, header, column))


def _distinct(grid: Grid, header: Header, column: int) -> int:
    return len({cell.text for cell in _body(grid, header, column) if cell.text})


def column_letters(column: int) -> str:
    """Return a column's letters as a spreadsheet shows them; 0 is A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
