"""What stands below a card, as titled lists of lines; every text surface shows the same ones."""

from dataclasses import dataclass

from api.render.citations import card_lines
from assistant.circumstances import circumstances
from assistant.models import Finding, Suggestion
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language


@dataclass(frozen=True)
class Note:
    about: str
    """The phrase that its title is."""
    title: str
    lines: tuple[str, ...]


def notes(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> tuple[Note, ...]:
    """Return the notes of a suggestion in reading order, empty ones left out."""
    card = suggestion.scorecard
    veto_title = "label.vetoes" if catalogue.profiles[card.profile].binds_role else "label.vetoes_pay"
    monitors = [worded("label.monitor", language, name=one.name, reason=one.reason) for one in card.monitors]
    considered = [
        worded("label.considered_line", language, name=one.name, reason=one.reason) for one in suggestion.considered
    ]
    found = [
        ("label.understood", understood(suggestion, catalogue, language)),
        (veto_title, _vetoes(suggestion, catalogue, language)),
        ("label.monitors", monitors),
        ("label.assumptions", [*suggestion.understood.assumptions, _standing(suggestion, catalogue, language)]),
        ("label.fill", list(suggestion.to_fill)),
        ("label.considered", considered),
        ("label.citations", card_lines(card, catalogue, language)),
        ("label.questions", list(suggestion.questions)),
    ]
    return tuple(Note(key, worded(key, language), tuple(lines)) for key, lines in found if lines)


def understood(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> list[str]:
    """Say what was read and from which words, and what the role cannot move."""
    read = suggestion.understood
    told = {(one.kind, one.id): one.words for one in read.evidence if not one.negated}
    role = catalogue.roles[read.role or ""]
    words = told.get(("role", role.id), role.id)
    said = [worded("chat.understood_role", language, role=role.name, words=words)]
    themes = [
        worded("chat.understood_theme", language, name=catalogue.themes[id].name, words=told.get(("theme", id), id))
        for id in read.themes
    ]
    if themes:
        said.append(worded("chat.understood_themes", language, themes=listed(themes, language)))
    elif read.context.stage is None:
        said.append(worded("chat.no_themes", language))
    context = _context(suggestion, catalogue, language)
    if context:
        said.append(context)
    negated = tuple(one.words for one in read.evidence if one.kind == "theme" and one.negated)
    if negated:
        said.append(worded("chat.negated", language, words=negated))
    if read.without_influence:
        names = tuple(catalogue.themes[id].name for id in read.without_influence)
        said.append(worded("chat.without_influence", language, themes=names))
    return said


def _context(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> str:
    parts = circumstances(suggestion.understood.context, catalogue)
    return worded("context.line", language, parts=parts) if parts else ""


def _vetoes(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> list[str]:
    parties = catalogue.terms["party"]
    return [
        worded("label.veto", language, trigger=one.trigger, effect=one.effect, decides=parties[one.decides])
        for one in suggestion.scorecard.vetoes
        if one.decides is not None
    ]


def _standing(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> str:
    """Say how well founded the role's typical weights are; house defaults never pose as authority."""
    role = catalogue.roles[suggestion.understood.role or ""]
    grade, confidence = catalogue.terms["grade"][role.grade], catalogue.terms["confidence"][role.confidence]
    return worded("label.confidence", language, grade=grade, confidence=confidence) + worded(
        "label.neutral_note", language
    )


def finding_lines(findings: tuple[Finding, ...], catalogue: Catalogue, language: Language) -> list[str]:
    """Say each finding with its code and severity, and below it what to do."""
    lines = []
    for one in findings:
        severity = catalogue.terms["severity"][one.severity]
        lines.append(worded("label.finding", language, code=one.code, severity=severity, message=one.message))
        if one.fix:
            lines.append(worded("label.finding_fix", language, fix=one.fix))
    return lines
