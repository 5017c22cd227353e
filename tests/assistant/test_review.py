"""Last year's form reviewed: one verdict a line, a proposal that adds up, and reasons that fit."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.advisor import Advisor
from assistant.errors import BadInput, UnknownName
from assistant.models import Brief, Context, Exclusion, Monitor, Pin, Scorecard, ScorecardItem, Veto
from assistant.recommender.card import scorecard
from assistant.requests import Request
from assistant.review import Review, brief_of, review
from assistant.review.verdicts import CLOSE, Row
from assistant.rules import check
from knowledge import shipped
from knowledge.models import Language, Text
from knowledge.terms import Dimension, Severity

CATALOGUE = shipped.load()
ADVISOR = Advisor(CATALOGUE)
NAMES = ADVISOR.reader.indicators
REP = Brief(role="sales_representative", themes=("market_share",))


def form(lines: dict[str, float | None], **fields: Any) -> Scorecard:
    """Return a form as a person writes it: names are looked up, what is not found is the company's own."""
    return Scorecard.model_validate({"items": [line(name, weight) for name, weight in lines.items()]} | fields)


def line(name: str, weight: float | None) -> ScorecardItem:
    id = NAMES.meaning(name).id
    family = CATALOGUE.indicators[id].family if id else ""
    return ScorecardItem(indicator=id, name=Text(zh=name, en=name), weight=weight, family=family)


def reviewed(card: Scorecard, brief: Brief = REP) -> Review:
    return review(card, brief, ADVISOR.recommender)


def row(found: Review, name: str) -> Row:
    return next(one for one in found.rows if one.name.zh == name or one.name.en == name)


def above_advice(card: Scorecard) -> list[tuple[str, str]]:
    """Return findings above advice that our own lines cause."""
    own = {place for place, item in enumerate(card.items) if item.indicator is None}
    found = [one for one in check(card, CATALOGUE, "en") if one.severity is not Severity.ADVICE]
    return [(one.code, one.place) for one in found if one.item not in own]


@dataclass(frozen=True)
class Case:
    """A form, the position and strategy it is held against, and the verdicts that must come of it."""

    id: str
    role: str
    strategy: str
    lines: dict[str, float | None]
    verdicts: dict[str, str]
    """Verdict and manner of each line that matters, as in ``change weight``."""
    added: tuple[str, ...] = ()
    language: Language = "zh"
    context: Context = field(default_factory=Context)


