"""What the rules say to a card: errors and warnings one by one, advice rule by rule."""

from collections.abc import Iterable

from api.slack.blocks.text import Line, Part, words
from assistant.models import Finding
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language
from knowledge.terms import Severity

SIGNS = {Severity.ERROR: "⛔", Severity.WARNING: "⚠️", Severity.ADVICE: "💡"}


def finding_lines(findings: Iterable[Finding], catalogue: Catalogue, language: Language) -> list[Line]:
    """Return a line for each finding with its reason and the way out, the gravest first."""
    found = sorted(findings, key=lambda one: list(SIGNS).index(one.severity))
    serious = [_alone(one, catalogue, language) for one in found if one.severity is not Severity.ADVICE]
    advice: dict[str, list[Finding]] = {}
    for one in found:
        if one.severity is Severity.ADVICE:
            advice.setdefault(one.code, []).append(one)
    return [*serious, *(_together(some, catalogue, language) for some in advice.values())]


def _alone(one: Finding, catalogue: Catalogue, language: Language) -> Line:
    fix = [words("\n" + worded("label.finding_then", language, fix=one.fix))] if one.fix else []
    return [_head(one, catalogue, language), words(f"{one.message}\n{one.reason}"), *fix]


def _together(found: list[Finding], catalogue: Catalogue, language: Language) -> Line:
    """Say advice of one rule once, with the lines that it is about."""
    if len(found) == 1:
        return _alone(found[0], catalogue, language)
    first = found[0]
    places = listed(list(dict.fromkeys(one.place for one in found)), language)
    about = worded("slack.advice", language, title=catalogue.rules[first.code].title, places=places)
    return [_head(first, catalogue, language), words(f"{about}\n{first.reason}")]


def _head(one: Finding, catalogue: Catalogue, language: Language) -> Part:
    severity = catalogue.terms["severity"][one.severity].say(language)
    return words(
        f"{SIGNS[one.severity]} " + worded("label.finding_head", language, severity=severity, code=one.code), bold=True
    )
