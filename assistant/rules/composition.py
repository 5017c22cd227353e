"""C: what a card is made of, and what may not stand on one."""

from collections.abc import Iterator

from assistant.models import Fix, ScorecardItem
from assistant.rules.engine import Case, Flaw, rule, total_of
from assistant.rules.lines import nature, own_names, said, says
from assistant.rules.lines import subjective as rests_on_opinion
from assistant.rules.weights import severity_of
from assistant.wording import phrase_text
from knowledge.models import Mandatory, Text
from knowledge.terms import Dimension, Nature, Span
from knowledge.words import folded

# Word lists of what may not stand on a card, by the rule that finds it there.
FORBIDDEN = {"C010": "protected_rights", "C011": "fines", "C012": "appearance_overtime", "C013": "rating_people"}


@rule("C001")
def count(case: Case) -> Iterator[Flaw]:
    low, high = case.profile.count_fine
    if not low <= len(case.items) <= high:
        severity = severity_of(len(case.items), case.profile.count_bands)
        yield Flaw(severity=severity, values={"count": len(case.items), "low": low, "high": high})


@rule("C002")
def only_results(case: Case) -> Iterator[Flaw]:
    # Support and operations are measured on results of service alone.
    service = case.role is not None and case.role.result_share[1] == case.profile.total
    if case.profile.binds_role and not service and _all(case, Nature.RESULT):
        yield Flaw()


@rule("C003")
def only_activity(case: Case) -> Iterator[Flaw]:
    # Winning is a result, even where it is only one step of the sale and guarded like activity.
    won = any(said(case, (item.name.zh, item.name.en), "outcomes") for item in case.items)
    if _all(case, Nature.PROCESS) and not won:
        yield Flaw()


@rule("C004")
def subjective(case: Case) -> Iterator[Flaw]:
    opinions = (item for item in case.items if rests_on_opinion(case, item))
    weight, most = total_of(opinions), case.profile.subjective_most
    if weight > most:
        yield Flaw(values={"weight": float(weight), "most": most})


@rule("C005")
def customer_side(case: Case) -> Iterator[Flaw]:
    offered = case.role is None or any(
        case.catalogue.indicators[id].dimension is Dimension.CUSTOMER for id in case.groups
    )
    # Where most lines leave their side open, nothing can be said of the card as a whole.
    told = 2 * sum(not _dimensions(case, item) for item in case.items) < len(case.items)
    shown = any(_shows(case, item, Dimension.CUSTOMER, "customer_side") for item in case.items)
    if case.profile.binds_role and offered and told and not shown:
        yield Flaw()


@rule("C006")
def leader_without_people(case: Case) -> Iterator[Flaw]:
    leads = case.role is not None and case.role.span is not Span.INDIVIDUAL
    people = any(_shows(case, item, Dimension.PEOPLE, "people_side") for item in case.items)
    if leads and case.profile.binds_role and not people:
        yield Flaw()


@rule("C007")
def one_dimension(case: Case) -> Iterator[Flaw]:
    dimensions = {item.dimension for item in case.items}
    if case.profile.binds_role and len(case.items) >= 3 and len(dimensions) == 1 and None not in dimensions:
        yield Flaw(values={"dimension": case.catalogue.terms["dimension"][str(dimensions.pop())]})


@rule("C008")
def incomplete_veto(case: Case) -> Iterator[Flaw]:
    for veto in case.card.vetoes:
        if veto.trigger is None or veto.effect is None or veto.decides is None:
            yield Flaw(values={"trigger": veto.trigger or "?"})


@rule("C009")
def incomplete_adjustment(case: Case) -> Iterator[Flaw]:
    for one in case.card.adjustments:
        if one.trigger is None or one.evidence is None:
            yield Flaw(values={"name": one.name})


@rule("C010")
def penalises_rights(case: Case) -> Iterator[Flaw]:
    yield from _worded(case, "C010")


@rule("C011")
def fines(case: Case) -> Iterator[Flaw]:
    yield from _worded(case, "C011")


@rule("C012")
def appearance_or_overtime(case: Case) -> Iterator[Flaw]:
    yield from _worded(case, "C012")


@rule("C013")
def outside_design(case: Case) -> Iterator[Flaw]:
    """Forced ranking and the like decide over people and are no part of designing a position's card."""
    yield from _worded(case, "C013")


