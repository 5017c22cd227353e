"""Keep, change, drop or add: one verdict for each line of a form, with its reasons."""

from typing import Literal

from assistant.explanation import explain
from assistant.models import Monitor, ScorecardItem
from assistant.recommender.candidates import CASH_GROUP, sells_on_credit
from assistant.recommender.considered import why_not
from assistant.review.comparison import Comparison, Said
from assistant.wording import phrase_text
from knowledge.models import Frozen, Id, Text
from knowledge.terms import Nature, Severity

# A line is kept where its weight moves by one step at most, and by no more than this part of what it was.
CLOSE = 5
CLOSE_PART = 0.34
SAME = 0.5
NOTES = 2
OPEN_NAME = "D011"


class Row(Frozen):
    """The verdict on one line, or a line to add."""

    verdict: Literal["keep", "change", "drop", "add"]
    how: Literal["as_is", "weight", "replaced", "monitor", "barred", "crowded_out", "new"]
    item: int | None = None
    """Which line of the form, from 0."""
    indicator: Id | None = None
    name: Text
    before: float | None = None
    after: int | None = None
    instead: Text | None = None
    """What takes the line's place."""
    themes: tuple[Id, ...] = ()
    """The priorities that the line serves."""
    reasons: tuple[Text, ...]
    explained: Text | None = None
    """The parts of the proposed weight."""
    monitor: Monitor | None = None
    codes: tuple[str, ...] = ()
    """The rules that the verdict rests on."""


def verdicts(compared: Comparison) -> tuple[Row, ...]:
    """Return a row for each line of the form in its order, then what to add, heaviest first."""
    rows = [_row(compared, place) for place in range(len(compared.ids))]
    new = (id for id in compared.newcomers if id not in compared.replaced.values())
    return (*rows, *(_added(compared, id) for id in new))


def _row(compared: Comparison, place: int) -> Row:
    if place in compared.stays:
        return _kept(compared, place)
    if place in compared.replaced:
        return _replaced(compared, place, compared.replaced[place])
    if _watchable(compared, place):
        return _monitored(compared, place)
    return _dropped(compared, place)


def _kept(compared: Comparison, place: int) -> Row:
    id, before = compared.ids[place], compared.before[place]
    item, after, line = compared.card.items[place], compared.choice.weights[id], compared.line(id)
    close = before is not None and abs(after - before) <= min(CLOSE, max(SAME, CLOSE_PART * before))
    same = before is not None and abs(after - before) <= SAME
    notes = _notes(compared, place, line)
    return Row(
        verdict="keep" if close else "change",
        how="as_is" if same else "weight",
        item=place,
        indicator=line.indicator,
        name=item.name,
        before=before,
        after=after,
        instead=line.name if line.indicator != item.indicator else None,
        themes=_raising(line),
        reasons=(
            *((_stay_reason(line),) if same else _weight_reasons(compared, place, line)),
            *(one.message for one in notes),
        ),
        explained=_explained(compared, line),
        codes=tuple(one.code for one in notes),
    )


def _notes(compared: Comparison, place: int, line: ScorecardItem) -> list[Said]:
    """Return what is still wrong with a line that stays: the proposal completes ours, the company's own it cannot."""
    said = compared.said.get(place, ())
    if line.indicator is not None:
        return [one for one in said if one.code == OPEN_NAME]
    return [one for one in said if one.severity is not Severity.ADVICE and one.code[0] != "W"][:NOTES]


def _stay_reason(line: ScorecardItem) -> Text:
    return line.rationale or phrase_text("review.keep_own")


def _weight_reasons(compared: Comparison, place: int, line: ScorecardItem) -> tuple[Text, ...]:
    """Say what moves a weight: a limit it broke, a priority, the role's usual weight, or the need to make room."""
    before, after = compared.before[place], compared.choice.weights[compared.ids[place]]
    if before is None:
        return (phrase_text("review.no_weight"), _stay_reason(line))
    broken = next((one.message for one in compared.said.get(place, ()) if one.code[0] == "W"), None)
    moved = _moving(line, rising=after > before)
    if moved:
        names = tuple(compared.catalogue.themes[id].name for id in moved)
        why = phrase_text("review.raised" if after > before else "review.lowered", themes=names)
    elif after > before or not compared.gaining:
        why = phrase_text("review.usual_weight")
    else:
        why = phrase_text("review.makes_room", names=compared.gaining)
    return (broken, why) if broken else (why,)


def _moving(line: ScorecardItem, *, rising: bool) -> tuple[str, ...]:
    """Return the priorities that push a weight in the direction in which it goes."""
    themes = (part for part in line.parts if part.source == "theme")
    return tuple(part.id for part in themes if part.id and (part.tenths > 0) == rising)


