"""Forms as people send them: no line lost, no word taken for another, every guess said."""

from collections.abc import Iterator

import pytest

from assistant.advisor import Advisor
from assistant.intake.cells.figures import figure, unit
from assistant.intake.grids import Note
from assistant.intake.reading import Intake
from assistant.intake.sources import Source
from assistant.intake.tables.lines import items_in
from assistant.models import ScorecardItem, Tiers
from knowledge.terms import BusinessModel, Party, Unit
from tests.assistant.intake.forms import one, separated, text

# Lines with weights

ITEMS = {
    "- Forecast accuracy within 5% – 25%": [("Forecast accuracy within 5%", "25%")],
    "- CRM data completeness > 98% (20%)": [("CRM data completeness > 98%", "20%")],
    "• Monthly sales report delivered by day 3: 20%": [("Monthly sales report delivered by day 3", "20%")],
    "- Sales team satisfaction with ops (survey) – 10%": [("Sales team satisfaction with ops (survey)", "10%")],
    "3) NPS ≥ 40 — 20 pts": [("NPS ≥ 40", "20 pts")],
    "- Revenue, new and renewed - 50%": [("Revenue, new and renewed", "50%")],
    "Revenue (net) (weight: 30%)": [("Revenue (net)", "30%")],
    "新产品销售占比 30%": [("新产品销售占比", "30%")],
    "目标达成率 50%": [("目标达成率", "50%")],
    "我们有三项，销售额40%、回款率20%": [("销售额", "40%"), ("回款率", "20%")],
    "- Quarterly business reviews with the top ten accounts held on time (15%)": [
        ("Quarterly business reviews with the top ten accounts held on time", "15%")
    ],
    "## CSM performance plan – Q3": [],
    "## Revenue 30%": [],
    "CSM performance plan – Q3": [],
    "Forecast accuracy within 5%": [],
    "Sales report delivered by day 3": [],
    "Meeting at 10:30": [],
}


@pytest.mark.parametrize("line", ITEMS)
def test_the_last_weight_of_a_line_is_its_weight(line: str) -> None:
    assert [(one.name, one.weight.text) for one in items_in(line, "") if one.weight] == ITEMS[line]


def test_a_target_behind_the_weight_is_no_weight() -> None:
    (line,) = items_in("- Gross Retention (GRR) — 35% — target 93%", "")
    assert (line.name, line.weight and line.weight.text, line.said("target")) == ("Gross Retention (GRR)", "35%", "93%")


def test_a_line_that_is_not_taken_is_told(advisor: Advisor) -> None:
    intake = one(advisor, text("- Revenue – 60%\n- NPS – 40%\n- Discipline within 3%\nTotal 100%\n", "card.txt"))
    assert [note for note in intake.notes if note.key == "intake.line_untaken"] == [
        Note("intake.line_untaken", {"text": "- Discipline within 3%"})
    ]


# The position in a title

TITLED = {
    "Balanced Scorecard – VP of Sales, EMEA": "sales_director",
    "Sales Compensation Plan FY26 – Key Account Manager": "key_account_manager",
    "大区经理2025年绩效考核表": "sales_manager",
    "Customer Success Manager": "customer_success",
    "Sales Manager and Key Account Manager scorecard": None,
    "Reviewer: Sales Director": None,
    "2025年绩效考核表": None,
}


@pytest.mark.parametrize("title", TITLED)
def test_a_title_names_the_position_where_it_is_certain(title: str, advisor: Advisor) -> None:
    found = [_role(one(advisor, source)) for source in _under(title)]
    assert found == [TITLED[title]] * len(found)


def _under(title: str) -> Iterator[Source]:
    yield separated([[title], ["指标", "权重"], ["NPS", "60"], ["赢单率", "40"]])
    yield text(f"# {title}\n\n| KPI | Weight |\n|---|---|\n| NPS | 60% |\n| Win rate | 40% |\n")
    yield text(f"{title}\n- NPS – 60%\n- Win rate – 40%\n", "card.txt")


def _role(intake: Intake) -> str | None:
    noted = any(note.key == "intake.title_role" for note in intake.notes)
    assert noted == (intake.card.role is not None)
    return intake.card.role


def test_an_ambiguous_title_is_told_and_lines_name_no_position(advisor: Advisor) -> None:
    title = "Sales Manager and Key Account Manager scorecard"
    intake = one(advisor, separated([[title], ["KPI", "Weight"], ["Key account manager turnover", "100"]]))
    assert Note("intake.title_open", {"title": title}) in intake.notes


# Units and words of targets


@pytest.mark.parametrize(
    ("name", "target", "usual", "tiers"),
    [
        ("Win rate", "3x", Unit.RATIO, Tiers(target=3, text="3x")),
        ("Win rate", "$1.2m", Unit.MONEY, Tiers(target=1_200_000, text="$1.2m")),
        ("销售目标达成率", "500万元", Unit.MONEY, Tiers(target=5_000_000, text="500万元")),
        ("销售目标达成率", "500万", Unit.MONEY, Tiers(target=5_000_000, text="500万")),
        ("新客户开发数量", "1.2万", Unit.COUNT, Tiers(target=12_000)),
        ("Rep ramp time (months)", "7", None, Tiers(target=7)),
        ("Rep ramp time", "7 months", None, Tiers(target=7, text="7 months")),
        ("Time to first value", "30 days", Unit.DAYS, Tiers(target=30, text="30 days")),
        ("Forecast accuracy", "±10%", Unit.PERCENT, Tiers(text="±10%")),
        ("NPS", "40", Unit.POINTS, Tiers(target=40)),
        ("NPS", "90%", Unit.PERCENT, Tiers(target=90)),
        ("销售额", "较去年增长10%", Unit.MONEY, Tiers(target=10, text="较去年增长10%")),
    ],
)
def test_a_line_states_its_own_unit(name: str, target: str, usual: Unit | None, tiers: Tiers, advisor: Advisor) -> None:
    item = _item(advisor, ["指标", "权重", "目标值"], [name, "100", target])
    assert (item.unit, item.tiers) == (usual, tiers)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Time to first value", None),
        ("Time to revenue", None),
        ("Customer value", None),
        ("Average order value", Unit.MONEY),
        ("Revenue", Unit.MONEY),
    ],
)
def test_time_and_value_alone_are_no_money(name: str, expected: Unit | None) -> None:
    assert unit(name, "") is expected


