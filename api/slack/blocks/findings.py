"""What the rules say to a card: rule by rule, advice by the lines that it is about."""

from collections.abc import Iterable

from api.slack.blocks.text import Line, Part, words
from assistant.models import Finding
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language
from knowledge.terms import Severity

SIGNS = {Severity.ERROR: "⛔", Severity.WARNING: "⚠️", Severity.ADVICE: "💡"}


def finding_lines(findings: Iterable[Finding], catalogue: Catalogue, language: Language) -> list[Line]:
    """Return a line for each rule that found something, with its reason and the way out, the gravest first."""
    rules: dict[tuple[str, Severity], list[Finding]] = {}
    for one in sorted(findings, key=lambda one: list(SIGNS).index(one.severity)):
        rules.setdefault((one.code, one.severity), []).append(one)
    return [_said(found, catalogue, language) for found in rules.values()]


def _said(found: list[Finding], catalogue: Catalogue, language: Language) -> Line:
    """Say what a rule found, why it stands, and what to do where that is the same for all it is about."""
    first = found[0]
    fixes = {one.fix for one in found}
    fix = [words("\n" + worded("label.finding_then", language, fix=first.fix))] if len(fixes) == 1 and first.fix else []
    return [_head(first, catalogue, language), words(f"{_about(found, catalogue, language)}\n{first.reason}"), *fix]


def _about(found: list[Finding], catalogue: Catalogue, language: Language) -> str:
    if len(found) == 1:
        return found[0].message
    if found[0].severity is not Severity.ADVICE:
        return "\n".join(one.message for one in found)
    places = listed(list(dict.fromkeys(one.place for one in found)), language)
    return worded("slack.advice", language, title=catalogue.rules[found[0].code].title, places=places)


def _head(one: Finding, catalogue: Catalogue, language: Language) -> Part:
    severity = catalogue.terms["severity"][one.severity].say(language)
    return words(
        f"{SIGNS[one.severity]} " + worded("label.finding_head", language, severity=severity, code=one.code), bold=True
    )