def _replaced(compared: Comparison, place: int, id: str) -> Row:
    line, item = compared.line(id), compared.card.items[place]
    name = line.name
    spoken = _barring(compared, place) or _naming(compared, place, id)
    return Row(
        verdict="change",
        how="replaced",
        item=place,
        indicator=line.indicator,
        name=item.name,
        before=compared.before[place],
        after=compared.choice.weights[id],
        instead=name,
        themes=_raising(line),
        reasons=(spoken.message if spoken else phrase_text("review.sibling", name=name), _stay_reason(line)),
        explained=_explained(compared, line),
        codes=(spoken.code,) if spoken else (),
    )


def _naming(compared: Comparison, place: int, id: str) -> Said | None:
    """Return the rule that names a line's successor."""
    fixes = ((one, one.fix) for one in compared.said.get(place, ()))
    return next((one for one, fix in fixes if fix is not None and fix.kind == "replace" and fix.value == id), None)


def _watchable(compared: Comparison, place: int) -> bool:
    """Tell whether a line that leaves is still worth managing: a process of this position, named once."""
    indicator = compared.catalogue.indicators.get(compared.ids[place])
    code = compared.barred.get(place)
    if indicator is None or compared.ids[place] in compared.choice.weights or code not in {None, "D003"}:
        return False
    groups = compared.catalogue.roles[compared.choice.brief.role].groups
    placed = {item.indicator for group in groups for item in group.items}
    off = {one.indicator for one in compared.choice.brief.exclusions}
    return indicator.id in placed - off and (indicator.vanity or indicator.nature is Nature.PROCESS)


def _monitored(compared: Comparison, place: int) -> Row:
    item, id = compared.card.items[place], compared.ids[place]
    reason, codes = _leaving(compared, place)
    watched = Monitor(indicator=id, name=compared.catalogue.indicators[id].name, reason=phrase_text("monitor.process"))
    return Row(
        verdict="change",
        how="monitor",
        item=place,
        indicator=id,
        name=item.name,
        before=compared.before[place],
        after=0,
        reasons=(reason, phrase_text("review.monitor")),
        monitor=watched,
        codes=codes,
    )


def _dropped(compared: Comparison, place: int) -> Row:
    reason, codes = _leaving(compared, place)
    return Row(
        verdict="drop",
        how="barred" if codes else "crowded_out",
        item=place,
        indicator=compared.card.items[place].indicator,
        name=compared.card.items[place].name,
        before=compared.before[place],
        after=0,
        reasons=(reason,),
        codes=codes,
    )


def _leaving(compared: Comparison, place: int) -> tuple[Text, tuple[str, ...]]:
    """Return why a line leaves, and the rule that says so where one does."""
    id, code = compared.ids[place], compared.barred.get(place)
    spoken = next((one for one in compared.said.get(place, ()) if one.code == code), None)
    if spoken is not None:
        return spoken.message, (spoken.code,)
    if id in compared.choice.weights:
        return phrase_text("review.same", name=compared.line(id).name), ()
    if _nothing_to_collect(compared, id):
        return phrase_text("review.nothing_to_collect"), ()
    known = why_not(id, compared.ours, compared.catalogue) if id in compared.catalogue.indicators else None
    return (known.reason if known else _no_room(compared, place)), ()


def _nothing_to_collect(compared: Comparison, id: str) -> bool:
    brief = compared.choice.brief
    cash = (group for group in compared.catalogue.roles[brief.role].groups if group.id == CASH_GROUP)
    return not sells_on_credit(brief.context) and any(item.indicator == id for group in cash for item in group.items)


def _no_room(compared: Comparison, place: int) -> Text:
    least, before = compared.catalogue.profiles[compared.choice.brief.profile].weight_fine[0], compared.before[place]
    if before is not None and before < least:
        return phrase_text("review.too_light", least=least)
    return phrase_text("review.crowded_out", names=compared.gaining)


def _barring(compared: Comparison, place: int) -> Said | None:
    code = compared.barred.get(place)
    return next((one for one in compared.said.get(place, ()) if one.code == code), None)


def _added(compared: Comparison, id: str) -> Row:
    line = compared.line(id)
    return Row(
        verdict="add",
        how="new",
        indicator=line.indicator,
        name=line.name,
        after=compared.choice.weights[id],
        themes=_raising(line),
        reasons=(_stay_reason(line),),
        explained=_explained(compared, line),
    )


def _raising(line: ScorecardItem) -> tuple[str, ...]:
    return _moving(line, rising=True)


def _explained(compared: Comparison, line: ScorecardItem) -> Text | None:
    if not line.parts:
        return None
    return Text(zh=explain(line, compared.catalogue, "zh"), en=explain(line, compared.catalogue, "en"))
