"""Rows of cells as pipe tables; a long one becomes several with the same heading row."""

from collections.abc import Iterator

from assistant.retrieval.documents.cleaning import one_line

MOST_BYTES = 1350
"""Of one table: about what the embedding model reads at once, in Chinese or English."""

Rows = list[list[str]]


def tables(rows: Rows) -> str:
    """Return rows as Markdown, empty rows and columns left out; what has one column only is no table but lines."""
    kept = _filled([[one_line(cell) for cell in row] for row in rows])
    if not kept:
        return ""
    if len(kept[0]) == 1:
        return "\n\n".join(cell for row in kept for cell in row)
    heading, *body = [_line(row) for row in kept]
    rule = "| " + " | ".join(["---"] * len(kept[0])) + " |"
    return "\n\n".join("\n".join((heading, rule, *part)) for part in _parts(body, len(heading.encode())))


def _filled(rows: Rows) -> Rows:
    width = max((len(row) for row in rows), default=0)
    even = [row + [""] * (width - len(row)) for row in rows if any(row)]
    used = [column for column in range(width) if any(row[column] for row in even)]
    return [[row[column] for column in used] for row in even]


def _line(row: list[str]) -> str:
    return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row) + " |"


def _parts(lines: list[str], heading: int) -> Iterator[list[str]]:
    part: list[str] = []
    size = heading
    for line in lines:
        if part and size + len(line.encode()) > MOST_BYTES:
            yield part
            part, size = [], heading
        part.append(line)
        size += len(line.encode())
    yield part
