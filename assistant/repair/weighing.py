"""A draft given the nearest weights, lines coming and going where the rules ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.models import Finding, ScorecardItem
from assistant.recommender.candidates import Candidate
from assistant.recommender.card import company_line
from assistant.recommender.limits import Limit
from assistant.recommender.own import own_candidate
from assistant.repair.adding import only_sums, summed
from assistant.repair.closest import Asked, Entry, closest
from assistant.repair.draft import Draft, Line, rank
from assistant.repair.lines import canonical, complete, may_come, stands_as
from assistant.repair.scope import Scope
from assistant.repair.wanted import RULES, for_lack, kinds_of, mandatory, required, stands_for, wanted

# Findings that speak against a line as such: where something has to give, it gives first.
AGAINST_THE_LINE = frozenset({"C012", "C013", "R001", "R008", "R010", "K001", "K002", "K003", "K004", "D003", "D005"})
# Findings that say a line should not be there, or hardly counts: only such a line leaves without being charged for.
MAY_LEAVE = (AGAINST_THE_LINE - {"R010", "D005"}) | {"W003", "W005"}
# Findings because of which a line should not weigh more than it does.
NO_RISE = AGAINST_THE_LINE | {"D001"}


@dataclass(frozen=True)
class Table:
    """A draft laid out for the program: its lines by id, and what may come in."""

    draft: Draft
    scope: Scope
    places: dict[str, int]
    """Place of each line that stands, by id, in an order that the card's does not change."""
    standing: dict[str, Candidate]
    coming: dict[str, Candidate]
    own: dict[str, ScorecardItem]
    """The company's own lines among what may come in."""
    limits: tuple[Limit, ...]
    against: dict[int, frozenset[str]]
    """Codes of what the rules find on each line, by its place."""

    def line(self, id: str) -> Line:
        return self.draft.lines[self.places[id]]

    def before(self, id: str) -> float:
        """Return a line's weight as one that a line can have."""
        if id not in self.places:
            return 0.0
        weight = self.line(id).item.points
        return float(min(max(weight, 0), self.scope.profile.total))


def weighed(draft: Draft, findings: Sequence[Finding], scope: Scope) -> Draft:
    """Return the draft with the nearest weights; as it is where no weights add up."""
    table = _table(draft, findings, scope)
    lax = replace(scope, strict=False).weights
    for weights, steps in ((scope.weights, scope.strict), (scope.weights, False), (lax, False)):
        asked = _asked(table, weights, steps)
        found = summed(asked) if only_sums(asked) else closest(asked)
        if found is not None:
            return _apply(table, found, findings)
    return draft


def _table(draft: Draft, findings: Sequence[Finding], scope: Scope) -> Table:
    places = _named(draft, scope)
    standing = {
        id: stands_as(draft.lines[place].item, id, scope, order) for order, (id, place) in enumerate(places.items())
    }
    own = {one.key: company_line(one.own) for one in required(scope) if one.own is not None}
    coming = {one.id: one for one in _coming(draft, list(standing.values()), findings, scope)}
    table = Table(draft, scope, places, standing, coming, own, (), _against(draft, scope))
    asked = [mandatory(one, _standing_for(one.key, table)) for one in required(scope)]
    codes = frozenset(finding.code for finding in findings)
    found = wanted(list(standing.values()), list(coming.values()), codes, scope)
    return replace(table, limits=(*found, *asked))


def _against(draft: Draft, scope: Scope) -> dict[int, frozenset[str]]:
    found = scope.check(draft.card)
    return {place: frozenset(one.code for one in found if one.item == place) for place in range(len(draft.lines))}


def _standing_for(key: str, table: Table) -> frozenset[str]:
    """Return the ids of the lines that are, or would be, what a company wants on every card."""
    one = next(one for one in required(table.scope) if one.key == key)
    return frozenset({key, *(id for id in table.places if stands_for(table.line(id).item, one))})


def _named(draft: Draft, scope: Scope) -> dict[str, int]:
    """Name each line: by its indicator, a second line of the same and a company's own by number."""

    def order(place: int) -> tuple[tuple[int, str, str], float]:
        item = draft.lines[place].item
        return rank(item, scope), -item.points

    named: dict[str, int] = {}
    for number, place in enumerate(sorted(range(len(draft.lines)), key=order)):
        id = draft.lines[place].item.indicator
        known = id is not None and id in scope.catalogue.indicators and id not in named
        named[str(id) if known else canonical(number)] = place
    return named


