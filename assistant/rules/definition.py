"""D: whether each line says clearly what is measured, from what, by whom."""

from collections.abc import Iterator

from assistant.models import Fix, ScorecardItem
from assistant.rules.engine import Case, Flaw, rule
from assistant.rules.lines import bare_count, own_names, said
from knowledge import formula
from knowledge.terms import Kind, Party, Unit
from knowledge.words import folded

PERIODS = ("period_month", "period_quarter", "period_year")


@rule("D001")
def no_formula(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.kind is Kind.KPI and not item.formula and item.definition is None:
            yield Flaw(item=item)


@rule("D002")
def no_basis(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        indicator = case.catalogue.indicators.get(item.indicator or "")
        # Some catalogue amounts are estimates or costs and rightly have no basis.
        needed = indicator is None or indicator.basis is not None
        if needed and item.unit is Unit.MONEY and item.basis is None:
            yield Flaw(item=item)


@rule("D003")
def vanity(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if bare_count(case, item):
            yield Flaw(item=item, fix=_quality_instead(case, item))


@rule("D004")
def mismatched_periods(case: Case) -> Iterator[Flaw]:
    """A rate whose numerator and denominator come from different periods says nothing; cohorts do."""
    for item in case.items:
        if _two_periods(case, item):
            yield Flaw(item=item, values={"formula": item.formula})


@rule("D005")
def own_data(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.provider is Party.SELF:
            yield Flaw(item=item)


@rule("D006")
def no_source(case: Case) -> Iterator[Flaw]:
    """Whoever has to provide the figure is known to have it."""
    for item in case.items:
        if item.data_source is None and item.provider is None:
            yield Flaw(item=item)


@rule("D007")
def own_rating(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if any(rater.rater is Party.SELF and rater.share == 100 for rater in item.raters):
            yield Flaw(item=item)


@rule("D008")
def collected_by_signed(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        above, below = _sides(item)
        if said(case, above, "collected") and said(case, below, "signed"):
            fix = Fix(kind="replace", indicator=item.indicator, value="collection_rate")
            yield Flaw(item=item, fix=fix)


@rule("D009")
def unnamed_raters(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if not item.raters:
            yield Flaw(item=item)


@rule("D010")
def share_without_third_party(case: Case) -> Iterator[Flaw]:
    for item, indicator in case.known:
        if indicator.family == "market_share" and not _from_third_party(case, item):
            yield Flaw(item=item, fix=Fix(kind="replace", indicator=indicator.id, value="growth_against_market"))


@rule("D011")
def open_name(case: Case) -> Iterator[Flaw]:
    """An open name stays open on the form, whatever it was taken to mean; a name of the catalogue is never open."""
    for item in case.items:
        names = own_names(case, item)
        choices = next((found for name in names if (found := case.open_names.get(folded(name)))), ())
        if choices:
            yield Flaw(item=item, values={"choices": tuple(indicator.name for indicator in choices)})


@rule("D012")
def unreadable_formula(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.variables and item.formula and not _parses(item.formula):
            yield Flaw(item=item, values={"formula": item.formula})


@rule("D013")
def conversion_of_strangers(case: Case) -> Iterator[Flaw]:
    """The deals of a month come from the leads of months before; only one set followed through converts."""
    for item in case.items:
        above, below = _sides(item)
        names = (*above, *below, *own_names(case, item))
        won, offered = said(case, above, "won"), said(case, below, "prospects")
        if won and offered and not said(case, names, "cohort") and not _two_periods(case, item):
            yield Flaw(item=item, values={"formula": item.formula})


def _from_third_party(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a figure comes from outside: by who provides it, or by the words of the line and its source."""
    source = (item.data_source.zh, item.data_source.en) if item.data_source else ()
    words = said(case, (*own_names(case, item), *source, item.tiers.text or ""), "third_parties")
    return item.provider is Party.THIRD_PARTY or words is not None


def _parses(text: str) -> bool:
    try:
        return bool(formula.names(text))
    except ValueError:
        return False


def _sides(item: ScorecardItem) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a company's own formula divides by what, nothing where it divides nothing."""
    own = item.formula if item.formula and not item.variables else ""
    above, slash, below = own.replace("÷", "/").partition("/")
    return ((above,), (below,)) if slash else ((), ())


def _two_periods(case: Case, item: ScorecardItem) -> bool:
    """Tell whether the two sides of a division name different periods."""
    above, below = ({period for period in PERIODS if said(case, side, period)} for side in _sides(item))
    return bool(above and below and above.isdisjoint(below))


def _quality_instead(case: Case, item: ScorecardItem) -> Fix | None:
    indicator = case.catalogue.indicators.get(item.indicator or "")
    if indicator is None or indicator.gaming is None or not indicator.gaming.guards:
        return None
    return Fix(kind="replace", indicator=indicator.id, value=indicator.gaming.guards[0])


DEFINITION = (
    no_formula,
    no_basis,
    vanity,
    mismatched_periods,
    own_data,
    no_source,
    own_rating,
    collected_by_signed,
    unnamed_raters,
    share_without_third_party,
    open_name,
    unreadable_formula,
    conversion_of_strangers,
)
