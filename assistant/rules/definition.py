"""D: whether each line says clearly what is measured, from what, by whom."""

from collections.abc import Iterator

from assistant.models import Fix, ScorecardItem
from assistant.rules.engine import Case, Flaw, rule
from knowledge import formula
from knowledge.terms import Kind, Party, Unit
from knowledge.words import contains_word, folded


@rule("D001")
def no_formula(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.kind is Kind.KPI and not item.formula and item.definition is None:
            yield Flaw(item=item)


@rule("D002")
def no_basis(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        # Some catalogue amounts are estimates or costs and rightly have no basis.
        if item.indicator is None and item.unit is Unit.MONEY and item.basis is None:
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
        if item.indicator is None and item.formula and _two_periods(case, item.formula):
            yield Flaw(item=item, values={"formula": item.formula})


@rule("D005")
def own_data(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.provider is Party.SELF:
            yield Flaw(item=item)


@rule("D006")
def no_source(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.data_source is None:
            yield Flaw(item=item)


@rule("D007")
def own_rating(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if any(rater.rater is Party.SELF and rater.share == 100 for rater in item.raters):
            yield Flaw(item=item)


@rule("D008")
def collected_by_signed(case: Case) -> Iterator[Flaw]:
    cash, signed = (case.catalogue.word_lists[id].words.all() for id in ("collected", "signed"))
    for item in case.items:
        above, _, below = (
            (item.formula or "").replace("÷", "/").partition("/") if item.indicator is None else ("", "", "")
        )
        if any(contains_word(above, word) for word in cash) and any(contains_word(below, word) for word in signed):
            yield Flaw(item=item, fix=Fix(kind="replace", value="collection_rate"))


@rule("D009")
def unnamed_raters(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if not item.raters:
            yield Flaw(item=item)


@rule("D010")
def share_without_third_party(case: Case) -> Iterator[Flaw]:
    for item, indicator in case.known:
        if indicator.family == "market_share" and item.provider is not Party.THIRD_PARTY:
            yield Flaw(item=item, fix=Fix(kind="replace", indicator=indicator.id, value="growth_against_market"))


@rule("D011")
def open_name(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        name = folded(item.name.zh)
        for entry in case.catalogue.ambiguous_indicators:
            if item.indicator is None and name in map(folded, entry.phrases.all()):
                meant = tuple(case.catalogue.indicators[id].name for id in entry.choices)
                yield Flaw(item=item, values={"choices": meant})


@rule("D012")
def unreadable_formula(case: Case) -> Iterator[Flaw]:
    for item in case.items:
        if item.indicator and item.formula and not _parses(item.formula):
            yield Flaw(item=item, values={"formula": item.formula})


def _parses(text: str) -> bool:
    try:
        return bool(formula.names(text))
    except ValueError:
        return False


def bare_count(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a line counts activity or output: by its mark, a company's own line by its name too."""
    words = case.catalogue.word_lists["vanity_counts"].words.all() if item.indicator is None else ()
    return item.vanity or any(contains_word(item.name.zh, word) or contains_word(item.name.en, word) for word in words)


def _two_periods(case: Case, text: str) -> bool:
    """Tell whether the two sides of a division name different periods."""
    above, slash, below = text.replace("÷", "/").partition("/")
    sides = [
        {name for name, words in _periods(case).items() if any(contains_word(side, word) for word in words)}
        for side in (above, below)
    ]
    return bool(slash and sides[0] and sides[1] and sides[0].isdisjoint(sides[1]))


def _periods(case: Case) -> dict[str, tuple[str, ...]]:
    lists = case.catalogue.word_lists
    return {id: lists[id].words.all() for id in ("period_month", "period_quarter", "period_year")}


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
)
