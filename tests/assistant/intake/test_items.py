"""What the cells of a line say: definition, scoring, people, and everything a form states about the position."""

import pytest

from assistant.advisor import Advisor
from assistant.circumstances import circumstances
from assistant.formulas import formula_in_words
from assistant.intake.cells.bilingual import both, halves
from assistant.intake.cells.definition import taken_apart
from assistant.intake.cells.known_texts import KnownTexts
from assistant.intake.cells.listing import listed_in, name_key
from assistant.intake.form import Line
from assistant.intake.grids import Note
from assistant.intake.scoring.cell import scoring_of
from assistant.intake.scoring.standard import standard_rule
from assistant.intake.stated import StatedReader
from assistant.models import Context, Deduction, Scoring
from assistant.recommender.card import scoring, target_method
from knowledge import shipped
from knowledge.models import Catalogue, Text
from knowledge.terms import Basis, Motion, Polarity, ScoringMethod
from tests.assistant.intake.forms import book, one, separated

CATALOGUE = shipped.load()
SALES = CATALOGUE.indicators["sales_amount"]


# Cells in both languages


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("销售额\nRevenue", ("销售额", "Revenue")),
        ("第一行\n第二行\nOne\nTwo", ("第一行\n第二行", "One\nTwo")),
        ("销售额", ("销售额", "销售额")),
        ("Revenue\nTwo", ("Revenue\nTwo", "Revenue\nTwo")),
        ("NPS\n净推荐值", ("NPS\n净推荐值", "NPS\n净推荐值")),
        ("销售额\nRevenue 销售", ("销售额\nRevenue 销售", "销售额\nRevenue 销售")),
    ],
    ids=["both", "several lines", "Chinese alone", "English alone", "English first", "English with Chinese in it"],
)
def test_a_cell_falls_into_its_languages(cell: str, parts: tuple[str, str]) -> None:
    assert halves(cell) == parts


@pytest.mark.parametrize("id", CATALOGUE.indicators)
def test_every_text_of_the_catalogue_is_known_in_each_language(id: str, texts: KnownTexts) -> None:
    one = CATALOGUE.indicators[id]
    for text in (one.name, one.definition, target_method(one)):
        assert [texts.text(cell, layout) for cell, layout in _cells(text)] == [text, text, text]
    for cell, layout in _cells(one.data_source):
        assert texts.text(cell, layout, one.data_source) == one.data_source


def _cells(text: Text) -> list[tuple[str, str]]:
    return [(text.zh, "zh"), (text.en, "en"), (both(text), "both")]


def test_a_companys_own_words_stand_for_both_languages(texts: KnownTexts) -> None:
    assert texts.text("本公司自己的话") == Text(zh="本公司自己的话", en="本公司自己的话")
    assert texts.text("  ") is None


@pytest.fixture(scope="module")
def texts() -> KnownTexts:
    return KnownTexts(CATALOGUE)


# Lists of names

NAMES = {name_key(name): name for name in ("销售额", "A, B", "won and lost", "“A”级客户数", "甲、乙")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("销售额", ["销售额"]),
        ("“销售额”、“A”级客户数", ["销售额", "“A”级客户数"]),
        ("A, B and won and lost", ["A, B", "won and lost"]),
        ("甲、乙、销售额", ["甲、乙", "销售额"]),
        ("销售额、无此指标", None),
        ("", None),
        ("销售额、" * 3000, None),
    ],
    ids=["one", "quoted", "separators inside", "a separator in a name", "one unknown", "nothing", "endless"],
)
def test_a_list_is_taken_apart_only_where_every_name_is_known(text: str, names: list[str] | None) -> None:
    assert listed_in(text, NAMES) == names


# Definitions

APART = {
    "definition alone": ("当期签约额", ("当期签约额", None, None, None)),
    "with its formula": ("当期签约额\n公式：a ÷ b", ("当期签约额", "a ÷ b", None, None)),
    "a formula over two lines": ("公式：a\n÷ b", ("", "a\n÷ b", None, None)),
    "with its basis": ("签约额\n口径：签单", ("签约额", None, Basis.SIGNED, None)),
    "a basis that is none of ours": ("签约额\n口径：含税", ("签约额\n口径：含税", None, None, None)),
    "lower is better": ("费用\n逆向指标，越低越好", ("费用", None, None, Polarity.LOWER)),
    "all in one line": ("x\n口径：回款；逆向指标，越低越好", ("x", None, Basis.COLLECTED, Polarity.LOWER)),
    "in English": (
        "Orders\nFormula: a ÷ b\nBasis: signed; lower is better",
        ("Orders", "a ÷ b", Basis.SIGNED, Polarity.LOWER),
    ),
    "in both": (
        "订单\n公式：甲 ÷ 乙\n口径：签单\nOrders\nFormula: a ÷ b\nBasis: signed",
        ("订单\nOrders", "甲 ÷ 乙", Basis.SIGNED, None),
    ),
    "in range": ("y\nIn range is better", ("y", None, None, Polarity.RANGE)),
}


