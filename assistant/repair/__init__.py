"""The nearest sound scorecard: a card with its errors removed and as little else changed as can be."""

from dataclasses import replace

from assistant.models import Finding, Scorecard
from assistant.repair.change import Change, Repaired
from assistant.repair.draft import Draft, another_card, draft_of
from assistant.repair.fields import completed, fillable, keeping_points
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
    scope = Scope(card, catalogue, language, strict, careful=strict)
    plain = replace(scope, strict=False, _last=[])
    draft, after = _settled(draft_of(card), plain)
    draft, after, far = _stricter(draft, scope) if strict else (draft, after, frozenset())
    given = draft.card == card
    return Repaired(
        scorecard=card if given else draft.card,
        changes=() if given else changes(draft, scope),
        left=left(draft, scope.bound(after), scope, far),
    )


def _stricter(draft: Draft, scope: Scope) -> tuple[Draft, tuple[Finding, ...], frozenset[tuple[str, str]]]:
    """Remove warnings too, unless the card would be another one; return what it finds and what that would remove."""
    plain = _harmless(draft, scope)
    after = scope.check(plain.card)
    removed: set[tuple[str, str]] = set()
    # From the card as given, else from the one without errors: the one way may lead less far than the other.
    for start in (draft_of(scope.card), plain):
        further, then = _settled(start, scope)
        if _weight(then) > _weight(after) or _weight(then)[1] > _weight(after)[1]:
            continue
        if not all(another_card(one, further, scope.profile.total) for one in (start, plain)):
            return further, then, frozenset()
        removed = _named(after) - _named(then)
    return plain, after, frozenset(removed)


def _named(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(one.code, one.place) for one in findings}


def _harmless(draft: Draft, scope: Scope) -> Draft:
    """Fill in what the catalogue knows and stand guards beside the lines: no weight moves and no line goes."""
    for finding in _asked(scope.check(draft.card), scope):
        draft = completed(draft, finding, scope)
    draft = keeping_points(draft, scope)
    return guarded(draft, scope.bound(scope.check(draft.card)), scope)


def _settled(draft: Draft, scope: Scope) -> tuple[Draft, tuple[Finding, ...]]:
    """Repair in rounds until nothing more is gained; return the best draft, and what the rules still find."""
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
