"""C: what a card is made of, and what may not stand on one."""

from collections.abc import Iterator

from assistant.models import Fix
from assistant.rules.engine import Case, Flaw, rule, total_of
from assistant.rules.weights import severity_of
from knowledge.terms import Dimension, Nature, Span
from knowledge.words import contains_word

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
    if _all(case, Nature.PROCESS):
        yield Flaw()


@rule("C004")
def subjective(case: Case) -> Iterator[Flaw]:
    weight, most = total_of(item for item in case.items if item.subjective), case.profile.subjective_most
    if weight > most:
        yield Flaw(values={"weight": float(weight), "most": most})


@rule("C005")
def customer_side(case: Case) -> Iterator[Flaw]:
    if not case.profile.binds_role or not case.items or any(item.dimension is None for item in case.items):
        return
    offered = case.role is None or any(
        case.catalogue.indicators[id].dimension is Dimension.CUSTOMER for id in case.groups
    )
    if offered and all(item.dimension is not Dimension.CUSTOMER for item in case.items):
        yield Flaw()


@rule("C006")
def leader_without_people(case: Case) -> Iterator[Flaw]:
    leads = case.role is not None and case.role.span is not Span.INDIVIDUAL
    if leads and case.profile.binds_role and all(item.dimension is not Dimension.PEOPLE for item in case.items):
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


def _all(case: Case, nature: Nature) -> bool:
    return bool(case.items) and all(item.nature is nature for item in case.items)


def _worded(case: Case, code: str) -> Iterator[Flaw]:
    words = case.catalogue.word_lists[FORBIDDEN[code]].words.all()
    for item in (item for item in case.items if item.indicator is None):
        names = item.name.zh, item.name.en
        if word := next((word for word in words if any(contains_word(name, word) for name in names)), None):
            yield Flaw(item=item, fix=Fix(kind="drop"), values={"word": word})


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
)
