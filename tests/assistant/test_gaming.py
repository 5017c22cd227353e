"""How a card can be gamed: what the rules call guarded is stopped, and nothing else; what a card as a whole invites."""

from dataclasses import dataclass
from typing import Any

import pytest

from assistant.advisor import Advisor
from assistant.errors import UnknownName
from assistant.gaming import gaming
from assistant.gaming.tricks import Trick, case_of
from assistant.models import Brief, Monitor, Scorecard, ScorecardItem, Scoring, Veto
from assistant.recommender.card import scorecard
from assistant.rules import check
from assistant.rules.gaming import guarded
from knowledge import shipped
from knowledge.models import Catalogue, Language, Text
from knowledge.terms import Basis, ScoringMethod, Unit

CATALOGUE = shipped.load()
AREAS = {"G001", "G002", "G003", "G004", "G005"}
REP = Brief(role="sales_representative", themes=("market_share",))


def own(name: str, weight: float, **fields: Any) -> ScorecardItem:
    return ScorecardItem(name=Text(zh=name, en=name), weight=weight, **fields)


def known(indicator: str, weight: float, **fields: Any) -> ScorecardItem:
    name = CATALOGUE.indicators[indicator].name
    return ScorecardItem.model_validate({"indicator": indicator, "name": name, "weight": weight} | fields)


def card_of(*items: ScorecardItem, **fields: Any) -> Scorecard:
    return Scorecard.model_validate({"items": items} | fields)


def draft(advisor: Advisor, **fields: Any) -> Scorecard:
    return scorecard(advisor.recommender.choose(REP.model_copy(update=fields)), advisor.catalogue)


def variants(card: Scorecard) -> list[Scorecard]:
    """Return a card with and without its guards, and with each line left out."""
    bare = card.model_copy(update={"vetoes": (), "monitors": ()})
    shorter = [bare.model_copy(update={"items": card.items[:place] + card.items[place + 1 :]}) for place in range(3)]
    return [card, bare, card.model_copy(update={"vetoes": ()}), card.model_copy(update={"monitors": ()}), *shorter]


@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_stopped_is_what_the_rules_call_guarded(role: str, profile: str, advisor: Advisor) -> None:
    for themes in ((), ("market_share",), ("cash", "retention")):
        for card in variants(draft(advisor, role=role, profile=profile, themes=themes)):
            case = case_of(card, CATALOGUE)
            tricks = {one.item: one for one in gaming(card, CATALOGUE) if one.kind == "known"}
            found = {one.item for one in check(card, CATALOGUE, "en") if one.code in AREAS}
            for item, indicator in case.known:
                place = case.places[id(item)]
                assert (place in tricks) == (indicator.gaming is not None)
                if place in tricks:
                    assert bool(tricks[place].stopped_by) == guarded(case, indicator) == (place not in found)
                    assert (tricks[place].remedy is None) == bool(tricks[place].stopped_by)


@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_a_guard_that_is_added_as_told_stops_the_trick(role: str, profile: str, advisor: Advisor) -> None:
    card = draft(advisor, role=role, profile=profile).model_copy(update={"vetoes": (), "monitors": ()})
    for trick in gaming(card, CATALOGUE):
        if trick.kind != "known" or trick.remedy is None or trick.remedy.indicator is None:
            continue
        again = {one.item: one for one in gaming(_with(card, trick), CATALOGUE) if one.kind == "known"}
        assert [stop.indicator for stop in again[trick.item].stopped_by] == [trick.remedy.indicator]


def _with(card: Scorecard, trick: Trick) -> Scorecard:
    assert trick.remedy is not None
    assert trick.remedy.indicator is not None
    guard = CATALOGUE.indicators[trick.remedy.indicator]
    added: dict[str, dict[str, Any]] = {
        "weighted": {"items": (*card.items, known(guard.id, 5))},
        "gate": {"vetoes": (Veto(indicator=guard.id, trigger=trick.remedy.text),)},
        "monitor": {"monitors": (Monitor(indicator=guard.id, name=guard.name, reason=guard.name),)},
    }
    return card.model_copy(update=added[trick.remedy.kind])


def test_lines_come_heaviest_first(advisor: Advisor) -> None:
    weights = [one.weight for one in gaming(draft(advisor), CATALOGUE) if one.kind == "known"]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) > 3


@dataclass(frozen=True)
class Invites:
    """A card and the trick it must, or must not, invite, with words that its text holds."""

    id: str
    kind: str
    card: Scorecard
    words: tuple[str, str] | None = None


