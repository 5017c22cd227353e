"""A repaired card for the terminal: the two cards beside each other, then each change with the rules it serves."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from api.render.terminal import titled
from assistant.intake.reading import Intake
from assistant.intake.telling import understood_lines
from assistant.models import Finding, Scorecard, ScorecardItem
from assistant.repair.change import Change, Repaired
from assistant.wording import plain_number, worded
from knowledge.models import Catalogue, Language


def repaired_view(intake: Intake, repaired: Repaired, catalogue: Catalogue, language: Language) -> RenderableType:
    """Show a repair with how the form was understood."""
    parts = titled(worded("label.understood", language), understood_lines(intake, catalogue, language))
    return Group(*parts, *repair_parts(intake.card, repaired, language))


def repair_parts(before: Scorecard, repaired: Repaired, language: Language) -> list[RenderableType]:
    """Show what a repair did to a card, and what it leaves to a person."""
    if not repaired.changes:
        parts: list[RenderableType] = [Line(""), Line(worded("repair.nothing", language))]
    else:
        changes = list(told(repaired.changes, language))
        parts = [Line(""), _beside(before, repaired, language)]
        parts += titled(worded("label.changes", language), changes)
    return [*parts, *titled(worded("label.left", language), [left_line(finding) for finding in repaired.left])]


def told(changes: Iterable[Change], language: Language) -> Iterator[str]:
    """Say each change; what was filled in on one line in one go, with the codes of the rules alone."""
    for (place, of_fields), group in groupby(changes, lambda change: (change.place_before, change.kind == "field")):
        same = list(group)
        if place is None or not of_fields or len(same) == 1:
            yield from (change.text for change in same)
            continue
        what = ("；" if language == "zh" else "; ").join(change.what or "" for change in same)
        rules = tuple(dict.fromkeys(code for change in same for code in change.rules))
        yield worded("repair.field", language, name=same[0].line, what=what, rules=rules)


def left_line(finding: Finding) -> str:
    return f"{finding.code} {finding.message} {finding.fix or ''}".strip()


def _beside(before: Scorecard, repaired: Repaired, language: Language) -> Table:
    """Put each line's weights beside each other, the changed ones marked."""
    table = Table()
    table.add_column("", no_wrap=True)
    table.add_column(worded("label.indicator", language), min_width=20, overflow="fold")
    table.add_column(worded("label.before", language), justify="right", no_wrap=True)
    table.add_column(worded("label.after", language), justify="right", no_wrap=True)
    gone = [change for change in repaired.changes if change.place_after is None and change.place_before is not None]
    came = {change.place_after: change for change in repaired.changes if change.place_before is None}
    was = {change.place_after: change.place_before for change in repaired.changes if change.place_before is not None}
    for place, item in enumerate(repaired.scorecard.items):
        old = None if place in came else _old(place, item, before, was)
        _row(table, item, old, item, language)
    for change in gone:
        _gone(table, change, before, language)
    totals = [sum(item.points for item in card.items) for card in (before, repaired.scorecard)]
    table.add_row("", worded("label.total", language), *(f"{plain_number(float(total))}%" for total in totals))
    return table


def _old(
    place: int, item: ScorecardItem, before: Scorecard, was: Mapping[int | None, int | None]
) -> ScorecardItem | None:
    """Return the line as it was: by the change that names it, else the line of the same name and weight."""
    number = was.get(place)
    if number is not None:
        return before.items[number]
    return next((old for old in before.items if old.name == item.name and old.weight == item.weight), None)


def _row(
    table: Table, item: ScorecardItem, old: ScorecardItem | None, new: ScorecardItem | None, language: Language
) -> None:
    changed = old is None or new is None or (old.weight, old.name) != (new.weight, new.name)
    sign = "+" if old is None else "-" if new is None else "~" if changed else " "
    style = {"+": "green", "-": "red", "~": "yellow"}.get(sign, "")
    name = item.name.say(language)
    if old is not None and old.name != item.name:
        name = worded("label.became", language, old=old.name, new=item.name)
    table.add_row(sign, name, _weight(old), _weight(new), style=style)


def _gone(table: Table, change: Change, before: Scorecard, language: Language) -> None:
    item = before.items[change.place_before or 0]
    _row(table, item, item, None, language)


def _weight(item: ScorecardItem | None) -> str:
    if item is None:
        return ""
    return f"{plain_number(float(item.points))}%" if item.weight is not None else item.stated_weight or "–"
