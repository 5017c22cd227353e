"""R: whether a card suits the position."""

from collections import Counter
from collections.abc import Iterator

from assistant.models import Fix, ScorecardItem
from assistant.recommender.candidates import CASH_GROUP, group_weights, sells_on_credit
from assistant.recommender.limits import PROBATION_SHIFT, SALES_GROUPS, TOTAL_SALES
from assistant.rules.engine import Case, Flaw, rule, total_of
from assistant.rules.lines import level as level_of
from assistant.rules.lines import nature, said, says
from knowledge.models import Indicator, Role
from knowledge.terms import BusinessModel, Function, Nature, Tenure

# Support and operations: nearly all of their weight is results of service.
SERVICE_SHARE = 80
# So many lines of one line of business are no accident.
SHOWS_BUSINESS = 2


@rule("R001")
def outside_control(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        level = level_of(case, item)
        if level is not None and level not in _role(case).levels and not _usual(case, item):
            words = {"level": case.catalogue.terms["level"][str(level)], "role": _role(case).name}
            yield Flaw(item=item, fix=Fix(kind="drop", indicator=item.indicator), values=words)


@rule("R002")
def core_duty(case: Case) -> Iterator[Flaw]:
    if not case.profile.binds_role:
        return
    filled = {case.group(item) for item in case.items}
    for duty in _role(case).duties:
        if duty.core and filled.isdisjoint(duty.groups) and _expected(case, duty.groups):
            yield Flaw(fix=_add_leading(case, duty.groups[0]), values={"duty": duty.text})


@rule("R003")
def result_balance(case: Case) -> Iterator[Flaw]:
    """Lines of which nobody can tell what they are get the benefit of the doubt, on either side."""
    low, high = _role(case).result_share
    share = _share(case, Nature.RESULT)
    unknown = _share(case, None)
    if case.unweighed or not (case.profile.binds_role and case.items):
        return
    if not (share <= high and low <= share + unknown):
        values = {"share": float(share + unknown if share <= high else share), "low": low, "high": high}
        yield Flaw(values=values | {"role": _role(case).name})


@rule("R004")
def group_range(case: Case) -> Iterator[Flaw]:
    if not case.profile.binds_role or case.unweighed:
        return
    weights = group_weights(_role(case), case.card.context)
    for group in _role(case).groups:
        weight, span = case.weight(group.id), weights[group.id]
        if weight and not span.low <= weight <= span.high:
            yield Flaw(values={"group": group.name, "weight": float(weight), "low": span.low, "high": span.high})


@rule("R005")
def sales_floor(case: Case) -> Iterator[Flaw]:
    floor = case.profile.sales_floor
    usual = [id for id in case.groups if case.catalogue.indicators[id].base == TOTAL_SALES]
    sales = [item for item in case.items if any(one.base == TOTAL_SALES for one in case.meant(item))]
    weight = total_of(sales)
    if _role(case).function is Function.SELLING and usual and weight < floor and not (sales and case.unweighed):
        fix = Fix(kind="add", indicator=next(_allowed(case, usual), None))
        yield Flaw(fix=fix, values={"weight": float(weight), "floor": floor})


@rule("R006")
def collection_floor(case: Case) -> Iterator[Flaw]:
    floor = case.profile.collection_floor
    cash = any(group.id == CASH_GROUP for group in _role(case).groups)
    weight = case.weight(CASH_GROUP)
    open_yet = case.unweighed and any(case.group(item) == CASH_GROUP for item in case.items)
    if cash and on_credit(case) and weight < floor and not open_yet:
        yield Flaw(fix=_add_leading(case, CASH_GROUP), values={"weight": float(weight), "floor": floor})


@rule("R007")
def no_incentive_plan(case: Case) -> Iterator[Flaw]:
    if not case.profile.binds_role and _serves(_role(case)):
        yield Flaw(values={"role": _role(case).name})


@rule("R008")
def quota_on_support(case: Case) -> Iterator[Flaw]:
    """A team result on a support card is the person's own wish, and even then small."""
    if not _supports(_role(case)):
        return
    for item in case.items:
        indicator = case.catalogue.indicators.get(item.indicator or "")
        if (indicator is not None and _team_result(case, indicator)) or _quota_by_name(case, item):
            values = {"role": _role(case).name, "most": case.profile.support_result_most, "weight": float(item.points)}
            yield Flaw(item=item, fix=Fix(kind="drop", indicator=item.indicator), values=values)


@rule("R009")
def unusual(case: Case) -> Iterator[Flaw]:
    for item, indicator in case.known:
        if indicator.id not in case.groups and (item.level or indicator.level) in _role(case).levels:
            yield Flaw(item=item, values={"role": _role(case).name})


@rule("R010")
def other_business(case: Case) -> Iterator[Flaw]:
    """A business that is not stated shows in the card itself where several lines belong to it."""
    stated = case.card.context.business_model
    ours = {stated} if stated else {BusinessModel.GENERAL, *_shown(case)}
    for item, indicator in case.known:
        if indicator.business_models and ours.isdisjoint(indicator.business_models):
            fits = tuple(case.catalogue.terms["business_model"][str(one)] for one in indicator.business_models)
            yield Flaw(item=item, values={"models": fits})


@rule("R011")
def paid_already(case: Case) -> Iterator[Flaw]:
    most, weight = case.profile.commission_sales_most, case.weight(*SALES_GROUPS)
    if case.card.context.commission and case.profile.binds_role and weight > most:
        yield Flaw(values={"weight": float(weight), "most": most})


@rule("R012")
def newcomer(case: Case) -> Iterator[Flaw]:
    """On probation, results count a little less and learning a little more."""
    share = _share(case, Nature.RESULT)
    high = _role(case).result_share[1] - PROBATION_SHIFT
    if case.card.context.tenure is Tenure.PROBATION and case.profile.binds_role and share > high:
        yield Flaw(values={"share": float(share), "high": high})


def on_credit(case: Case) -> bool:
    """Tell whether there is anything to collect in the business that the card states or shows.

    Only customers who pay at the till leave nothing to collect. Subscriptions do not: they are billed ahead, yet on
    invoice, and an unpaid one is lost like any sale.
    """
    context = case.card.context
    if context.business_model is None and BusinessModel.RETAIL in _shown(case):
        context = context.model_copy(update={"business_model": BusinessModel.RETAIL})
    return sells_on_credit(context)


def _shown(case: Case) -> set[BusinessModel]:
    """Return the lines of business that a card shows: those that enough of its lines belong to."""
    found = Counter(model for item in case.items for model in _businesses(case, item))
    return {model for model, lines in found.items() if lines >= SHOWS_BUSINESS}


def _businesses(case: Case, item: ScorecardItem) -> set[BusinessModel]:
    own = {model for indicator in case.meant(item) for model in indicator.business_models}
    recurring = said(case, (item.name.zh, item.name.en), "recurring_revenue")
    return own | {BusinessModel.SAAS} if recurring else own


def _supports(role: Role) -> bool:
    """Tell whether a role helps others to sell, so that a quota is not its own to meet."""
    return role.function in {Function.ENABLING, Function.OPERATIONS}


def _quota_by_name(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a line is a sales quota by its own words; the paperwork about quotas is no quota."""
    names = (item.name.zh, item.name.en)
    usual = any(one.id in case.groups for one in case.meant(item))
    return not usual and bool(said(case, names, "sales_quota") and not said(case, names, "paperwork"))


def _role(case: Case) -> Role:
    if case.role is None:
        raise AssertionError("rules of family R run only with a role")
    return case.role


def _serves(role: Role) -> bool:
    """Tell whether a role is measured on service, as support and operations are."""
    return role.result_share[0] >= SERVICE_SHARE


def _share(case: Case, wanted: Nature | None) -> float:
    return total_of(item for item in case.items if nature(case, item) is wanted)


def _usual(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a line is one of the role's own, or a team result that rule R008 is about."""
    if says(case, item, "company_level"):
        return False
    supports = _supports(_role(case))
    return any(one.id in case.groups or (supports and _team_result(case, one)) for one in case.meant(item))


def _team_result(case: Case, indicator: Indicator) -> bool:
    return indicator.basis is not None and indicator.nature is Nature.RESULT and indicator.id not in case.groups


def _expected(case: Case, groups: tuple[str, ...]) -> bool:
    """Tell whether any of the groups carries weight in this motion and on these terms."""
    weights = group_weights(_role(case), case.card.context)
    return any(weights[group].high > 0 and weights[group].weight > 0 for group in groups)


def _add_leading(case: Case, group_id: str) -> Fix:
    group = next(group for group in _role(case).groups if group.id == group_id)
    return Fix(kind="add", indicator=next(_allowed(case, [item.indicator for item in group.items]), None))


def _allowed(case: Case, ids: list[str]) -> Iterator[str]:
    """Return those of some indicators that the company has not banned."""
    return (id for id in ids if not case.profile.ban_on(id, case.catalogue.indicators[id].name))


ROLE_FIT = (
    outside_control,
    core_duty,
    result_balance,
    group_range,
    sales_floor,
    collection_floor,
    no_incentive_plan,
    quota_on_support,
    unusual,
    other_business,
    paid_already,
    newcomer,
)
