"""A checked card for the terminal: its lines with what the rules say beside them, the quality, how it was read."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from api.render.terminal import titled
from assistant.checked import Checked
from assistant.intake.reading import Intake
from assistant.intake.telling import understood_lines
from assistant.models import Finding
from assistant.quality import part_lines
from assistant.wording import plain_number, worded
from knowledge.models import Catalogue, Language
from knowledge.terms import Severity

# From so many lines on, what all of them lack is said once.
FEWEST_SHARED = 3
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.ADVICE: "cyan"}


def checked_view(intake: Intake, checked: Checked, catalogue: Catalogue, language: Language) -> RenderableType:
    """Show a checked card with how it was understood."""
    parts: list[RenderableType] = [Line(heading(intake, checked, catalogue, language), style="bold")]
    parts += titled(worded("label.understood", language), understood_lines(intake, catalogue, language))
    return Group(*parts, *verdict(checked, catalogue, language, intake.places))


def verdict(
    checked: Checked, catalogue: Catalogue, language: Language, places: tuple[str, ...] = ()
) -> list[RenderableType]:
    """Show the lines with their findings, each finding's reason once, then the quality with its parts."""
    shared = _shared(checked)
    parts: list[RenderableType] = [Line(""), _lines(checked, catalogue, language, places, shared)]
    said = [*_on_the_card(checked, catalogue, language), *_everywhere(shared, catalogue, language)]
    parts += titled(worded("label.on_the_card", language), said)
    parts += titled(worded("label.reasons", language), reasons(checked.findings, catalogue, language))
    if checked.skipped:
        parts += [Line(""), Line(worded("intake.no_role", language))]
    quality = worded("label.quality", language, score=checked.quality.score)
    return [*parts, *titled(quality, part_lines(checked.quality, language)), Line(summary(checked, language))]


def heading(intake: Intake, checked: Checked, catalogue: Catalogue, language: Language) -> str:
    card = checked.scorecard
    role = catalogue.roles[card.role].name if card.role else worded("label.no_role", language)
    name = f"{intake.name} [{intake.table}]" if intake.table else intake.name
    return worded("label.checked", language, file=name, role=role, profile=catalogue.profiles[card.profile].name)


def summary(checked: Checked, language: Language) -> str:
    counts = {one: sum(finding.severity is one for finding in checked.findings) for one in Severity}
    return worded(
        "label.counts",
        language,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        advice=counts[Severity.ADVICE],
    )


def reasons(findings: Iterable[Finding], catalogue: Catalogue, language: Language) -> list[str]:
    """Say why each rule that found something stands, once, with what to do."""
    seen: dict[str, Finding] = {}
    for finding in findings:
        seen.setdefault(finding.code, finding)
    said = []
    for code, finding in seen.items():
        severity = catalogue.terms["severity"][finding.severity]
        key = "label.reason_fix" if finding.fix and finding.severity is Severity.ADVICE else "label.reason_line"
        values = {"fix": finding.fix} if key == "label.reason_fix" else {}
        said.append(worded(key, language, code=code, severity=severity, reason=finding.reason, **values))
    return said


def _shared(checked: Checked) -> tuple[str, ...]:
    """Return the advice that every line has: what a form leaves out altogether is said once."""
    items = len(checked.scorecard.items)
    advice = [one for one in checked.findings if one.severity is Severity.ADVICE and one.item is not None]
    lines: dict[str, set[int | None]] = {}
    for one in advice:
        lines.setdefault(one.code, set()).add(one.item)
    return tuple(code for code, places in lines.items() if len(places) == items >= FEWEST_SHARED)


def _everywhere(codes: tuple[str, ...], catalogue: Catalogue, language: Language) -> list[str]:
    severity = catalogue.terms["severity"][Severity.ADVICE]
    titles = {code: catalogue.rules[code].title for code in codes}
    return [
        worded("label.everywhere", language, code=code, severity=severity, title=title)
        for code, title in titles.items()
    ]


def _lines(
    checked: Checked, catalogue: Catalogue, language: Language, places: tuple[str, ...], shared: tuple[str, ...]
) -> Table:
    table = Table(show_lines=True)
    if places:
        table.add_column(worded("label.place", language), no_wrap=True)
    table.add_column(worded("label.indicator", language), min_width=18, overflow="fold")
    table.add_column(worded("label.weight", language), justify="right", no_wrap=True)
    table.add_column(worded("label.findings", language), overflow="fold", ratio=1)
    for number, item in enumerate(checked.scorecard.items):
        found = [one for one in checked.findings if one.item == number and one.code not in shared]
        weight = f"{plain_number(float(item.points))}%" if item.weight is not None else item.stated_weight or "–"
        said = Line("\n").join(_findings(found, catalogue, language)) if found else Line("✓")
        stands = [places[number]] if places else []
        table.add_row(*stands, item.name.say(language), weight, said)
    total = sum(item.points for item in checked.scorecard.items)
    table.add_row(*([""] if places else []), worded("label.total", language), f"{plain_number(float(total))}%", "")
    return table


def _findings(found: list[Finding], catalogue: Catalogue, language: Language) -> list[Line]:
    """Say what weighs with its fix, and all advice in one line by its titles; its reasons stand below the table."""
    said = [_finding(one, catalogue, language) for one in found if one.severity is not Severity.ADVICE]
    advice = [one.code for one in found if one.severity is Severity.ADVICE]
    if advice:
        severity = catalogue.terms["severity"][Severity.ADVICE]
        titles = tuple(f"{code} {catalogue.rules[code].title.say(language)}" for code in advice)
        text = worded("label.advice_line", language, severity=severity, titles=titles)
        said.append(Line(text, STYLES[Severity.ADVICE]))
    return said


def _finding(finding: Finding, catalogue: Catalogue, language: Language) -> Line:
    severity = catalogue.terms["severity"][finding.severity].say(language)
    head = worded("label.finding_head", language, severity=severity, code=finding.code)
    said = Line.assemble((head, STYLES[finding.severity]), finding.message)
    return said.append("\n" + worded("label.finding_then", language, fix=finding.fix), "dim") if finding.fix else said


def _on_the_card(checked: Checked, catalogue: Catalogue, language: Language) -> list[str]:
    lines = []
    for finding in (one for one in checked.findings if one.item is None):
        severity = catalogue.terms["severity"][finding.severity]
        lines.append(worded("label.finding", language, code=finding.code, severity=severity, message=finding.message))
        if finding.fix:
            lines.append(worded("label.finding_fix", language, fix=finding.fix))
    return lines
