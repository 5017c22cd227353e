"""The quality score: bounded, fair to drafts, hard on bad cards, and open to argument."""

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.advisor import Advisor
from assistant.models import Finding, Scorecard, ScorecardItem
from assistant.quality import Quality, part_lines, quality
from assistant.requests import Request
from knowledge import shipped
from knowledge.models import Catalogue, Language, Text
from knowledge.terms import Severity
from tests.assistant.rules import forms

KNOWN = shipped.load()
AREAS = {area.id: area for area in KNOWN.quality.parts}


def card(*weights: float | None, role: str | None = "sales_representative") -> Scorecard:
    items = (
        ScorecardItem(name=Text(zh=f"第{place}项", en=f"Line {place}"), weight=weight)
        for place, weight in enumerate(weights)
    )
    return Scorecard(role=role, items=tuple(items))


def finding(code: str, severity: str = "warning", item: int | None = None) -> Finding:
    return Finding(code=code, severity=Severity(severity), place="", item=item, message="", reason="")


def part(found: Quality, id: str) -> Any:
    return next(part for part in found.parts if part.id == id)


def lost(area: str, severity: str, share: float) -> float:
    takes = {"error": AREAS[area].error, "warning": AREAS[area].warning, "advice": AREAS[area].advice}
    return AREAS[area].points * takes[severity] * share


TAKES = [
    pytest.param(finding("C002"), "composition", lost("composition", "warning", 1), id="whole card"),
    pytest.param(finding("D003", item=0), "definitions", lost("definitions", "warning", 0.6), id="heavy line"),
    pytest.param(finding("D003", item=1), "definitions", lost("definitions", "warning", 0.4), id="light line"),
    pytest.param(finding("T008", "advice", 0), "targets", lost("targets", "advice", 0.6), id="advice"),
    pytest.param(finding("W002", "error", 1), "weights", lost("weights", "error", 1), id="error on a line"),
    pytest.param(finding("K001", item=1), "composition", lost("composition", "warning", 0.4), id="duplicates"),
]


@pytest.mark.parametrize(("found", "area", "points"), TAKES)
def test_what_a_finding_takes(found: Finding, area: str, points: float) -> None:
    one = part(quality(card(60, 40), [found], KNOWN), area)
    assert one.lost == ((found.code, pytest.approx(points, abs=0.01)),)
    assert one.earned == pytest.approx(one.points - points, abs=0.01)


@pytest.mark.parametrize("weights", [(None, None), (60, None), (60, 0), (60, float("nan"))])
def test_without_all_weights_lines_count_alike(weights: tuple[float | None, ...]) -> None:
    one = part(quality(card(*weights), [finding("D003", item=0)], KNOWN), "definitions")
    assert one.lost[0][1] == pytest.approx(lost("definitions", "warning", 0.5), abs=0.01)


def test_an_error_empties_its_part_and_no_other() -> None:
    found = quality(card(100), [finding("W001", "error"), finding("W006", "advice", 0)], KNOWN)
    assert part(found, "weights").earned == 0
    assert sum(points for _, points in part(found, "weights").lost) == pytest.approx(AREAS["weights"].points, abs=0.02)
    assert found.score == 100 - AREAS["weights"].points


def test_without_a_role_its_parts_are_not_judged() -> None:
    found = quality(card(100, role=None), [finding("G007")], KNOWN)
    assert [one.id for one in found.parts if one.earned is None] == ["role_fit", "strategy"]
    worth = 100 - AREAS["role_fit"].points - AREAS["strategy"].points
    assert found.score == round(100 * (worth - lost("guards", "warning", 1)) / worth)


codes = st.sampled_from(list(KNOWN.rules))
findings = st.lists(
    st.builds(finding, codes, st.sampled_from(list(Severity)), st.none() | st.integers(0, 2)), max_size=12
)
cards = st.builds(
    card,
    *[st.none() | st.sampled_from([0, 5, 20, 33.3, -5, float("inf")])] * 3,
    role=st.sampled_from([None, "sales_representative"]),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=cards, found=findings, more=findings, data=st.data())
