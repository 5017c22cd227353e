"""What can be put right line by line: what must go, what says a thing twice, what lacks a guard."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import isfinite

from assistant.models import Finding, Monitor
from assistant.recommender.card import gates, guards_watched
from assistant.repair.draft import Draft, rank, veto_name
from assistant.repair.fields import completed
from assistant.repair.lines import instead, may_come
from assistant.repair.scope import Scope
from assistant.repair.wanted import kinds_of
from assistant.rules import RULES
from assistant.rules.engine import Case
from assistant.wording import phrase_text
from knowledge.terms import Severity


def mended(draft: Draft, findings: Sequence[Finding], scope: Scope) -> Draft:
    """Carry out what findings ask for line by line; weights are left for the program."""
    for finding in findings:
        draft = completed(draft, finding, scope)
    for finding in findings:
        if finding.action is not None and finding.action.kind == "replace":
            draft = _replace(draft, finding, scope)
        if finding.code == "K006":
            draft = _without_adjustments(draft, finding)
        elif finding.item is None and finding.action is not None and finding.action.kind == "drop":
            draft = _without_outside(draft, str(finding.action.value), finding.code)
    return _without(draft, findings, scope)


def _replace(draft: Draft, finding: Finding, scope: Scope) -> Draft:
    """Set what measures the effect in the place of a line, where the card does not hold it yet."""
    place, wanted = finding.item, finding.action.value if finding.action else None
    if place is None or draft.lines[place].item.pinned is not None:
        return draft
    item = draft.lines[place].item
    known = scope.catalogue.indicators.get(item.indicator or "")
    choices = known.gaming.guards if finding.code == "D003" and known and known.gaming else (str(wanted),)
    fitting = [id for id in choices if _fits(id, draft, place, scope)]
    if not fitting:
        return draft
    return draft.put(place, instead(fitting[0], draft, place, scope), (finding.code,))


def _fits(id: str, draft: Draft, place: int, scope: Scope) -> bool:
    """Tell whether an indicator belongs to the role and counts nothing that another line counts."""
    if id not in scope.catalogue.indicators or (scope.role is not None and id not in scope.pool):
        return False
    others = [one.item.indicator for other, one in enumerate(draft.lines) if other != place]
    known = [may_come(other, scope) for other in others if other in scope.catalogue.indicators]
    counted = {kind for one in known for kind in kinds_of(one)}
    return id not in others and counted.isdisjoint(kinds_of(may_come(id, scope)))


def _without_adjustments(draft: Draft, finding: Finding) -> Draft:
    """Take away what rewards or punishes a weighted line a second time."""
    for one in draft.outside.adjustments:
        if one.indicator == finding.indicator:
            rest = tuple(other for other in draft.outside.adjustments if other is not one)
            draft = draft.beside(one.name.zh, "adjustment", finding.code, adjustments=rest)
    return draft


def _without_outside(draft: Draft, name: str, code: str) -> Draft:
    """Take away a bonus, a penalty or a disqualifier by its name."""
    adjustments = tuple(one for one in draft.outside.adjustments if one.name.zh != name)
    if adjustments != draft.outside.adjustments:
        draft = draft.beside(name, "adjustment", code, adjustments=adjustments)
    vetoes = tuple(one for one in draft.outside.vetoes if (said := veto_name(one)) is None or said.zh != name)
    if vetoes != draft.outside.vetoes:
        draft = draft.beside(name, "veto", code, vetoes=vetoes)
    return draft


def _without(draft: Draft, findings: Sequence[Finding], scope: Scope) -> Draft:
    """Drop lines that may not stand, and merge those that count one thing twice."""
    gone: dict[int, list[str]] = {}
    for finding in findings:
        place = finding.item
        if place is None or finding.action is None or not _goes(finding, draft):
            continue
        if finding.code == "D003":
            draft = _watched(draft, place, finding)
        if finding.code[0] != "K":
            gone.setdefault(place, []).append(finding.code)
    case = scope.case(draft.card)
    for finding in findings:
        if finding.code[0] == "K" and finding.action is not None and finding.item not in gone:
            draft = _merge(draft, finding, case, gone, scope)
    for place in sorted(gone, reverse=True):
        draft = draft.drop({place}, gone[place])
    return draft


def _goes(finding: Finding, draft: Draft) -> bool:
    """Tell whether a line has to leave; what a person insists on stays unless it is an error."""
    if finding.item is None or finding.action is None:
        return False
    item = draft.lines[finding.item].item
    insisted = item.pinned is not None and finding.severity is not Severity.ERROR
    bare = finding.code == "D003" and item.indicator is not None and item.indicator == finding.indicator
    return not insisted and (bare or (finding.action.kind == "drop" and finding.code[0] != "W"))


def _watched(draft: Draft, place: int, finding: Finding) -> Draft:
    """Go on watching a line that loses its weight."""
    item = draft.lines[place].item
    if item.indicator is None or any(one.indicator == item.indicator for one in draft.outside.monitors):
        return draft
    monitor = Monitor(indicator=item.indicator, name=item.name, reason=phrase_text("monitor.process"))
    monitors = (*draft.outside.monitors, monitor)
    return draft.beside(item.indicator, "monitor", finding.code, monitors=monitors)


def _merge(draft: Draft, finding: Finding, case: Case, gone: dict[int, list[str]], scope: Scope) -> Draft:
    """Give the weight of the lighter of two lines to the other."""
    place = finding.item
    if place is None:
        return draft
    twins = [other for other in _twins(place, finding.code, case) if other not in gone]
    if not twins:
        return draft

    def weighty(one: int) -> tuple[bool, float, tuple[int, str, str]]:
        item = draft.lines[one].item
        return item.pinned is None, -item.points, rank(item, scope)

    kept, dropped = sorted((place, min(twins, key=weighty)), key=weighty)
    if draft.lines[dropped].item.pinned is not None and finding.severity is not Severity.ERROR:
        return draft
    gone[dropped] = [finding.code]
    both = sum(max(draft.lines[one].item.points, 0) for one in (kept, dropped))
    return draft.update(kept, (finding.code,), weight=both) if isfinite(both) else draft


def _twins(place: int, code: str, case: Case) -> list[int]:
    """Return the lines that a rule finds to be one with a line: those with which it fires on a card of the two."""
    rule = next(rule for rule in RULES if rule.code == code)
    found = []
    for other, item in enumerate(case.card.items):
        # Two lines of a card may be the same object to Python, and are two lines all the same.
        pair = (item.model_copy(), case.card.items[place].model_copy())
        two = replace(case, card=case.card.model_copy(update={"items": pair, "adjustments": ()}))
        if other != place and any(rule.find(two)):
            found.append(other)
    return found


def guarded(draft: Draft, findings: Iterable[Finding], scope: Scope) -> Draft:
    """Stand a guard outside the 100 beside each line that lacks one."""
    asked = [one for one in findings if one.action is not None and one.action.kind in {"add_gate", "add_monitor"}]
    ids = dict.fromkeys(one.indicator for one in asked if one.indicator is not None)
    codes = {str(one.indicator): one.code for one in asked}
    unguarded = [scope.catalogue.indicators[id] for id in ids]
    if scope.profile.monitor_guards:
        for monitor in guards_watched(unguarded, scope.catalogue):
            protected = next(one.id for one in unguarded if one.gaming and monitor.indicator in one.gaming.guards)
            added = (*draft.outside.monitors, monitor)
            draft = draft.beside(str(monitor.indicator), "monitor", codes[protected], monitors=added)
        return draft
    for gate in gates(unguarded, scope.catalogue):
        key, code = str(gate.indicator), codes[gate.protects[0]]
        draft = draft.beside(key, "gate", code, vetoes=(*draft.outside.vetoes, gate))
    return draft
