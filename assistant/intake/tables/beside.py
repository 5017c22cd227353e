"""Tables that belong to the card before them: parts outside the 100, reasons, signatures."""

from assistant.intake.form import Form, Part
from assistant.intake.grids import Grid
from assistant.intake.tables.around import note_remarks
from assistant.intake.tables.columns import Header, find_header
from assistant.intake.tables.our_rows import OurRows
from assistant.intake.tables.rows import STEPS
from assistant.intake.tables.walk import PARTS, Step, Walk
from assistant.intake.tables.words import Words

NO_HEADER = Header(-1, -1, {}, {})


def joined(grid: Grid, form: Form, words: Words) -> bool:
    """Tell whether a table belongs to the form before it, and add what it says to that form."""
    part = _part(grid, words)
    if part is None and not _says_why(grid, words) and not _to_be_signed(grid, form):
        return False
    note_remarks(form, grid.before, words)
    if part is not None:
        Walk(grid, NO_HEADER, words, form, part, _title(grid)).run(steps_below(form))
    note_remarks(form, grid.after, words)
    return True


def steps_below(form: Form) -> tuple[Step, ...]:
    return OurRows(form.layout, weighted=False).steps() if form.layout else STEPS


def _part(grid: Grid, words: Words) -> Part | None:
    meanings = (words.parts.exact(title) for title in (*grid.before[-1:], grid.name))
    return next((PARTS[meaning] for meaning in meanings if meaning in PARTS), None)


def _title(grid: Grid) -> str:
    return grid.before[-1] if grid.before else grid.name


def _says_why(grid: Grid, words: Words) -> bool:
    """Tell whether a table gives the reasons of lines and weighs none of them."""
    header = find_header(grid, words.headings)
    fields = set(header.fields.values()) if header else set[str]()
    return "reason" in fields and "weight" not in fields


def _to_be_signed(grid: Grid, form: Form) -> bool:
    """Tell whether a table is the row of signatures below a form of ours."""
    return form.layout is not None and len(grid.rows) == 1