@pytest.mark.parametrize("case", APART)
def test_a_definition_cell_is_taken_apart(case: str) -> None:
    cell, (text, formula, basis, polarity) = APART[case]
    found = taken_apart(cell, CATALOGUE, both=case == "in both")
    assert (found.text, found.formula, found.basis, found.polarity) == (text, formula, basis, polarity)


def test_a_formula_in_our_words_is_the_catalogues(advisor: Advisor) -> None:
    words = formula_in_words(SALES, "zh")
    source = separated([["指标", "权重", "定义", "计算公式"], ["销售额", "100", "当期签约", words], ["甲", "", "", ""]])
    item = one(advisor, source).card.items[0]
    assert (item.formula, item.variables) == (SALES.formula, SALES.variables)
    assert item.definition == Text(zh="当期签约", en="当期签约")


def test_a_formula_of_its_own_replaces_the_catalogues(advisor: Advisor) -> None:
    source = separated([["指标", "权重", "计算公式"], ["销售额", "100", "签约额/计划额"]])
    item = one(advisor, source).card.items[0]
    assert (item.formula, item.variables, item.definition) == ("签约额/计划额", {}, None)


# Scoring


def rule(text: str) -> Scoring | None:
    return scoring_of(Line("销售额", "", texts={"scoring": text}), None, CATALOGUE)


STANDARD = {
    "ratio": (
        "比率法：达到目标计100分，达成率每高或低1个百分点，加或减1分；达成率低于60%计0分；上限120分，下限0分",
        scoring(ScoringMethod.RATIO),
    ),
    "ratio in English": (
        "Ratio: 100 at target, one point more or less for each per cent above or below it; "
        "no points below 72.5% of the target; at most 150, at least 10",
        Scoring(method=ScoringMethod.RATIO, cap=150, floor=10, threshold=72.5),
    ),
    "no cap": (
        "比率法：落在目标区间内计100分，每偏离1%减1分；不设上限，下限-20分",
        Scoring(method=ScoringMethod.RATIO, cap=None, floor=-20),
    ),
    "tiers": (
        "区间法：达到目标值计100分，达到挑战值计120分，未达门槛值计0分；中间各档在期初约定",
        scoring(ScoringMethod.TIERS),
    ),
    "deduction": (
        "扣分法：达到目标计100分，每差一档扣分，扣分标准在期初约定；上限100分，下限0分",
        scoring(ScoringMethod.DEDUCTION),
    ),
    "deduction by a step": (
        "Deduction: 100 at target, 5 off for every 2-day shortfall; at most 100, at least 0",
        Scoring(method=ScoringMethod.DEDUCTION, cap=100, deduction=Deduction(step=2, points=5)),
    ),
    "yes or no": ("达成与否法：达成计100分，未达成计0分", scoring(ScoringMethod.YES_NO)),
    "most points": (
        "达成与否法：达成计100分，未达成计0分；本项最高计25分",
        Scoring(method=ScoringMethod.YES_NO, cap=100, points=25.0),
    ),
}


@pytest.mark.parametrize("case", STANDARD)
def test_our_own_words_state_a_rule_without_text(case: str) -> None:
    text, expected = STANDARD[case]
    assert standard_rule(text) == expected
    assert rule(text) == expected


OTHER = {
    "another word in it": "比率法：达到目标计100分，达成率每高或低1个百分点，加或减1分；视情况而定",
    "a part of it": "比率法：达到目标计100分",
    "a step of nothing": "扣分法：达到目标计100分，每差0扣5分",
    "a company's own": "每低1%扣2分，扣完为止",
}