def _coming(draft: Draft, standing: Sequence[Candidate], findings: Sequence[Finding], scope: Scope) -> list[Candidate]:
    """Return what may come in: what a company or a finding asks for, and where lines are lacking the role's."""
    ids = {one.id for one in standing}
    named = [one.indicator for one in required(scope) if one.indicator is not None]
    actions = [finding.action for finding in findings if finding.action is not None]
    named += [action.indicator for action in actions if action.kind == "add" and action.indicator is not None]
    found = {id: may_come(id, scope) for id in named if id not in ids}
    if for_lack(findings, len(draft.lines), scope):
        counted = {kind for one in standing for kind in kinds_of(one)}
        found |= {id: one for id, one in scope.pool.items() if id not in ids and counted.isdisjoint(kinds_of(one))}
    own = [one for one in required(scope) if one.own is not None]
    absent = [one for one in own if not any(stands_for(line.item, one) for line in draft.lines)]
    lines = [own_candidate(one.key, company_line(one.own), one.least, len(scope.places)) for one in absent if one.own]
    return [*(found[id] for id in sorted(found, key=scope.places.__getitem__)), *lines]


def _asked(table: Table, weights: tuple[int, ...], steps: bool) -> Asked:
    scope = table.scope
    entries = [_entry(id, one, _choices(id, table, weights, steps), table) for id, one in table.standing.items()]
    fixed = {one.key: one.weight for one in required(scope) if one.weight is not None}
    new = {id: (fixed[id],) if id in fixed else scope.new_weights for id in table.coming}
    entries += [Entry(one, None, new[id]) for id, one in table.coming.items()]
    total = scope.profile.total if scope.binds("W001") else None
    return Asked(tuple(entries), table.limits, total, scope.worse)


def _entry(id: str, one: Candidate, choices: tuple[int, ...], table: Table) -> Entry:
    line, found, careful = table.line(id), table.against[table.places[id]], table.scope.careful
    weak = line.item.indicator is None or one.indicator.subjective or not found.isdisjoint(NO_RISE)
    return Entry(
        one,
        table.before(id),
        choices,
        pinned=line.item.pinned is not None,
        doubtful=not found.isdisjoint(AGAINST_THE_LINE),
        # A weight that the repair filled in is nobody's wish.
        held=careful and weak and not line.filled,
        sound=careful and found.isdisjoint(MAY_LEAVE),
    )


def _choices(id: str, table: Table, weights: tuple[int, ...], steps: bool) -> tuple[int, ...]:
    """Return the weights that a line may take; with ``steps``, one on the step stays on it."""
    profile, before = table.scope.profile, table.before(id)
    if table.line(id).filled:
        weights = tuple(weight for weight in weights if weight >= profile.weight_fine[0]) or weights
    if steps and before % profile.step == 0:
        weights = tuple(weight for weight in weights if weight % profile.step == 0)
    return weights


def _apply(table: Table, found: dict[str, int], findings: Sequence[Finding]) -> Draft:
    """Write new weights into the draft, then add what comes in and drop what goes."""
    draft = table.draft
    gone: dict[int, tuple[str, ...]] = {}
    for id, place in table.places.items():
        codes = _codes(id, found.get(id, 0), table, findings)
        if id not in found:
            gone[place] = codes
        elif found[id] != draft.lines[place].item.weight:
            draft = draft.update(place, codes, weight=found[id])
    for id in (id for id in table.coming if id in found):
        draft = draft.add(_new(id, table, found), _codes(id, found[id], table, findings))
    for place in sorted(gone, reverse=True):
        draft = draft.drop({place}, gone[place])
    return draft


def _new(id: str, table: Table, found: dict[str, int]) -> ScorecardItem:
    if id in table.own:
        return table.own[id].model_copy(update={"weight": found[id]})
    return complete(table.coming[id], found, table.standing | table.coming, table.scope)


def _codes(id: str, after: int, table: Table, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the rules that a change of weight serves: the line's own, else the limits it was against, else the sum."""
    place = table.places.get(id)
    own = [one.code for one in findings if one.item == place and place is not None and one.code[0] == "W"]
    if after == 0 and len(table.draft.lines) > table.scope.profile.count_fine[1]:
        own += [one.code for one in findings if one.code == "C001"]
    codes = own or [RULES[limit.name.partition(":")[0]] for limit in table.limits if _serves(limit, id, after, table)]
    return tuple(dict.fromkeys(codes)) or ("W001",)


def _serves(limit: Limit, id: str, after: int, table: Table) -> bool:
    """Tell whether a change brings a limit nearer that the card as it stood misses."""
    if id not in limit.ids or limit.name.partition(":")[0] not in RULES:
        return False
    standing = [other for other in table.standing if other in limit.ids]
    now = float(len(standing)) if limit.counts_items else sum(table.before(other) for other in standing)
    before = table.before(id)
    if limit.counts_items:
        before, after = float(id in table.standing), int(after > 0)
    return (now < limit.low and after > before) or (now > limit.high and after < before)
