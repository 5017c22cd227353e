"""The tables of a file as forms, and the one that is meant."""

from dataclasses import dataclass, field

from assistant.errors import BadInput
from assistant.intake.form import Form, check_lines
from assistant.intake.grids import Content, Grid, Note
from assistant.intake.tables.around import fields_around, note_remarks
from assistant.intake.tables.beside import joined
from assistant.intake.tables.captions import captions
from assistant.intake.tables.columns import Header, find_header
from assistant.intake.tables.lines import read_lines
from assistant.intake.tables.our_rows import OurRows
from assistant.intake.tables.ours import layout_of
from assistant.intake.tables.positions import by_position
from assistant.intake.tables.rows import STEPS
from assistant.intake.tables.sideways import lies_on_its_side, turned
from assistant.intake.tables.tidy import tidied
from assistant.intake.tables.uncached import uncached
from assistant.intake.tables.unheaded import guessed_header
from assistant.intake.tables.walk import Walk
from assistant.intake.tables.words import Words
from assistant.language.offline.reader import Reader
from knowledge.models import Catalogue

ALL = "all"
HIDDEN = "intake.hidden"


@dataclass
class Tables:
    """Reads the tables of files as forms."""

    catalogue: Catalogue
    reader: Reader
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words.of(self.catalogue)

    def chosen(self, content: Content, table: str | None) -> list[Form]:
        """Return the named table, all of them, or the only one that is a card.

        ``BadInput`` where there is none, or where several leave the choice open.
        """
        forms = [form for form in self._forms(content) if any(line.part == "item" for line in form.lines)]
        for form in forms:
            check_lines(content.name, len(form.lines))
        if not forms:
            raise BadInput("error.no_scorecard", file=content.name)
        if table is not None and table.strip().casefold() == ALL:
            return [form for form in forms if form.weighted] or forms
        if table is not None:
            return [_named(forms, table, content)]
        shown = [form for form in forms if not any(note.key == HIDDEN for note in form.notes)] or forms
        weighted = [form for form in shown if form.weighted] or shown
        if len(weighted) > 1:
            raise BadInput("error.several_tables", file=content.name, tables=_listed(weighted, forms))
        return weighted

    def _forms(self, content: Content) -> list[Form]:
        """Return a form a table, or a position of it; a table that belongs to the card before it joins that card."""
        found: list[Form] = []
        for grid in (tidied(grid, content.kind) for grid in content.grids):
            if not (found and joined(grid, found[-1], self.words)):
                found.append(self._form(grid))
        return [form for whole in found for form in by_position(whole)]

    def _form(self, grid: Grid) -> Form:
        grid, header = self._headed(grid)
        form = Form(grid.name)
        if header is None:
            read_lines(grid, self.words, form)
        else:
            form.columns = header.read()
            form.layout = layout_of(header.headings.values())
            Walk(grid, header, self.words, form).run(OurRows(form.layout).steps() if form.layout else STEPS)
        above = grid.rows[: header.first] if header and header.first >= 0 else grid.rows
        form.fields |= fields_around(grid, above, self.words.fields)
        form.titles = captions(grid, grid.rows[: max(header.first, 0)] if header else None)
        note_remarks(form, grid.after, self.words)
        form.notes += uncached(grid, header)
        if grid.hidden:
            form.notes.append(Note(HIDDEN, {"table": grid.name}))
        return form

    def _headed(self, grid: Grid) -> tuple[Grid, Header | None]:
        header = find_header(grid, self.words.headings)
        if header is None and lies_on_its_side(grid, self.words.headings):
            grid = turned(grid)
            header = find_header(grid, self.words.headings)
        return grid, header or guessed_header(grid, self.reader)


def _named(forms: list[Form], table: str, content: Content) -> Form:
    numbered = {str(number): form for number, form in enumerate(forms, 1)}
    if table.strip() in numbered:
        return numbered[table.strip()]
    found = [form for form in forms if form.name.casefold() == table.strip().casefold()]
    if len(found) != 1:
        raise BadInput("error.no_table", file=content.name, table=table, tables=_listed(forms, forms))
    return found[0]


def _listed(shown: list[Form], forms: list[Form]) -> tuple[str, ...]:
    return tuple(f"{forms.index(form) + 1} {form.name or form.lines[0].name}" for form in shown)
