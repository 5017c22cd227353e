"""What is found in a card does not depend on the order of its rows."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.models import Adjustment, Finding, Scorecard, ScorecardItem, Scoring, Veto
from assistant.rules import check
from knowledge import shipped
from knowledge.models import Catalogue, Indicator, Text
from knowledge.terms import ScoringMethod, Unit

KNOWN = shipped.load()
SHARED = sorted(ScorecardItem.model_fields.keys() & Indicator.model_fields.keys())
INDICATORS = [*sorted(KNOWN.indicators)[:40], "sales_amount", "call_volume"]
NAMES = [
    *("月度完成率", "年度完成率", "业绩", "拜访次数", "电话量", "执行力", "响应速度", "公司利润", "罚款", "新客户数"),
    *("Monthly visits", "Annual visits", "Initiative", "客户需求快速响应完成率", "客户需求快速响应达成率", "成交额"),
]


def alike(name: str) -> Text:
    return Text(zh=name, en=name)


weights = st.sampled_from([None, 0, 5, 10, 10, 20, 20.0, 33.3, -5, float("nan")])
scorings = st.none() | st.builds(
    Scoring,
    method=st.sampled_from(ScoringMethod),
    cap=st.sampled_from([None, 120]),
    points=st.sampled_from([None, 10, 15, 20]),
    text=st.sampled_from([None, "不封顶", "迟到罚款50元"]),
)
own_lines = st.builds(
    ScorecardItem,
    name=st.sampled_from(NAMES).map(alike),
    weight=weights,
    stated_weight=st.sampled_from([None, None, "高"]),
    unit=st.none() | st.sampled_from(Unit),
    formula=st.sampled_from([None, "本月回款 / 全年签单额", "成交 / 线索"]),
    scoring=scorings,
)


@st.composite
def known_lines(draw: st.DrawFn) -> ScorecardItem:
    """Draw a line of the catalogue, under its own name or one of the company's."""
    indicator = KNOWN.indicators[draw(st.sampled_from(INDICATORS))]
    fields = {name: getattr(indicator, name) for name in SHARED if name not in {"id", "scoring", "gaming"}}
    name = draw(st.sampled_from([indicator.name, alike(f"月度{indicator.name.zh}"), alike("拜访次数")]))
    return ScorecardItem.model_validate(
        fields | {"indicator": indicator.id, "name": name, "weight": draw(weights), "scoring": draw(scorings)}
    )


extras = st.builds(
    Adjustment,
    name=st.sampled_from(["迟到罚款", "投诉"]).map(alike),
    points=st.sampled_from([0.1, 0.2, 5, 7.7, -6]),
    indicator=st.none() | st.sampled_from(["sales_amount", "call_volume"]),
)
gates = st.builds(Veto, trigger=st.none() | st.sampled_from(["病假", "虚报"]).map(alike))
cards = st.builds(
    Scorecard,
    role=st.none() | st.sampled_from(sorted(KNOWN.roles)),
    profile=st.sampled_from(sorted(KNOWN.profiles)),
    themes=st.lists(st.sampled_from(sorted(KNOWN.themes)), max_size=2).map(tuple),
    items=st.lists(own_lines | known_lines(), max_size=8).map(tuple),
    adjustments=st.lists(extras, max_size=3).map(tuple),
    vetoes=st.lists(gates, max_size=2).map(tuple),
)


def without_rows(found: tuple[Finding, ...]) -> list[str]:
    return [finding.model_copy(update={"item": None}).model_dump_json() for finding in found]


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(card=cards, data=st.data())
def test_any_order_of_rows_gives_the_same_findings(card: Scorecard, data: st.DataObject) -> None:
    turned = card.model_copy(
        update={
            name: tuple(data.draw(st.permutations(getattr(card, name)))) for name in ("items", "adjustments", "vetoes")
        }
    )
    found, again = (check(one, KNOWN, "zh") for one in (card, turned))
    assert Counter(without_rows(again)) == Counter(without_rows(found))
    assert [finding.code for finding in again] == [finding.code for finding in found]


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(card=cards)
def test_a_finding_names_the_row_it_is_about(card: Scorecard) -> None:
    for finding in check(card, KNOWN, "zh"):
        if finding.item is not None:
            assert card.items[finding.item].name.zh == finding.place
            assert card.items[finding.item].indicator == finding.indicator


TWINS = [
    pytest.param(("sales_amount", 20), ("sales_attainment", 10), "sales_attainment", "K002", id="lighter"),
    pytest.param(("sales_attainment", 20), ("sales_amount", 10), "sales_amount", "K002", id="lighter though earlier"),
    pytest.param(("sales_attainment", 20), ("sales_amount", 20), "sales_attainment", "K002", id="later in catalogue"),
    pytest.param(("signed_amount", 30), ("sales_amount", 10), "sales_amount", "K003", id="same base"),
]


@pytest.mark.parametrize(("first", "second", "dropped", "code"), TWINS)
def test_of_two_that_say_the_same_the_lighter_goes(
    first: tuple[str, int], second: tuple[str, int], dropped: str, code: str, catalogue: Catalogue
) -> None:
    lines = [
        ScorecardItem(indicator=id, name=catalogue.indicators[id].name, weight=weight) for id, weight in (first, second)
    ]
    for items in (lines, lines[::-1]):
        found = check(Scorecard(items=tuple(items)), catalogue, "en")
        assert [finding.indicator for finding in found if finding.code == code] == [dropped]


def test_findings_of_one_severity_come_in_the_order_of_the_rule_book(catalogue: Catalogue) -> None:
    lines = [ScorecardItem(name=alike(name), weight=10) for name in ("电话量", "拜访次数", "执行力")]
    found = check(Scorecard(items=tuple(lines)), catalogue, "en")
    order = list(catalogue.rules)
    by_severity = [
        [order.index(one.code) for one in found if one.severity == severity] for severity in ("warning", "advice")
    ]
    assert all(codes == sorted(codes) for codes in by_severity)