RATIO = Scoring(method=ScoringMethod.RATIO)
INVITES = [
    Invites("own count", "bare_count", card_of(own("客户拜访次数", 20)), ("凑", "padded")),
    Invites("own count in English", "bare_count", card_of(own("Number of demos", 20)), ("凑", "padded")),
    Invites("measured", "bare_count", card_of(own("交付准时率", 10))),
    Invites("marked subjective", "rated", card_of(own("综合印象", 10, subjective=True)), ("打分人", "rater")),
    Invites("subjective by its words", "rated", card_of(own("工作态度", 10)), ("打分人", "rater")),
    Invites("heavy and unknown", "ask", card_of(own("标杆案例建设进度", 20)), ("只想要分数", "only the score")),
    Invites("light and unknown", "ask", card_of(own("标杆案例建设进度", 15))),
    Invites(
        "month and year",
        "counted_twice",
        card_of(own("年度销售任务", 30), own("月度销售任务", 20)),
        ("年度销售任务", "年度销售任务"),
    ),
    Invites(
        "amount and attainment",
        "counted_twice",
        card_of(known("sales_amount", 40), known("sales_attainment", 20)),
        ("销售额", "Sales revenue"),
    ),
    Invites("two results", "counted_twice", card_of(known("sales_amount", 40), known("new_customers", 20))),
    Invites(
        "no cap",
        "uncapped",
        card_of(known("sales_amount", 30, scoring=RATIO.model_copy(update={"cap": None}))),
        ("封顶", "cap"),
    ),
    Invites("cap", "uncapped", card_of(known("sales_amount", 30, scoring=RATIO))),
    Invites(
        "threshold 100",
        "cliff",
        card_of(known("sales_amount", 30, scoring=RATIO.model_copy(update={"threshold": 100}))),
        ("100%", "100%"),
    ),
    Invites(
        "threshold 60",
        "cliff",
        card_of(known("sales_amount", 30, scoring=RATIO.model_copy(update={"threshold": 60}))),
    ),
    Invites("4 per cent", "light", card_of(own("出勤登记", 4)), ("4%", "4%")),
    Invites("5 per cent", "light", card_of(own("出勤登记", 5))),
    Invites(
        "sales by a date",
        "cut_off",
        card_of(known("sales_amount", 30, basis=Basis.RECOGNISED)),
        ("截止日", "closing date"),
    ),
    Invites("own amount", "cut_off", card_of(own("出货金额", 30, unit=Unit.MONEY)), ("截止日", "closing date")),
    Invites("collected", "cut_off", card_of(own("到账金额", 30, unit=Unit.MONEY, basis=Basis.COLLECTED))),
    Invites("a rate", "cut_off", card_of(known("collection_rate", 30))),
    Invites(
        "last year plus 20",
        "sandbagging",
        card_of(known("sales_amount", 30, last_year=800.0, uplift=20.0)),
        ("20%", "20%"),
    ),
    Invites("last year alone", "sandbagging", card_of(known("sales_amount", 30, last_year=800.0))),
]


@pytest.mark.parametrize("case", INVITES, ids=lambda case: f"{case.kind}: {case.id}")
def test_what_a_card_invites(case: Invites) -> None:
    found = [one for one in gaming(case.card, CATALOGUE) if one.kind == case.kind]
    if case.words is None:
        assert found == []
        return
    assert len(found) == 1
    assert case.words[0] in found[0].how.zh
    assert case.words[1] in found[0].how.en
    assert found[0].remedy is not None


def test_returns_on_the_card_stop_shifting_sales_across_the_closing_date() -> None:
    card = card_of(known("sales_amount", 30), known("return_rate", 10))
    trick = next(one for one in gaming(card, CATALOGUE) if one.kind == "cut_off")
    assert [stop.indicator for stop in trick.stopped_by] == ["return_rate"]
    assert trick.remedy is None


@pytest.mark.parametrize(
    ("card", "kind", "indicator"),
    [
        (card_of(known("sales_amount", 40), role="sales_representative"), "weighted", "collection_attainment"),
        (card_of(known("sales_amount", 40)), "gate", "collection_attainment"),
        (card_of(known("sales_amount", 100), role="sales_representative", profile="incentive"), "monitor", None),
    ],
    ids=["the position lacks cash", "no position", "pay"],
)
def test_the_cheapest_guard(card: Scorecard, kind: str, indicator: str | None) -> None:
    remedy = gaming(card, CATALOGUE)[0].remedy
    assert remedy is not None
    assert remedy.kind == kind
    assert indicator in {None, remedy.indicator}


@pytest.mark.parametrize("role", [None, "sales_representative", "sales_director"])
@pytest.mark.parametrize("indicator", ["arr_new", "net_revenue_retention", "sales_amount"])
def test_the_guard_is_one_that_the_rules_name_too(indicator: str, role: str | None) -> None:
    card = card_of(known(indicator, 40), role=role)
    remedy = next(one for one in gaming(card, CATALOGUE) if one.kind == "known").remedy
    asked = next(one for one in check(card, CATALOGUE, "en") if one.code in AREAS)
    assert remedy is not None
    assert remedy.indicator is not None
    assert CATALOGUE.indicators[remedy.indicator].name.en in (asked.fix or "")


def test_a_monitored_guard_becomes_a_gate() -> None:
    name = CATALOGUE.indicators["gross_margin_rate"].name
    watched = Monitor(indicator="gross_margin_rate", name=name, reason=name)
    remedy = gaming(card_of(known("sales_amount", 40), monitors=(watched,)), CATALOGUE)[0].remedy
    assert remedy is not None
    assert (remedy.kind, remedy.indicator) == ("gate", "gross_margin_rate")
    assert "已在监控" in remedy.text.zh


def test_a_condition_of_ours_must_stand_in_the_company_s_own_definition() -> None:
    ours = CATALOGUE.indicators["new_customers"].definition
    stops = [
        gaming(card_of(known("new_customers", 20, definition=definition)), CATALOGUE)[0].stopped_by[0]
        for definition in (ours, Text(zh="新增客户的个数", en="number of new customers"))
    ]
    assert [stop.kind for stop in stops] == ["condition", "condition"]
    assert "写进本表" not in stops[0].text.zh
    assert "写进本表" in stops[1].text.zh


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_left_to_fill_in(language: Language, advisor: Advisor, catalogue: Catalogue) -> None:
    for case in INVITES:
        for one in gaming(case.card, catalogue):
            texts = [one.how, *(stop.text for stop in one.stopped_by), *([one.remedy.text] if one.remedy else [])]
            assert all("$" not in text.say(language) for text in texts)


def test_an_unknown_rule_set_is_named() -> None:
    with pytest.raises(UnknownName, match="nope"):
        gaming(card_of(known("sales_amount", 100), profile="nope"), CATALOGUE)