@pytest.mark.parametrize("case", OTHER)
def test_any_other_wording_is_the_companys(case: str) -> None:
    assert standard_rule(OTHER[case]) is None
    read = rule(OTHER[case])
    assert read is None or read.text == OTHER[case]


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("比率法", ScoringMethod.RATIO),
        ("里程碑法：按约定", ScoringMethod.MILESTONE),
        ("行为锚定法，见附件", ScoringMethod.ANCHORED),
        ("Milestones: as agreed", ScoringMethod.MILESTONE),
        ("扣分法：每错一次扣2分", ScoringMethod.DEDUCTION),
    ],
)
def test_a_rule_that_begins_with_a_method_is_of_that_method(text: str, method: ScoringMethod) -> None:
    read = rule(text)
    assert read is not None
    assert (read.method, read.text) == (method, text)


# What stands beside the cells


def test_parties_and_periods_by_their_own_words(advisor: Advisor) -> None:
    terms = CATALOGUE.terms["party"]
    for language in ("zh", "en"):
        rows = [[f"甲{place}", "1", term.say(language)] for place, term in enumerate(terms.values())]
        items = one(advisor, separated([["指标", "权重", "数据提供部门"], *rows])).card.items
        assert [item.provider for item in items] == list(terms)


def test_an_unknown_rater_is_taken_for_the_manager_and_said(advisor: Advisor) -> None:
    intake = one(
        advisor, separated([["指标", "权重", "考核人"], ["销售额", "100", "委员会"], ["回款率", "", "财务部"]])
    )
    assert Note("intake.rater_taken", {"rater": "委员会", "item": "销售额"}) in intake.notes


def test_a_managers_sales_are_the_teams(advisor: Advisor) -> None:
    rows = [["指标", "权重"], ["销售额", "60"], ["回款率", "40"]]
    found = [
        one(advisor, separated([["岗位", role], *rows])).card.items[0].indicator
        for role in ("销售代表", "区域销售经理")
    ]
    assert found == ["sales_amount", "team_sales_attainment"]


@pytest.fixture(scope="module")
def stated(advisor: Advisor) -> StatedReader:
    return advisor.forms.stated


CONTEXTS = {
    "in our words": ("开拓型、有账期", Context(motion=Motion.HUNTER, on_credit=True)),
    "in both": ("开拓型、有账期 / hunter, sells on credit", Context(motion=Motion.HUNTER, on_credit=True)),
    "on two lines": ("开拓型\nhunter", Context(motion=Motion.HUNTER)),
    "in a person's words": ("销售周期9个月，客户都有账期", Context(cycle_months=9, on_credit=True)),
    "empty": ("", Context()),
}


@pytest.mark.parametrize("case", CONTEXTS)
def test_circumstances_are_read(case: str, stated: StatedReader) -> None:
    text, context = CONTEXTS[case]
    assert stated.context(text, "zh") == context


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("id", CATALOGUE.stages)
def test_every_stage_is_read_by_its_name(id: str, language: str, stated: StatedReader, catalogue: Catalogue) -> None:
    words = [text.zh if language == "zh" else text.en for text in circumstances(Context(stage=id), catalogue)]
    assert stated.context("、".join(words), "zh") == Context(stage=id)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("id", CATALOGUE.themes)
def test_every_priority_is_read_by_its_name(id: str, language: str, stated: StatedReader) -> None:
    name = CATALOGUE.themes[id].name
    assert stated.themes(name.zh if language == "zh" else name.en, "en") == ((id,), Context())
    assert stated.themes(f"{name.zh} / {name.en}", "en") == ((id,), Context())


@pytest.mark.parametrize(
    ("text", "profile", "noted"),
    [
        ("激励指标方案 / Incentive measures", "incentive", False),
        ("", "appraisal", False),
        ("某方案", "appraisal", True),
    ],
)
def test_the_rule_set_is_read_or_said_to_be_unknown(text: str, profile: str, noted: bool, stated: StatedReader) -> None:
    notes: list[Note] = []
    assert stated.profile(text, notes) == profile
    assert bool(notes) == noted


def test_formulas_in_score_columns_are_no_gap(advisor: Advisor) -> None:
    rows = [["指标", "权重", "得分", "加权得分"], ["销售额", 60, None, "=B2*C2"], ["回款率", "=40", None, "=B3*C3"]]
    intake = one(advisor, book(rows))
    assert [note.values["cells"] for note in intake.notes if note.key == "noted.uncached"] == [("B3",)]
