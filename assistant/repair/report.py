"""How a repaired card differs from the one given, and what a person still has to decide, in words."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, JsonValue

from assistant.models import Finding, ScorecardItem
from assistant.repair.change import Change, ChangeKind
from assistant.repair.draft import Draft, veto_name
from assistant.repair.scope import Scope
from assistant.repair.values import value_of
from assistant.repair.wanted import OF_THE_CARD
from assistant.wording import worded
from knowledge.models import Text

# Fields that a repair changes, and the words for them; what only goes with another one has no line of its own.
FIELDS = {
    "definition": "repair.field_definition",
    "formula": "repair.field_formula",
    "basis": "repair.field_basis",
    "period": "repair.field_period",
    "data_source": "repair.field_data_source",
    "provider": "repair.field_provider",
    "raters": "repair.field_raters",
    "scoring": "repair.field_scoring",
    "target_method": "repair.field_target_method",
}
# Findings for which lines have to come in: only a role can say which.
ROLE_NEEDED = frozenset({"C001", "C002", "C003", "C005", "C006"})


def changes(draft: Draft, scope: Scope) -> tuple[Change, ...]:
    """Return every change: of the lines given in their order, then what is new, then what stands outside the 100."""
    now = {line.origin: place for place, line in enumerate(draft.lines) if line.origin is not None}
    found = [one for origin in range(len(scope.card.items)) for one in _of_line(origin, now.get(origin), draft, scope)]
    new = [place for place, line in enumerate(draft.lines) if line.origin is None]
    return (*found, *(_added(place, draft, scope) for place in new), *_outside(draft, scope))


def _of_line(origin: int, place: int | None, draft: Draft, scope: Scope) -> Iterator[Change]:
    given = scope.card.items[origin]
    if place is None:
        yield _dropped(origin, draft, scope)
        return
    line = draft.lines[place]
    if line.item.indicator != given.indicator:
        codes = draft.codes(line.key, "replaced")
        was, is_now = given.indicator or _name(given, scope), line.item.indicator
        name = line.item.name
        yield _change("replaced", given, (origin, place), codes, scope, before=was, after=is_now, to=name)
    if line.item.weight != given.weight:
        yield _reweighed(origin, place, draft, scope)
    if line.item.indicator == given.indicator:
        yield from _fields(origin, place, draft, scope)


def _reweighed(origin: int, place: int, draft: Draft, scope: Scope) -> Change:
    given, line = scope.card.items[origin], draft.lines[place]
    codes = draft.codes(line.key, "weight")
    before, after = given.weight, line.item.weight
    return _change("weight", given, (origin, place), codes, scope, before=before, after=after, blank=before is None)


def _fields(origin: int, place: int, draft: Draft, scope: Scope) -> Iterator[Change]:
    given, line = scope.card.items[origin], draft.lines[place]
    changed = [field for field in FIELDS if getattr(given, field) != getattr(line.item, field)]
    if "data_source" in changed and "provider" in changed:
        # The source names who provides it.
        changed.remove("provider")
    for field in changed:
        codes, what = draft.codes(line.key, field), _what(given, line.item, field, scope)
        yield Change(
            kind="field",
            line=_name(given, scope),
            place_before=origin,
            place_after=place,
            field=field,
            before=_plain(getattr(given, field)),
            after=_plain(getattr(line.item, field)),
            rules=codes,
            text=worded("repair.field", scope.language, name=given.name, what=what, rules=_titles(codes, scope)),
            what=what,
        )


def _what(before: ScorecardItem, after: ScorecardItem, field: str, scope: Scope) -> str:
    """Say what was filled in, or what became of what stood there."""
    key = "repair.field_set" if getattr(before, field) else "repair.field_added"
    label, value = worded(FIELDS[field], scope.language), value_of(after, field, scope)
    return worded(key, scope.language, label=label, value=value.rstrip("。."))


def _dropped(origin: int, draft: Draft, scope: Scope) -> Change:
    given = scope.card.items[origin]
    codes = draft.codes(str(origin), "dropped")
    return _change("dropped", given, (origin, None), codes, scope, before=given.weight, after=None)


def _added(place: int, draft: Draft, scope: Scope) -> Change:
    line = draft.lines[place]
    codes = draft.codes(line.key, "added")
    return _change("added", line.item, (None, place), codes, scope, before=None, after=line.item.weight)


def _outside(draft: Draft, scope: Scope) -> Iterator[Change]:
    given, card = scope.card, draft.outside
    for one in (one for one in given.adjustments if one not in card.adjustments):
        yield _taken(one.name, "adjustment", "repair.adjustment", draft, scope)
    for veto in (veto for veto in given.vetoes if veto not in card.vetoes):
        yield _taken(veto_name(veto) or Text(zh="–", en="–"), "veto", "repair.veto", draft, scope)
    for gate in (veto for veto in card.vetoes if veto not in given.vetoes):
        name, decides = scope.catalogue.indicators[str(gate.indicator)].name, scope.catalogue.terms["party"]
        values = {"trigger": gate.trigger, "effect": gate.effect, "decides": decides[str(gate.decides)]}
        said = worded("label.veto", scope.language, **values)
        yield _stood("gate", name, str(gate.indicator), said, draft, scope)
    for monitor in (one for one in card.monitors if one not in given.monitors):
        said = monitor.reason.say(scope.language)
        yield _stood("monitor", monitor.name, str(monitor.indicator), said, draft, scope)


def _taken(name: Text, what: str, phrase: str, draft: Draft, scope: Scope) -> Change:
    """Return the change that something outside the 100 is gone."""
    codes, line = draft.codes(name.zh, what), name.say(scope.language)
    text = worded(phrase, scope.language, name=name, rules=_titles(codes, scope))
    return Change(kind="dropped", line=line, before=line, rules=codes, text=text)


def _stood(kind: ChangeKind, name: Text, id: str, said: str, draft: Draft, scope: Scope) -> Change:
    """Return the change that a guard, or a line without weight, stands outside the 100."""
    codes = draft.codes(id, kind)
    key = "repair.gate" if kind == "gate" else "repair.monitor"
    text = worded(key, scope.language, name=name, said=said, rules=_titles(codes, scope))
    return Change(kind=kind, line=name.say(scope.language), after=id, rules=codes, text=text)


def _change(
    kind: ChangeKind,
    item: ScorecardItem,
    places: tuple[int | None, int | None],
    codes: tuple[str, ...],
    scope: Scope,
    *,
    before: JsonValue,
    after: JsonValue,
    **said: Any,
) -> Change:
    values = {"name": item.name, "before": _number(before), "after": _number(after), **said}
    text = worded(_phrase(kind, **said), scope.language, **values, rules=_titles(codes, scope))
    return Change(
        kind=kind,
        line=_name(item, scope),
        place_before=places[0],
        place_after=places[1],
        before=before,
        after=after,
        rules=codes,
        text=text,
    )


def _phrase(kind: ChangeKind, **said: Any) -> str:
    if kind == "weight":
        return "repair.weight_filled" if said.get("blank") else "repair.weight"
    keys = {"dropped": "repair.dropped", "added": "repair.added", "replaced": "repair.replaced"}
    return keys[kind]


def _titles(codes: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
    return tuple(f"{code} {scope.catalogue.rules[code].title.say(scope.language)}" for code in codes)


def _number(value: JsonValue) -> Any:
    return float(value) if isinstance(value, int | float) else value if value is not None else "–"


def _name(item: ScorecardItem, scope: Scope) -> str:
    return item.name.say(scope.language)


def _plain(value: Any) -> JsonValue:
    """Return a field's value as JSON has it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    plain: JsonValue = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return plain


def left(
    draft: Draft, findings: tuple[Finding, ...], scope: Scope, far: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Finding, ...]:
    """Return what is left for a person, each with why a program leaves it and what to do.

    ``far`` are those that only another card would be without; the first of them says so.
    """
    first = next((one for one in findings if (one.code, one.place) in far), None)
    return tuple(
        one.model_copy(update={"fix": _far(one, scope, first=one is first)})
        if (one.code, one.place) in far
        else one.model_copy(update={"fix": _why(one, draft, scope)})
        for one in findings
    )


def _far(finding: Finding, scope: Scope, *, first: bool) -> str:
    fix = finding.fix or finding.reason
    return worded("repair.left_far", scope.language, fix=fix) if first else fix


def _why(finding: Finding, draft: Draft, scope: Scope) -> str:
    item = draft.lines[finding.item].item if finding.item is not None else None
    if item is not None and item.pinned is not None:
        key = "repair.left_pinned"
    elif scope.role is None and finding.code in ROLE_NEEDED:
        key = "repair.left_role"
    else:
        key = "repair.left_limits" if finding.code[0] in "WC" or finding.code in OF_THE_CARD else "repair.left_person"
    return worded(key, scope.language, fix=finding.fix or finding.reason)
