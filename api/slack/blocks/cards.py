"""Scorecards to be read on a phone: dimension by dimension, each weight as a number and a bar."""

from collections.abc import Iterable, Iterator, Sequence

from api.render.notes import Note, notes
from api.slack.blocks.findings import finding_lines
from api.slack.blocks.text import Block, Line, bar, header, listing, paragraphs, small, words
from assistant.formulas import formula_in_words
from assistant.models import Scorecard, ScorecardItem, Suggestion
from assistant.wording import plain_number, worded
from knowledge.models import Catalogue, Language

READ = ("label.understood",)
BESIDE = (
    "label.vetoes",
    "label.vetoes_pay",
    "label.monitors",
    "label.assumptions",
    "label.fill",
    "label.questions",
)
"""Notes that a card needs beside it."""
BEHIND = ("label.considered", "label.citations")
"""Notes that are shown to those who ask why."""


def drafted(
    suggestion: Suggestion, catalogue: Catalogue, language: Language, controls: Sequence[Block], *, whole: bool
) -> Iterator[Block]:
    """Yield a draft of ours with what the rules say to it, its buttons, and if ``whole`` its notes."""
    card, found = suggestion.scorecard, notes(suggestion, catalogue, language)
    yield header(title(card, catalogue, language))
    if whole:
        yield from small([line for note in found if note.about in READ for line in note.lines])
    yield from table(card, catalogue, language)
    said = finding_lines(suggestion.findings, catalogue, language)
    yield from listing(worded("label.findings", language), said)
    if not said:
        yield from paragraphs([worded("label.no_findings", language)])
    yield from controls
    if whole:
        yield from noted(found, BESIDE)


def reasons(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> Iterator[Block]:
    """Yield what a draft rests on: what was not chosen, and the guidance behind each line."""
    yield from noted(notes(suggestion, catalogue, language), BEHIND)


def noted(found: Iterable[Note], which: Sequence[str]) -> Iterator[Block]:
    for note in found:
        if note.about in which:
            yield from listing(note.title, note.lines)


def title(card: Scorecard, catalogue: Catalogue, language: Language) -> str:
    """Return what a card is: by its position, or by the title that its form states."""
    form = catalogue.profiles[card.profile].title
    if card.role is None:
        return f"{card.position} {form.say(language)}".strip()
    return worded("label.title", language, role=catalogue.roles[card.role].name, title=form)


def table(card: Scorecard, catalogue: Catalogue, language: Language) -> Iterator[Block]:
    """Yield the lines of a card below their dimensions, with the total."""
    terms = catalogue.terms["dimension"]
    for one in card.dimensions:
        items = [item for item in card.items if item.dimension is one.dimension]
        name = f"{terms[one.dimension].say(language)} {plain_number(float(one.weight))}%"
        yield from listing(name, [weighed(item, catalogue, language) for item in items])
    rest = [item for item in card.items if item.dimension is None]
    yield from listing("", [weighed(item, catalogue, language) for item in rest])
    yield from paragraphs([f"{worded('label.total', language)} {percent(sum(item.points for item in card.items))}"])


def weighed(item: ScorecardItem, catalogue: Catalogue, language: Language) -> Line:
    """Return a line of a card: weight, bar and name, then how it is worked out and how often."""
    head = f"{percent(item.points)} {bar(item.points)} " if item.weight is not None else f"{item.stated_weight or '–'} "
    about = [
        formula_in_words(item, language),
        catalogue.terms["period"][item.period].say(language) if item.period else "",
    ]
    below = " · ".join(part for part in about if part)
    return [words(head), words(item.name.say(language), bold=True), *([words(f"\n{below}")] if below else [])]


def percent(weight: float) -> str:
    return f"{plain_number(float(weight))}%"
