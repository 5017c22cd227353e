"""A dry run for the terminal: the table with a curve a line, then the total and what was assumed."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from api.render.terminal import titled
from assistant.scoring.chart import chart, marked
from assistant.scoring.models import DryRun, ItemScore
from assistant.scoring.models import Line as Missing
from assistant.wording import plain_number, worded
from knowledge.models import Language


def score_view(found: DryRun, language: Language) -> RenderableType:
    """Show a dry run: every line of the card, the total, the rules as understood, and the conditions."""
    parts: list[RenderableType] = [_table(found, language), Line(total_line(found, language), style="bold")]
    parts.append(Line(worded("scoring.legend", language), style="dim"))
    parts += titled(worded("scoring.heading.notes", language), list(found.notes))
    parts += titled(worded("scoring.heading.rules", language), [_rule(one, language) for one in in_order(found)])
    parts += titled(worded("scoring.heading.conditions", language), list(found.conditions))
    return Group(*parts)


def in_order(found: DryRun) -> list[ItemScore | Missing]:
    return sorted([*found.lines, *found.missing], key=lambda one: one.line)


def _table(found: DryRun, language: Language) -> Table:
    table = Table(title=found.title, title_justify="left")
    table.add_column(worded("label.indicator", language), overflow="fold")
    table.add_column(worded("label.weight", language), justify="right", no_wrap=True)
    table.add_column(worded("scoring.heading.actual", language), overflow="fold")
    for key in ("scoring.heading.attainment", "scoring.heading.score", "scoring.heading.points"):
        table.add_column(worded(key, language), justify="right", overflow="fold")
    table.add_column(worded("scoring.heading.at_most", language), justify="right", overflow="fold")
    table.add_column(worded("scoring.heading.curve", language), no_wrap=True)
    for one in in_order(found):
        points = found.curves[one.line]
        drawn = Line(f"{chart(points)}\n{marked(found.marks[one.line], points)}")
        table.add_row(
            f"{one.line} {one.name.say(language)}", f"{_number(one.weight)}%", *score_cells(one, language), drawn
        )
    for extra in found.extras:
        cells = [extra.name.say(language), "", extra.read.say(language), "", "", _number(extra.points), "", ""]
        table.add_row(*cells)
    table.add_section()
    table.add_row(worded("label.total", language), "", "", "", "", _number(found.total), _most(found, language), "")
    return table


def score_cells(one: ItemScore | Missing, language: Language) -> list[str]:
    most = worded("scoring.no_cap", language) if one.at_most is None else _number(one.at_most)
    if isinstance(one, Missing):
        return [worded("scoring.not_given", language), "–", "–", "–", most]
    reached = "–" if one.attainment is None else f"{_number(one.attainment)}%"
    return [one.read.say(language), reached, _number(one.score), _number(one.points), most]


def _rule(one: ItemScore | Missing, language: Language) -> str:
    house = worded("scoring.heading.house", language) if one.house else ""
    return worded("scoring.line_note", language, name=one.name, note=f"{one.rule.say(language)}{house}")


def total_line(found: DryRun, language: Language) -> str:
    values = {"total": _number(found.total), "target": _number(found.at_target)}
    if found.at_most is None:
        return worded("scoring.total_open", language, **values)
    return worded("scoring.total", language, most=_number(found.at_most), **values)


def _most(found: DryRun, language: Language) -> str:
    return worded("scoring.no_cap", language) if found.at_most is None else _number(found.at_most)


def _number(value: float) -> str:
    return plain_number(float(value))