def test_bounds_order_and_direction(
    one: Scorecard, found: list[Finding], more: list[Finding], data: st.DataObject
) -> None:
    scored = quality(one, found, KNOWN)
    assert 0 <= scored.score <= 100
    assert quality(one, data.draw(st.permutations(found)), KNOWN) == scored
    assert quality(one, found + more, KNOWN).score <= scored.score
    for part in scored.parts:
        assert part.earned is None or part.earned + sum(points for _, points in part.lost) == pytest.approx(
            part.points, abs=0.01 * (2 + len(part.lost))
        )


@pytest.mark.parametrize("role", [None, "sales_representative"])
def test_no_findings_give_everything(role: str | None) -> None:
    assert quality(card(60, 40, role=role), [], KNOWN).score == 100


@pytest.mark.parametrize("profile", list(KNOWN.profiles))
@pytest.mark.parametrize("role", list(KNOWN.roles))
def test_a_draft_of_ours_scores_high(role: str, profile: str, advisor: Advisor) -> None:
    for theme in ("", *advisor.catalogue.themes):
        found = advisor.suggest(Request(role=role, profile=profile, strategy=theme, language="en"))
        assert quality(found.scorecard, found.findings, advisor.catalogue).score >= 90, theme


@pytest.mark.parametrize("known", [True, False], ids=["role", "no role"])
@pytest.mark.parametrize("role", ["sales_representative", "sales_manager", "customer_success", "sdr"])
def test_names_and_weights_alone_score_in_the_middle(role: str, known: bool, advisor: Advisor) -> None:
    draft = advisor.suggest(Request(role=role, strategy="market_share", language="en")).scorecard
    lines = [[item.name.zh, item.points] for item in draft.items]
    plain = forms.card(advisor, lines, **({"role": draft.role, "themes": draft.themes} if known else {}))
    assert 58 <= quality(plain, advisor.check(plain, "zh"), advisor.catalogue).score <= 76


COUNTS = (
    *("拜访次数", "电话量", "走访次数", "报告份数", "展会次数", "培训场次", "会议次数", "日报篇数", "报价次数"),
    *("名片数量", "加微信数", "传单派发量", "短信发送量", "演示次数", "活动场次", "线索数量", "阅读量"),
)


@pytest.mark.parametrize("role", [None, "sales_representative"])
@pytest.mark.parametrize("weight", [6, None], ids=["weights", "no weights"])
def test_a_list_of_activity_counts_scores_low(weight: int | None, role: str | None, advisor: Advisor) -> None:
    counted = forms.card(advisor, [[name, weight] for name in COUNTS], role=role)
    assert len(counted.items) == 17
    assert quality(counted, advisor.check(counted, "zh"), advisor.catalogue).score < 40


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_part_is_said_in_a_line(language: Language, catalogue: Catalogue) -> None:
    said = part_lines(quality(card(60, 40), [finding("D003", item=0), finding("D006", "advice")], catalogue), language)
    assert len(said) == len(catalogue.quality.parts)
    assert all(area.name.say(language) in line for area, line in zip(catalogue.quality.parts, said, strict=True))
    assert [line for line in said if "D003" in line] == [line for line in said if "D006" in line]
    assert not re.search(r"\$|None", "".join(said))
    unjudged = part_lines(quality(card(100, role=None), [], catalogue), language)
    assert sum({"zh": "未评", "en": "not judged"}[language] in line for line in unjudged) == 2


def test_every_rule_is_answered_for_and_the_parts_make_a_hundred(catalogue: Catalogue) -> None:
    answers = [answer for area in catalogue.quality.parts for answer in area.answers]
    assert all(code in answers or code[0] in answers for code in catalogue.rules)
    assert sum(area.points for area in catalogue.quality.parts) == 100