@rule("C014")
def mandatory(case: Case) -> Iterator[Flaw]:
    """The company's own items stand on the card, at the weight it has set."""
    for one in case.profile.required(case.card.role):
        name = one.own.name if one.own else case.catalogue.indicators[one.key].name
        lines = [item for item in case.items if _is(item, one, name)]
        weight = total_of(lines)
        wanted = "rule.weight_at_least" if one.weight is None else "rule.weight_fixed"
        values = {"name": name, "wanted": phrase_text(wanted, weight=one.least)}
        if not lines:
            fix = Fix(kind="add", indicator=one.indicator, value=one.least if one.indicator else one.key)
            yield Flaw(fix=fix, values=values | {"found": phrase_text("rule.missing")})
        elif weight < one.least or one.weight not in {None, weight}:
            fix = Fix(kind="set_weight", indicator=one.indicator, value=one.least)
            yield Flaw(item=lines[0], fix=fix, values=values | {"found": phrase_text("rule.weight", weight=weight)})


@rule("C015")
def banned(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if ban := case.profile.ban_on(item.indicator, item.name):
            values = {"what": ban.word_in(item.name) or item.name, "why": ban.reason}
            yield Flaw(item=item, fix=Fix(kind="drop", indicator=item.indicator), values=values)


@rule("C016")
def dimension_band(case: Case) -> Iterator[Flaw]:
    open_ = any(item.dimension is None for item in case.items)
    for dimension, (low, high) in case.profile.dimension_bands.items():
        weight = total_of(item for item in case.items if item.dimension is dimension)
        # What does not say its dimension may still fill this one.
        if weight > high or (weight < low and not open_):
            values = {"dimension": case.catalogue.terms["dimension"][dimension], "low": low, "high": high}
            yield Flaw(fix=Fix(kind="rebalance"), values=values | {"weight": float(weight)})


def _is(item: ScorecardItem, one: Mandatory, name: Text) -> bool:
    """Tell whether a line is a mandatory one; an own line is known by its name."""
    if one.indicator is not None:
        return item.indicator == one.indicator
    return not {folded(item.name.zh), folded(item.name.en)}.isdisjoint({folded(name.zh), folded(name.en)})


def _all(case: Case, wanted: Nature) -> bool:
    """Tell whether all lines are of one nature; those of which nobody can tell count for neither, if they are few."""
    natures = [nature(case, item) for item in case.items]
    told = [one for one in natures if one is not None]
    return 2 * len(told) > len(natures) and set(told) == {wanted}


def _dimensions(case: Case, item: ScorecardItem) -> set[Dimension]:
    return {item.dimension} if item.dimension else {indicator.dimension for indicator in case.meant(item)}


def _shows(case: Case, item: ScorecardItem, side: Dimension, words: str) -> bool:
    """Tell whether a line looks at one side: by its dimension, where none is known by its own words."""
    known = _dimensions(case, item)
    return side in known if known else says(case, item, words) is not None


def _worded(case: Case, code: str) -> Iterator[Flaw]:
    """Look for words in what a company wrote itself: names, scoring rules, and what stands outside the 100."""
    for item in case.items:
        if word := said(case, own_names(case, item), FORBIDDEN[code]):
            yield Flaw(item=item, fix=Fix(kind="drop", indicator=item.indicator), values={"word": word})
        elif word := said(case, _scoring_text(item), FORBIDDEN[code]):
            fix = Fix(kind="set_field", indicator=item.indicator, value="scoring_text")
            yield Flaw(item=item, fix=fix, values={"word": word})
    for name, texts in _outside(case):
        if word := said(case, texts, FORBIDDEN[code]):
            yield Flaw(place=name, fix=Fix(kind="drop", value=name.zh), values={"word": word})


def _scoring_text(item: ScorecardItem) -> tuple[str, ...]:
    texts = (item.scoring.text if item.scoring else None, item.stated_scoring)
    return tuple(text for text in texts if text)


def _outside(case: Case) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Return what stands outside the 100: the name of each with all its texts."""
    for one in case.card.adjustments:
        yield one.name, _both(one.name, one.trigger, one.evidence)
    for veto in case.card.vetoes:
        name = veto.trigger or veto.effect
        if name is not None:
            yield name, _both(veto.trigger, veto.effect)


def _both(*texts: Text | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for text in texts if text for one in (text.zh, text.en)))


COMPOSITION = (
    count,
    only_results,
    only_activity,
    subjective,
    customer_side,
    leader_without_people,
    one_dimension,
    incomplete_veto,
    incomplete_adjustment,
    penalises_rights,
    fines,
    appearance_or_overtime,
    outside_design,
    mandatory,
    banned,
    dimension_band,
)