def test_a_band_around_a_figure_is_no_figure() -> None:
    assert [figure(text).value for text in ("±10%", "+/-10%", "within 5%", "偏差不超过5%", "10%")] == [*[None] * 4, 10]


# Columns


def test_a_description_with_the_kpis_is_the_name_beside_areas_that_repeat(advisor: Advisor) -> None:
    lines = [["销售额", "40%"], ["回款率", "20%"], ["新客户数", "20%"], ["NPS", "20%"]]
    for heads in (["KRA", "KPI Description", "Weight"], ["KPI", "KPI 描述", "权重"]):
        rows = [[area, *line] for area, line in zip(("业务", "业务", "客户", "客户"), lines, strict=True)]
        items = one(advisor, separated([heads, *rows])).card.items
        assert [(item.name.zh, item.weight) for item in items] == [(name, int(weight[:-1])) for name, weight in lines]


def test_descriptions_of_names_of_their_own_stay_descriptions(advisor: Advisor) -> None:
    rows = [["销售额", "含税", "40%"], ["回款率", "按到期", "30%"], ["NPS", "调查", "30%"]]
    items = one(advisor, separated([["KPI", "KPI 描述", "权重"], *rows])).card.items
    assert [item.name.zh for item in items] == ["销售额", "回款率", "NPS"]


# Names


@pytest.mark.parametrize(
    ("name", "role", "indicator"),
    [
        ("Gross revenue retention", "key account manager", "gross_revenue_retention"),
        ("签单额", "区域销售经理", "signed_amount"),
        ("个人销售额", "区域销售经理", "sales_amount"),
        ("销售额", "区域销售经理", "team_sales_attainment"),
    ],
)
def test_only_a_name_without_qualifier_moves_to_the_roles_own(
    name: str, role: str, indicator: str, advisor: Advisor
) -> None:
    assert _item(advisor, ["岗位", "指标", "权重"], [role, name, "100"]).indicator == indicator


@pytest.mark.parametrize(
    ("name", "indicator", "target"),
    [
        ("Achieve regional revenue target of $18.5M", "team_sales_attainment", 18_500_000),
        ("Keep DSO under 45 days", "receivable_days", 45),
        ("Open 4 new dealers", "partners_recruited", 4),
        ("Increase win rate to 30%", "win_rate", 30),
        ("销售额达到500万元", "sales_amount", 5_000_000),
        ("回款率不低于95%", "collection_rate", 95),
        ("开发10家新经销商", "partners_recruited", 10),
        ("Increase win rate by 5%", "win_rate", None),
    ],
)
def test_a_goal_is_a_name_and_a_target(name: str, indicator: str, target: float | None, advisor: Advisor) -> None:
    item = _item(advisor, ["指标", "权重"], [name, "100"])
    assert (item.name.zh, item.tiers.target) == (name, target)
    assert target is None or item.indicator == indicator


def test_a_stated_target_goes_before_the_one_in_the_name(advisor: Advisor) -> None:
    assert _item(advisor, ["指标", "权重", "目标值"], ["回款率不低于95%", "100", "97%"]).tiers.target == 97


# Providers, parameters, the business


@pytest.mark.parametrize(
    ("provider", "party", "source"),
    [
        ("CS Ops", Party.SALES_OPERATIONS, None),
        ("Rev ops", Party.SALES_OPERATIONS, None),
        ("Sales enablement", Party.SALES_OPERATIONS, None),
        ("Gartner", Party.THIRD_PARTY, "Gartner"),
        ("董事会办公室", None, "董事会办公室"),
        ("财务部", Party.FINANCE, None),
        ("-", None, None),
    ],
)
def test_no_provider_is_lost(provider: str, party: Party | None, source: str | None, advisor: Advisor) -> None:
    item = _item(advisor, ["指标", "权重", "数据提供部门"], ["NPS", "100", provider])
    assert (item.provider, item.data_source and item.data_source.zh) == (party, source)


def test_parameters_come_with_the_catalogues_definition_alone(advisor: Advisor) -> None:
    head = ["指标", "权重", "指标定义"]
    assert _item(advisor, head, ["回款率", "100", ""]).parameters
    assert not _item(advisor, head, ["回款率", "100", "当月到账金额占应收金额的比例"]).parameters


@pytest.mark.parametrize(
    ("names", "model"),
    [
        (("GRR", "New ARR", "NPS"), BusinessModel.SAAS),
        (("MRR growth", "经常性收入占比", "NPS"), BusinessModel.SAAS),
        (("GRR", "Win rate", "NPS"), None),
    ],
)
def test_recurring_revenue_says_the_business(
    names: tuple[str, ...], model: BusinessModel | None, advisor: Advisor
) -> None:
    intake = one(advisor, separated([["KPI", "Weight"], *([name, "30"] for name in names)]))
    assert intake.card.context.business_model is model
    assert any(note.key == "intake.saas" for note in intake.notes) == (model is not None)


def _item(advisor: Advisor, head: list[str], row: list[str]) -> ScorecardItem:
    (item,) = one(advisor, separated([head, row])).card.items
    return item
