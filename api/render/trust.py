"""What earns trust, as lines of text and as tables for the terminal."""

from typing import TYPE_CHECKING

from api.render.notes import finding_lines
from assistant.gaming.tricks import Trick
from assistant.models import Scorecard
from assistant.readiness import Delivery, Department
from assistant.review import Review
from assistant.review.verdicts import Row
from assistant.rules import check
from assistant.wording import listed, plain_number, worded
from knowledge.models import Catalogue, Language, Text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

VERDICTS = {
    "keep": "trust.verdict_keep",
    "change": "trust.verdict_change",
    "drop": "trust.verdict_drop",
    "add": "trust.verdict_add",
}
USES = {"gate": "trust.ready_gate", "monitor": "trust.ready_monitor", "adjustment": "trust.ready_adjustment"}
GAPS = {"source": "trust.ready_no_source", "provider": "trust.ready_no_provider"}


def game_lines(tricks: tuple[Trick, ...], language: Language) -> list[str]:
    """Say each trick in a line, and below it what stops it or what would."""
    lines = []
    for one in tricks:
        lines.append(worded("trust.game_line", language, name=one.name, weight=one.weight, how=one.how))
        if one.stopped_by:
            stops = tuple(stop.text for stop in one.stopped_by)
            lines.append(worded("trust.game_line_stop", language, stops=stops))
        elif one.remedy is not None:
            lines.append(worded("trust.game_line_remedy", language, remedy=one.remedy.text))
    return lines or [worded("trust.game_none", language)]


def game_view(tricks: tuple[Trick, ...], language: Language) -> "RenderableType":
    from rich.console import Group
    from rich.text import Text as Line

    title = Line(worded("trust.game_title", language), style="bold")
    if not tricks:
        return Group(title, Line(worded("trust.game_none", language)))
    keys = ("label.indicator", "trust.game_how", "trust.game_stop", "trust.game_remedy")
    return Group(title, _table(keys, [_trick_cells(one, language) for one in tricks], language))


def _trick_cells(one: Trick, language: Language) -> list[str]:
    stops = listed([stop.text.say(language) for stop in one.stopped_by], language)
    return [
        f"{one.name.say(language)} {plain_number(one.weight)}%",
        one.how.say(language),
        stops or worded("trust.game_nothing", language),
        one.remedy.text.say(language) if one.remedy else "",
    ]


def readiness_view(found: tuple[Department, ...], catalogue: Catalogue, language: Language) -> "RenderableType":
    """Show each department's first task and what it delivers."""
    from rich.console import Group
    from rich.text import Text as Line

    parts: list[RenderableType] = []
    for one in found:
        title = worded("trust.ready_title", language, department=one.name, task=one.first_task)
        rows = [_delivery_cells(delivery, catalogue, language) for delivery in one.deliveries]
        parts += [Line(title, style="bold"), _table(DELIVERY_COLUMNS, rows, language), Line("")]
    return Group(*parts)


DELIVERY_COLUMNS = (
    "label.indicator",
    "trust.ready_use",
    "label.source",
    "trust.ready_figures",
    "trust.ready_level",
    "label.period",
    "trust.ready_note",
)


def readiness_lines(found: tuple[Department, ...], catalogue: Catalogue, language: Language) -> list[str]:
    """Say each department's task in a line, and below it a line a figure, to be sent as it stands."""
    lines = []
    for one in found:
        lines.append(worded("trust.ready_title", language, department=one.name, task=one.first_task))
        for delivery in one.deliveries:
            cells = [cell for cell in _delivery_cells(delivery, catalogue, language) if cell]
            lines.append("  " + " | ".join(cells))
    return lines


def _delivery_cells(one: Delivery, catalogue: Catalogue, language: Language) -> list[str]:
    terms = catalogue.terms
    figures = listed([figure.say(language) for figure in one.figures], language)
    return [
        one.name.say(language),
        worded(USES[one.use], language)
        if one.use in USES
        else worded("trust.ready_line", language, weight=float(one.weight or 0)),
        one.source.say(language) if one.source else "",
        figures or worded("trust.ready_no_figures", language),
        terms["level"][one.level].say(language) if one.level else "",
        terms["period"][one.period].say(language) if one.period else "",
        listed(_delivery_notes(one, catalogue, language), language),
    ]


def _delivery_notes(one: Delivery, catalogue: Catalogue, language: Language) -> list[str]:
    parties = catalogue.terms["party"]
    said = [worded(GAPS[gap], language) for gap in one.missing]
    if one.own_data:
        said.append(worded("trust.ready_own", language))
    elif one.missing and one.provider is not None:
        said.append(worded("trust.ready_named", language, party=parties[one.provider]))
    if one.usual is not None:
        said.append(worded("trust.ready_usual", language, party=parties[one.usual], source=one.usual_source))
    return said


def review_view(found: Review, catalogue: Catalogue, language: Language) -> "RenderableType":
    """Show the verdicts, then the proposal with what the rules still say to it."""
    from rich.console import Group
    from rich.text import Text as Line

    role = catalogue.roles[found.role].name
    keys = (
        "trust.review_verdict",
        "label.indicator",
        "trust.review_before",
        "trust.review_after",
        "label.reason",
    )
    parts: list[RenderableType] = [Line(worded("trust.review_title", language, role=role), style="bold")]
    parts.append(_table(keys, [_row_cells(row, language) for row in found.rows], language))
    parts += [Line(note) for note in review_notes(found, language)]
    parts += [Line(""), Line(worded("trust.review_proposal", language), style="bold")]
    parts.append(_proposal(found.proposal, catalogue, language))
    parts += [Line(line) for line in finding_lines(check(found.proposal, catalogue, language), catalogue, language)]
    return Group(*parts)


def review_lines(found: Review, language: Language) -> list[str]:
    """Say each verdict in a line, then what it rests on as a whole."""
    said = []
    for row in found.rows:
        verdict, name, before, after, reasons = _row_cells(row, language)
        values = {"verdict": verdict, "name": name, "before": before, "after": after, "reasons": reasons}
        said.append(worded("trust.review_line", language, **values))
    return [*said, *review_notes(found, language)]


def review_notes(found: Review, language: Language) -> list[str]:
    moved = worded("trust.review_moved", language, points=found.moved)
    return [moved, *(note.say(language) for note in found.notes)]


def _row_cells(row: Row, language: Language) -> list[str]:
    name = row.name.say(language)
    if row.instead is not None:
        name = worded("trust.review_instead", language, name=row.name, instead=row.instead)
    return [
        worded(VERDICTS[row.verdict], language),
        name,
        _percent(row.before),
        _percent(row.after),
        _sentences(row.reasons, language),
    ]


def _sentences(texts: tuple[Text, ...], language: Language) -> str:
    return ("" if language == "zh" else " ").join(text.say(language) for text in texts)


def _percent(weight: float | None) -> str:
    return "–" if weight is None else f"{plain_number(float(weight))}%"


def _proposal(card: Scorecard, catalogue: Catalogue, language: Language) -> "Table":
    terms = catalogue.terms["dimension"]
    rows = [
        [
            terms[item.dimension].say(language) if item.dimension else "",
            item.name.say(language),
            _percent(item.points),
        ]
        for item in card.items
    ]
    total = [worded("label.total", language), "", _percent(sum(item.points for item in card.items))]
    return _table(("label.dimension", "label.indicator", "label.weight"), [*rows, total], language)


def _table(keys: tuple[str, ...], rows: list[list[str]], language: Language) -> "Table":
    from api.render.terminal import list_view

    return list_view([worded(key, language) for key in keys], rows)
