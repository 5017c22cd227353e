"""The nearest sound scorecard: a card with its errors removed and as little else changed as can be."""

from assistant.models import Finding, Scorecard
from assistant.repair.change import Change, Repaired
from assistant.repair.draft import Draft, draft_of
from assistant.repair.fields import fillable, keeping_points
from assistant.repair.filling import filled, readable, scaled
from assistant.repair.mending import guarded, mended
from assistant.repair.report import changes, left
from assistant.repair.scope import Scope
from assistant.repair.wanted import OF_THE_CARD
from assistant.repair.weighing import weighed
from knowledge.models import Catalogue, Language
from knowledge.terms import Severity

__all__ = ["Change", "Repaired", "repair"]

# A line that goes or comes can bring findings of its own; they settle in two or three rounds.
ROUNDS = 5


def repair(card: Scorecard, catalogue: Catalogue, language: Language, *, strict: bool = False) -> Repaired:
    """Return the nearest card without errors, with ``strict`` without the warnings that a program can remove.

    ``UnknownName`` where the card's role, profile or a theme is not in the catalogue.
    """
    scope = Scope(card, catalogue, language, strict)
    found = scope.check(card)
    draft, after = _settled(scope)
    if strict and (_weight(after) > _weight(found) or _weight(after)[1] > _weight(found)[1]):
        plain = Scope(card, catalogue, language, strict=False)
        draft, after, scope = min(
            ((draft, after, scope), (*_settled(plain), plain)), key=lambda settled: _weight(settled[1])
        )
    given = draft.card == card
    return Repaired(
        scorecard=card if given else draft.card,
        changes=() if given else changes(draft, scope),
        left=left(draft, Scope(card, catalogue, language, strict).bound(after), scope),
    )


def _settled(scope: Scope) -> tuple[Draft, tuple[Finding, ...]]:
    """Repair in rounds until nothing more is gained; return the best draft, and what the rules still find."""
    draft = draft_of(scope.card)
    draft = keeping_points(filled(scaled(readable(draft), scope), scope), scope)
    findings = scope.check(draft.card)
    best = draft, findings
    for _ in range(ROUNDS):
        step = _round(draft, findings, scope)
        if step.card == draft.card:
            break
        draft, findings = step, scope.check(step.card)
        if _weight(findings) <= _weight(best[1]):
            best = draft, findings
    return best


def _round(draft: Draft, findings: tuple[Finding, ...], scope: Scope) -> Draft:
    """Lines first, then weights and what comes and goes, then the guards of what stands."""
    step = mended(draft, _asked(findings, scope), scope)
    bound = _asked(scope.check(step.card) if step is not draft else findings, scope)
    if any(finding.code in OF_THE_CARD or finding.code[0] == "W" for finding in bound):
        step = keeping_points(weighed(step, bound, scope), scope)
    after = scope.check(step.card) if step is not draft else findings
    new = {place for place, line in enumerate(step.lines) if line.origin is None}
    return guarded(step, [one for one in after if scope.removes(one.severity) or one.item in new], scope)


def _asked(findings: tuple[Finding, ...], scope: Scope) -> tuple[Finding, ...]:
    """Return what is to be removed, in strict repair also what is easily completed."""
    return tuple(one for one in findings if scope.removes(one.severity) or (scope.strict and fillable(one)))


def _weight(findings: tuple[Finding, ...]) -> tuple[int, int]:
    """Return the errors and the warnings."""
    severities = [finding.severity for finding in findings]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)
