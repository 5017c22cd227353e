"""Who must deliver which figures: every line once, gates and monitored KPIs too, nothing invented."""

import re
from typing import Any

import pytest

from assistant.advisor import Advisor
from assistant.models import Brief, Scorecard, ScorecardItem
from assistant.readiness import Department, readiness
from assistant.recommender.card import scorecard
from knowledge import shipped
from knowledge.models import Text
from knowledge.terms import Party, Period

CATALOGUE = shipped.load()
DATE = re.compile(r"\d+\s*(日|号|月)|\b\d+(st|nd|rd|th)\b")


def line(name: str, indicator: str | None = None, **fields: Any) -> ScorecardItem:
    return ScorecardItem.model_validate({"name": Text(zh=name, en=name), "indicator": indicator, "weight": 20} | fields)


def both(text: str) -> Text:
    return Text(zh=text, en=text)


def by_party(found: tuple[Department, ...]) -> dict[Party | None, Department]:
    return {one.party: one for one in found}


@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_a_draft_has_every_line_once_and_nothing_open(role: str, profile: str, advisor: Advisor) -> None:
    card = scorecard(advisor.recommender.choose(Brief(role=role, profile=profile)), CATALOGUE)
    found = readiness(card, CATALOGUE)
    deliveries = [delivery for one in found for delivery in one.deliveries]
    assert sorted(one.item for one in deliveries if one.item is not None) == list(range(len(card.items)))
    assert all(one.party is not None for one in found)
    assert all(one.figures and one.source and one.period and one.level for one in deliveries)
    beside = {one.indicator for one in (*card.vetoes, *card.monitors)} - set(card.weights())
    assert {one.indicator for one in deliveries if one.use != "line"} == beside
    for one in found:
        assert all(delivery.provider is one.party for delivery in one.deliveries)
        assert one.shortest == min((d.period for d in one.deliveries if d.period), key=lambda period: period.months)


def test_the_department_with_most_weight_comes_first(advisor: Advisor) -> None:
    card = scorecard(advisor.recommender.choose(Brief(role="sales_representative", themes=("cash",))), CATALOGUE)
    weights = [sum(delivery.weight or 0 for delivery in one.deliveries) for one in readiness(card, CATALOGUE)]
    assert weights == sorted(weights, reverse=True)


FORM = Scorecard(
    items=(
        line("销售额", "sales_amount", provider=Party.FINANCE, data_source=both("ERP"), period=Period.QUARTER),
        line("回款率", "collection_rate"),
        line("拜访情况", provider=Party.SELF, data_source=both("日报")),
        line("服务评价", formula="好评数 / 服务次数", provider=Party.HR),
        line("新客户", "new_customers", provider=Party.SELF, data_source=both("自报")),
    )
)


def test_what_a_form_leaves_open_is_listed_with_whom_it_usually_is() -> None:
    opened = readiness(FORM, CATALOGUE)[-1]
    assert opened.party is None
    assert opened.name.zh == "待指定"
    rate, service = opened.deliveries
    assert (rate.missing, rate.usual) == (("source", "provider"), Party.FINANCE)
    assert rate.usual_source == CATALOGUE.indicators["collection_rate"].data_source
    assert (service.missing, service.provider, service.usual) == (("source",), Party.HR, None)
    assert service.figures == (both("好评数 / 服务次数"),)


def test_what_the_assessed_person_delivers_is_flagged() -> None:
    own = by_party(readiness(FORM, CATALOGUE))[Party.SELF]
    assert [one.own_data for one in own.deliveries] == [True, True]
    assert [one.usual for one in own.deliveries] == [None, CATALOGUE.indicators["new_customers"].provider]
    assert "新客户" in own.first_task.zh


def test_the_form_goes_before_the_catalogue_and_the_cycle_is_the_line_s() -> None:
    finance = by_party(readiness(FORM, CATALOGUE))[Party.FINANCE]
    assert finance.deliveries[0].source == both("ERP")
    assert finance.shortest is Period.QUARTER
    assert "每季度" in finance.first_task.zh
    assert "every quarter" in finance.first_task.en


def test_a_formula_of_the_company_s_own_stands_as_written() -> None:
    card = Scorecard(items=(line("回款率", "collection_rate", formula="到账 / 签约"),))
    assert readiness(card, CATALOGUE)[0].deliveries[0].figures == (both("到账 / 签约"),)


def test_no_date_is_invented(advisor: Advisor) -> None:
    for role in CATALOGUE.roles:
        card = scorecard(advisor.recommender.choose(Brief(role=role)), CATALOGUE)
        for one in (*readiness(card, CATALOGUE), *readiness(FORM, CATALOGUE)):
            assert not DATE.search(one.first_task.zh + one.first_task.en)


def test_an_empty_card_needs_nothing() -> None:
    assert readiness(Scorecard(items=()), CATALOGUE) == ()
