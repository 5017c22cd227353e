"""What a form rests on: the strategy and position as understood, what was left out, and what the rules say."""

from collections.abc import Sequence

from api.export.form import Note
from api.export.layout import own, together
from assistant.circumstances import circumstances
from assistant.models import Considered, Context, Finding, Scorecard
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Text


def grounds(
    card: Scorecard, catalogue: Catalogue, considered: Sequence[Considered], findings: Sequence[Finding]
) -> tuple[Note, ...]:
    """Return the notes of the second page, empty ones left out."""
    left_out = [phrase_text("label.considered_line", name=one.name, reason=one.reason) for one in considered]
    ignored = [phrase_text("export.ignored_line", code=one.code, reason=one.reason) for one in card.ignored]
    found = (
        ("export.strategy", _understood(card, catalogue)),
        ("export.considered", left_out),
        ("export.findings", [text for one in findings for text in _finding(one, catalogue)]),
        ("export.ignored", ignored),
    )
    return tuple(Note(phrase_text(key), tuple(lines)) for key, lines in found if lines)


def _understood(card: Scorecard, catalogue: Catalogue) -> list[Text]:
    themes = [catalogue.themes[id] for id in card.themes]
    said = [phrase_text("export.theme", name=one.name, summary=one.summary) for one in themes]
    ours = any(item.parts for item in card.items)
    if not said:
        said = [phrase_text("export.no_theme" if ours else "export.no_theme_own")]
    return [*said, *_context(card.context, catalogue), *(_standing(card, catalogue) if ours else [])]


def _context(context: Context, catalogue: Catalogue) -> list[Text]:
    parts = together(*circumstances(context, catalogue))
    targets = own(context.targets)
    said = [phrase_text("context.line", parts=parts)] if parts else []
    return [*said, *([phrase_text("export.typed_targets", targets=targets)] if targets else [])]


def _standing(card: Scorecard, catalogue: Catalogue) -> list[Text]:
    """Say how well founded the role's typical weights are; house defaults never pose as authority."""
    role = catalogue.roles.get(card.role or "")
    if role is None:
        return []
    grade, confidence = catalogue.terms["grade"][role.grade], catalogue.terms["confidence"][role.confidence]
    said = phrase_text("label.confidence", grade=grade, confidence=confidence)
    return [said, phrase_text("label.neutral_note")]


def _finding(one: Finding, catalogue: Catalogue) -> list[Text]:
    severity, message = catalogue.terms["severity"][one.severity], own(one.message)
    said = phrase_text("label.finding", code=one.code, severity=severity, message=message)
    return [said, *([phrase_text("label.finding_fix", fix=own(one.fix))] if one.fix else [])]
