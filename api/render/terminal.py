"""Cards, replies and lists for the terminal."""

from string import ascii_uppercase

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from api.render.citations import answer_parts
from api.render.notes import finding_lines, notes
from assistant.conversation import Column, Reply
from assistant.department import TOP, Department
from assistant.formulas import formula_in_words
from assistant.models import Scorecard, Suggestion
from assistant.wording import listed, plain_number, worded
from knowledge.models import Catalogue, Language

# A terminal that is none (a file, a pipe) has no width; this one holds a card without breaking names apart.
PLAIN_WIDTH = 110


def console(*, stderr: bool = False) -> Console:
    """Return a console for standard output or error."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    return (
        made
        if made.is_terminal
        else Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=PLAIN_WIDTH)
    )


def card_view(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> RenderableType:
    """Show a card: the table by dimension, the weights explained, then the notes."""
    parts = [*changed_view(suggestion, catalogue, language)]
    parts += titled(worded("label.explanation", language), [one.text for one in suggestion.explanation])
    for note in notes(suggestion, catalogue, language):
        parts += titled(note.title, list(note.lines))
    return Group(*parts)


def changed_view(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> list[RenderableType]:
    """Show the table and what the rules say to it."""
    found = finding_lines(suggestion.findings, catalogue, language)
    clean: list[RenderableType] = [Line(""), Line(worded("label.no_findings", language))]
    notes_on_it = titled(worded("label.findings", language), found) if found else clean
    return [_table(suggestion.scorecard, catalogue, language), *notes_on_it]


def _table(card: Scorecard, catalogue: Catalogue, language: Language) -> Table:
    role, profile = catalogue.roles[card.role or ""], catalogue.profiles[card.profile]
    title = worded("label.title", language, role=role.name, title=profile.title)
    table = Table(title=title, title_justify="left")
    table.add_column(worded("label.dimension", language), no_wrap=True)
    table.add_column(worded("label.indicator", language), min_width=24, overflow="fold")
    table.add_column(worded("label.weight", language), justify="right", no_wrap=True)
    table.add_column(worded("label.period", language), no_wrap=True)
    table.add_column(worded("label.reason", language), overflow="fold")
    totals = {one.dimension: one.weight for one in card.dimensions}
    for dimension, weight in totals.items():
        label = f"{catalogue.terms['dimension'][dimension].say(language)} {plain_number(weight)}%"
        for item in (item for item in card.items if item.dimension is dimension):
            table.add_row(
                label,
                Line.assemble(item.name.say(language), ("\n" + formula_in_words(item, language), "dim")),
                f"{plain_number(float(item.points))}%",
                catalogue.terms["period"][item.period].say(language) if item.period else "",
                item.rationale.say(language) if item.rationale else "",
            )
            label = ""
        table.add_section()
    table.add_row(worded("label.total", language), "", f"{plain_number(sum(totals.values()))}%", "", "")
    return table


def titled(title: str, lines: list[str]) -> list[RenderableType]:
    """Show lines below a title, each with a bullet and a hanging indent; nothing where there are none."""
    if not lines:
        return []
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=3, justify="right")
    grid.add_column(overflow="fold")
    for line in lines:
        grid.add_row("" if line.startswith(" ") else "·", line.strip())
    return [Line(""), Line(title, style="bold"), grid]


def reply_view(reply: Reply, catalogue: Catalogue) -> RenderableType:
    """Show a reply: what is said, then the card, the comparison or what was found about a form."""
    parts: list[RenderableType] = [Line(line) for line in reply.said]
    if reply.answer is not None:
        return Group(*parts, *answer_parts(reply.answer, catalogue), *map(Line, reply.after))
    if reply.held is not None:
        from api.render.forms import form_parts

        return Group(*parts, *form_parts(reply, reply.held, catalogue))
    if reply.columns:
        parts.append(comparison(reply.columns, catalogue, reply.language))
    if reply.suggestion is not None and reply.kind == "changed":
        parts += changed_view(reply.suggestion, catalogue, reply.language)
    elif reply.suggestion is not None:
        parts.append(card_view(reply.suggestion, catalogue, reply.language))
    return Group(*parts)


def comparison(columns: tuple[Column, ...], catalogue: Catalogue, language: Language) -> Table:
    """Show cards side by side, a row an indicator."""
    table = Table()
    table.add_column(worded("label.indicator", language))
    for column in columns:
        table.add_column(column.title, justify="right", overflow="fold")
    weighed = {id for column in columns for id in column.weights}
    for id in (id for id in catalogue.indicators if id in weighed):
        cells = [f"{column.weights[id]}%" if id in column.weights else "–" for column in columns]
        table.add_row(catalogue.indicators[id].name.say(language), *cells)
    return table


def department_view(found: Department, catalogue: Catalogue, language: Language) -> RenderableType:
    """Show one card a role, then the matrix with what nobody below the director carries."""
    cards: list[RenderableType] = []
    for suggestion in found.suggestions:
        cards += [_table(suggestion.scorecard, catalogue, language), Line("")]
    return Group(*cards, *_matrix(found, catalogue, language))


def _matrix(found: Department, catalogue: Catalogue, language: Language) -> list[RenderableType]:
    """Show what the director carries and what several positions share; a letter stands for each position."""
    roles = sorted((one.scorecard.role or "" for one in found.suggestions), key=lambda role: role != TOP)
    letters = dict(zip(roles, ascii_uppercase, strict=False))
    table = Table()
    table.add_column(worded("label.indicator", language), min_width=30, overflow="fold")
    for letter in letters.values():
        table.add_column(letter, justify="right", no_wrap=True)
    for row in found.matrix:
        if TOP in row.weights or len(row.weights) > 1:
            name = row.name.say(language) + ("" if row.carried else f" ({worded('label.not_carried', language)})")
            table.add_row(name, *(str(row.weights.get(role, "")) for role in roles))
    legend = listed(
        [f"{letter} {catalogue.roles[role].name.say(language)}" for role, letter in letters.items()], language
    )
    return [Line(worded("label.matrix", language), style="bold"), Line(legend), table]


def list_view(headings: list[str], rows: list[list[str]]) -> Table:
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