CASES = [
    Case(
        "representative, share",
        "销售代表",
        "提升市场占有率",
        {"销售额": 40, "回款率": 10, "新客户开发数量": 10, "客户拜访次数": 15, "工作态度": 15, "客户满意度": 10},
        {
            "销售额": "change weight",
            "回款率": "keep as_is",
            "新客户开发数量": "change weight",
            "客户拜访次数": "change replaced",
            "客户满意度": "keep as_is",
        },
        ("sales_growth",),
    ),
    Case(
        "hunter, new logos",
        "AE",
        "win new logos",
        {"Sales revenue": 50, "Quota attainment": 20, "Calls made": 10, "NPS": 10, "Market share": 10},
        {
            "Sales revenue": "change weight",
            "Quota attainment": "drop barred",
            "Calls made": "change monitor",
            "NPS": "change weight",
            "Market share": "drop barred",
        },
        ("new_customers", "new_customer_sales"),
        "en",
    ),
    Case(
        "regional manager, cash and cost",
        "区域销售经理",
        "加快回款，控制费用",
        {
            "团队销售目标达成率": 40,
            "团队回款额": 20,
            "费用率": 10,
            "市场占有率": 10,
            "公司文化践行": 10,
            "报表提交": 10,
        },
        {
            "团队销售目标达成率": "change weight",
            "团队回款额": "keep as_is",
            "费用率": "keep as_is",
            "公司文化践行": "drop crowded_out",
        },
        ("forecast_accuracy",),
    ),
    Case(
        "punishments, periods, light lines",
        "销售代表",
        "提升市场占有率",
        {"年度销售额": 25, "月度销售额": 20, "毛利率": 30, "晨会出勤": 3, "迟到罚款": 2, "电话量": 20},
        {
            "月度销售额": "drop barred",
            "晨会出勤": "drop crowded_out",
            "迟到罚款": "drop barred",
            "电话量": "change monitor",
        },
        ("new_customers",),
    ),
    Case(
        "paid at once",
        "销售代表",
        "深耕老客户",
        {"销售额": 30, "回款率": 30, "客户满意度": 20, "新客户开发数量": 20},
        {"回款率": "drop crowded_out", "销售额": "keep as_is"},
        context=Context(on_credit=False),
    ),
    Case(
        "no weights at all",
        "销售代表",
        "提升市场占有率",
        {"销售额": None, "回款率": None, "新客户开发数量": None},
        {"销售额": "change weight", "回款率": "change weight", "新客户开发数量": "change weight"},
        ("sales_growth",),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_verdicts(case: Case) -> None:
    card = form(case.lines)
    request = Request(role=case.role, strategy=case.strategy, language=case.language, context=case.context)
    found = reviewed(card, brief_of(card, request, ADVISOR.understander).brief)
    assert {name: f"{row(found, name).verdict} {row(found, name).how}" for name in case.verdicts} == case.verdicts
    assert set(case.added) <= {one.indicator for one in found.rows if one.verdict == "add"}
    assert_sound(card, found)


def assert_sound(card: Scorecard, found: Review) -> None:
    assert sum(item.points for item in found.proposal.items) == 100
    places = Counter(one.item for one in found.rows if one.verdict != "add")
    assert places == Counter(range(len(card.items)))
    assert above_advice(found.proposal) == []
    weights = {item.indicator or item.name.zh: item.points for item in found.proposal.items}
    said = {one.indicator or one.name.zh: one.after for one in found.rows if one.after}
    assert said == weights
    for one in found.rows:
        assert_row(one, found)


def assert_row(one: Row, found: Review) -> None:
    assert one.reasons
    for text in (*one.reasons, *([one.explained] if one.explained else [])):
        assert "$" not in text.zh + text.en
        assert "optimal" not in text.en.lower()
        assert "最优" not in text.zh
    if one.verdict == "keep":
        assert one.before is not None
        assert one.after is not None
        assert abs(one.after - one.before) <= CLOSE
    if one.how == "monitor":
        assert one.indicator in {watched.indicator for watched in found.proposal.monitors}
    assert set(one.themes) <= set(found.themes)


OWN = ["特色服务指数", "标杆案例建设进度", "工作态度", "客户拜访次数", "区域协同评分", "罚款次数", "Partner love index"]
LINES = st.dictionaries(
    st.sampled_from(sorted(CATALOGUE.indicators)) | st.sampled_from(OWN),
    st.sampled_from([None, 0, 2.5, 3, 5, 8, 10, 12.5, 15, 20, 30, 40, 70]),
    max_size=12,
)
THEMES = st.lists(st.sampled_from(sorted(CATALOGUE.themes)), max_size=2, unique=True)


def card_of(lines: dict[str, float | None]) -> Scorecard:
    known = CATALOGUE.indicators
    items = [
        ScorecardItem(indicator=id, name=known[id].name, family=known[id].family, weight=weight)
        if id in known
        else ScorecardItem(name=Text(zh=id, en=id), weight=weight)
        for id, weight in lines.items()
    ]
    return Scorecard(items=tuple(items))


@settings(max_examples=60, deadline=None)
@given(lines=LINES, themes=THEMES, role=st.sampled_from(sorted(CATALOGUE.roles)), pays=st.booleans())
def test_any_form_gets_a_sound_proposal(
    lines: dict[str, float | None], themes: list[str], role: str, pays: bool
) -> None:
    profile = "incentive" if pays else "appraisal"
    brief = Brief.model_validate({"role": role, "themes": themes, "profile": profile})
    opposed = any(other in CATALOGUE.themes[one].opposes for one in themes for other in themes)
    card = card_of(lines)
    found = reviewed(card, brief)
    assert sum(item.points for item in found.proposal.items) == 100
    assert Counter(one.item for one in found.rows if one.verdict != "add") == Counter(range(len(card.items)))
    assert {code for code, _ in above_advice(found.proposal)} <= ({"S002"} if opposed else set())
    for one in found.rows:
        assert_row(one, found)


@settings(max_examples=30, deadline=None)
@given(weights=st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_an_own_line_never_gains(weights: list[int]) -> None:
    lines: dict[str, float | None] = {
        f"自定指标{'甲乙丙丁戊己'[place]}项": weight for place, weight in enumerate(weights)
    }
    found = reviewed(form(lines))
    total = sum(weights)
    for item in found.proposal.items:
        if item.indicator is None:
            assert item.points <= 100 * (lines[item.name.zh] or 0) / total + 1e-9


@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_a_draft_of_ours_keeps_its_kpis(role: str, profile: str) -> None:
    for themes in ((), ("cash",), ("market_share",), ("retention", "margin")):
        brief = Brief(role=role, themes=themes, profile=profile)
        card = scorecard(ADVISOR.recommender.choose(brief), CATALOGUE)
        found = reviewed(card, brief)
        assert {one.how for one in found.rows} <= {"as_is", "weight"}, themes
        assert found.moved <= 15, themes


def test_it_is_the_same_each_time_and_whatever_the_order_of_lines() -> None:
    lines: dict[str, float | None] = {"销售额": 40, "回款率": 20, "客户满意度": 20, "特色服务指数": 20}
    first = reviewed(form(lines))
    turned = reviewed(form(dict(reversed(lines.items()))))
    assert reviewed(form(lines)) == first
    assert {item.name.zh: item.weight for item in turned.proposal.items} == {
        item.name.zh: item.weight for item in first.proposal.items
    }


def test_points_moved_are_what_lines_gain() -> None:
    found = reviewed(form({"销售额": 100}))
    assert found.moved == 100 - (row(found, "销售额").after or 0)


def test_an_own_line_keeps_the_form_s_fields() -> None:
    own = ScorecardItem(
        name=Text(zh="特色服务指数", en="特色服务指数"),
        weight=20,
        definition=Text(zh="按服务手册打分", en="按服务手册打分"),
        dimension=Dimension.CUSTOMER,
    )
    found = reviewed(Scorecard(items=(own, line("销售额", 80))))
    kept = next(item for item in found.proposal.items if item.indicator is None)
    assert kept.definition == own.definition
    assert kept.dimension is Dimension.CUSTOMER
    assert all(item.definition and item.formula and item.data_source for item in found.proposal.items if item.indicator)


def test_what_stands_outside_the_100_stays() -> None:
    veto = Veto(
        trigger=Text(zh="重大合规事故", en="serious breach"), effect=Text(zh="全表0分", en="no points"), decides="hr"
    )
    name = CATALOGUE.indicators["sales_cycle"].name
    watched = Monitor(indicator="sales_cycle", name=name, reason=name)
    card = form({"销售额": 60, "回款率": 40}, vetoes=(veto,), monitors=(watched,), position="华东销售")
    proposal = reviewed(card).proposal
    assert veto in proposal.vetoes
    assert watched in proposal.monitors
    assert proposal.position == "华东销售"


def test_two_lines_of_one_result_leave_the_heavier() -> None:
    found = reviewed(form({"销售目标达成率": 10, "销售额": 30, "回款率": 60}))
    assert row(found, "销售额").verdict in {"keep", "change"}
    assert row(found, "销售目标达成率").codes == ("K002",)


def test_fractions_are_read_as_per_cents() -> None:
    found = reviewed(form({"销售额": 0.3, "回款率": 0.2, "新客户开发数量": 0.5}))
    assert row(found, "销售额").before == 30


def test_wishes_are_kept() -> None:
    pin, out = Pin(indicator="nps", at_least=10, at_most=10), Exclusion(indicator="collection_rate", reason="x")
    found = reviewed(form({"销售额": 60, "回款率": 40}), REP.model_copy(update={"pins": (pin,), "exclusions": (out,)}))
    assert found.proposal.weights()["nps"] == 10
    assert row(found, "回款率").verdict in {"drop", "change"}
    assert "collection_rate" not in found.proposal.weights()


@pytest.mark.parametrize(
    ("lines", "brief", "words"),
    [
        ({"销售额": 60, "回款率": 40}, Brief(role="sales_representative"), "只是起点"),
        ({"销售额": 60, "回款率": 40}, Brief(role="sales_support", themes=("channel_build",)), "影响不了"),
        ({"销售额": 60, "回款率": 50}, REP, "110%"),
        ({"销售额": 60, "回款率": None}, REP, "没有可用的权重"),
    ],
    ids=["neutral", "no influence", "110", "missing"],
)
def test_what_limits_the_verdicts_is_said(lines: dict[str, float | None], brief: Brief, words: str) -> None:
    assert any(words in note.zh for note in reviewed(form(lines), brief).notes)


def test_a_readable_strategy_and_a_whole_form_need_no_note() -> None:
    assert reviewed(form({"销售额": 60, "回款率": 40})).notes == ()


def test_the_brief_comes_from_the_request_then_from_the_form() -> None:
    card = form({"销售额": 100}, role="sales_manager", themes=("cash",), profile="incentive")
    asked = brief_of(card, Request(role="", language="zh"), ADVISOR.understander).brief
    assert (asked.role, asked.themes, asked.profile) == ("sales_manager", ("cash",), "incentive")
    told = brief_of(card, Request(role="销售代表", strategy="深耕老客户", language="zh"), ADVISOR.understander).brief
    assert told.role == "sales_representative"
    assert "cash" not in told.themes
    titled = form({"销售额": 100}, position="渠道专员")
    assert brief_of(titled, Request(role=""), ADVISOR.understander).brief.role == "channel_specialist"


@pytest.mark.parametrize(("language", "word"), [("zh", "没有写岗位"), ("en", "names no position")])
def test_without_a_position_it_says_what_to_give(language: Language, word: str) -> None:
    with pytest.raises(BadInput) as refused:
        brief_of(form({"销售额": 100}), Request(role=" "), ADVISOR.understander)
    assert word in refused.value.say(language)
    assert "--role" in refused.value.say(language)


def test_a_position_that_nobody_knows_is_named() -> None:
    with pytest.raises(UnknownName, match="Zzyzx"):
        brief_of(form({"销售额": 100}, position="Zzyzx"), Request(role=""), ADVISOR.understander)


def test_no_english_reason_holds_chinese_punctuation() -> None:
    card = card_of({"sales_amount": 60, "market_share": 20, "call_volume": 3, "Partner love index": 17})
    for one in reviewed(card).rows:
        assert not re.search(r"[\u3000-\u303f\uff00-\uffef]", " ".join(text.en for text in one.reasons))
