"""Broken knowledge files: everything that is wrong is said at once, with file, line and field."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import documents, loader
from knowledge.errors import KnowledgeError, Problem
from knowledge.models import Text


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a copy of the catalogue that a test may break."""
    return Path(shutil.copytree(loader.SOURCES, tmp_path / "catalogue"))


def change(path: Path, old: str, new: str) -> int:
    """Replace the first place that holds a text; return its line."""
    text = path.read_text(encoding="utf-8")
    place = text.index(old)
    path.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    return text.count("\n", 0, place) + 1


def problems(sources: Path) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as error:
        loader.read_sources(sources)
    assert str(error.value) == "\n".join(map(str, error.value.problems))
    return error.value.problems


def test_the_copy_is_sound(sources: Path) -> None:
    assert loader.dump(loader.read_sources(sources)) == loader.dump(loader.read_sources())


# file, what is replaced, what stands there instead, the field that is named, what was expected
WRONG = [
    pytest.param(
        "indicators/revenue.yaml",
        "unit: money",
        "unit: money\n  colour: red",
        "0.colour",
        "not permitted",
        id="unknown field",
    ),
    pytest.param("indicators/revenue.yaml", "unit: money", "unit: euros", "0.unit", "'money'", id="unknown word"),
    pytest.param("indicators/revenue.yaml", "unit: money", "unit: [1]", "0.unit", "Input should be", id="wrong type"),
    pytest.param("indicators/revenue.yaml", "  unit: money\n", "", "0.unit", "Field required", id="missing field"),
    pytest.param(
        "indicators/revenue.yaml",
        "{zh: 销售额, en: Sales revenue}",
        "{zh: 销售额}",
        "0.name.en",
        "required",
        id="one language",
    ),
    pytest.param(
        "indicators/revenue.yaml",
        "{zh: 销售额, en: Sales revenue}",
        "{zh: ' ', en: x}",
        "0.name.zh",
        "at least 1",
        id="blank",
    ),
    pytest.param(
        "indicators/revenue.yaml", "formula: credited_net_sales", "formula: a.b", "0", "Attribute", id="no formula"
    ),
    pytest.param(
        "indicators/revenue.yaml",
        "formula: credited_net_sales",
        "formula: other",
        "0",
        "undeclared",
        id="variables differ",
    ),
    pytest.param(
        "indicators/revenue.yaml",
        "[{rater: line_manager}]",
        "[{rater: hr, share: 40}]",
        "0",
        "100",
        id="raters' shares",
    ),
    pytest.param(
        "roles/sales_support.yaml", "weight: 30", "weight: 90", "groups.0", "outside its range", id="beyond range"
    ),
    pytest.param(
        "roles/sales_support.yaml", "weight: 30", "weight: heavy", "groups.0.weight", "integer", id="weight in words"
    ),
    pytest.param(
        "roles/sales_support.yaml", "weight: 30", "weight: 300", "groups.0.weight", "100", id="weight too high"
    ),
    pytest.param("roles/sales_support.yaml", "weight: 30", "weight: 2024-01-01", "", "no plain type", id="a day"),
    pytest.param("rules.yaml", "code: W001", "code: W1", "0.code", "match pattern", id="code of a rule"),
    pytest.param(
        "strategies.yaml", "id: market_share", "id: Market Share", "1.id", "match pattern", id="id with blanks"
    ),
    pytest.param("profiles/appraisal.yaml", "step: 5", "step: five", "step", "integer", id="profile"),
    pytest.param("quality.yaml", "advice: 0.2", "advice: 0.9", "parts.0", "worse finding", id="advice above warning"),
    pytest.param("terms.yaml", "{zh: 指标, en: KPI}", "KPI", "kind.kpi", "", id="term in one language"),
]


@pytest.mark.parametrize(("file", "old", "new", "field", "expected"), WRONG)
def test_a_wrong_entry_is_named_with_file_line_and_field(
    tmp_path: Path, file: str, old: str, new: str, field: str, expected: str
) -> None:
    path = Path(shutil.copy(loader.SOURCES / file, tmp_path))
    change(path, old, new)
    folder = file.partition("/")[0]
    with pytest.raises(KnowledgeError) as error:
        loader.check(documents.read(path, file), loader.SHAPES[folder])
    (problem,) = error.value.problems
    assert (problem.file, problem.field) == (file, field)
    assert problem.line
    assert expected in problem.expected


TWICE = [
    pytest.param("rules.yaml", "code: W002", "code: W001", "1.id", "stands twice", id="code twice"),
    pytest.param("strategies.yaml", "id: market_share", "id: revenue_growth", "1.id", "stands twice", id="id twice"),
]


@pytest.mark.parametrize(("file", "old", "new", "field", "expected"), TWICE)
def test_an_entry_stands_once(sources: Path, file: str, old: str, new: str, field: str, expected: str) -> None:
    line = change(sources / file, old, new)
    (problem,) = problems(sources)
    assert (problem.file, problem.line, problem.field) == (f"catalogue/{file}", line, field)
    assert expected in problem.expected


def test_a_problem_stands_on_the_line_that_is_wrong(sources: Path) -> None:
    line = change(sources / "indicators/revenue.yaml", "unit: money", "unit: euros")
    assert problems(sources)[0].line == line


BROKEN: dict[str, Callable[[Path], object]] = {
    "indicators/revenue.yaml": lambda path: change(path, "unit: money", "unit: euros"),
    "roles/sales_support.yaml": lambda path: change(
        path, "function: enabling", "function: enabling\nfunction: selling"
    ),
    "profiles/appraisal.yaml": lambda path: change(path, "total: 100", "total: &all 100"),
    "strategies.yaml": lambda path: path.write_text("- id: [\n", encoding="utf-8"),
    "stages.yaml": lambda path: path.write_text("", encoding="utf-8"),
    "stances.yaml": lambda path: path.write_bytes("- id: 稳\n".encode("gb18030")),
    "rules.yaml": lambda path: path.write_text("just text\n", encoding="utf-8"),
    "cues.yaml": lambda path: path.unlink(),
}


def test_all_files_are_read_before_anything_is_said(sources: Path) -> None:
    for file, damage in BROKEN.items():
        damage(sources / file)
    found = {problem.file.removeprefix("catalogue/"): problem.expected for problem in problems(sources)}
    assert found.keys() == BROKEN.keys()
    assert "anchors" in found["profiles/appraisal.yaml"]
    assert "stands twice" in found["roles/sales_support.yaml"]
    assert "empty" in found["stages.yaml"]
    assert "UTF-8" in found["stances.yaml"]
    assert "cannot be read" in found["cues.yaml"]


def test_all_problems_of_one_file_are_said(sources: Path) -> None:
    path = sources / "indicators/revenue.yaml"
    lines = [change(path, "unit: money", "unit: euros"), change(path, "polarity: higher", "polarity: up")]
    lines += [change(path, "grade: source", "grade: gospel")]
    assert [problem.line for problem in problems(sources)] == lines


# file, what is replaced, what stands there instead, the field that is named, what was expected
LINKS = [
    pytest.param("quality.yaml", "answers: [T]", "answers: [T001]", ".parts", "no part answers for T0", id="rule"),
    pytest.param("quality.yaml", "answers: [G]", "answers: [G, T]", ".parts", "T is answered for", id="family twice"),
    pytest.param("quality.yaml", "points: 20", "points: 25", ".parts", "points add up to 105", id="points"),
    pytest.param(
        "roles/sales_support.yaml",
        "indicator: order_timeliness",
        "indicator: nonsuch",
        "sales_support.groups.orders",
        "no indicator is called nonsuch",
        id="indicator of a group",
    ),
    pytest.param(
        "roles/sales_support.yaml",
        "groups: [orders]",
        "groups: [ordres]",
        "sales_support.duties.orders",
        "the role has no group ordres",
        id="group of a duty",
    ),
    pytest.param(
        "roles/sales_support.yaml",
        "groups: [orders]",
        "groups: []",
        "sales_support.duties.orders",
        "is covered by no group",
        id="duty without a group",
    ),
    pytest.param(
        "roles/sales_support.yaml", "weight: 30", "weight: 35", "sales_support.groups", "[105,", id="weights above 100"
    ),
    pytest.param(
        "indicators/revenue.yaml",
        "guards: [collection_attainment,",
        "guards: [nonsuch,",
        "sales_amount.gaming.guards",
        "no indicator is called nonsuch",
        id="guard",
    ),
    pytest.param(
        "strategies.yaml",
        "opportunities_created: 0.8",
        "nonsuch: 0.8",
        "market_share.emphases",
        "no indicator is called nonsuch",
        id="emphasis of a priority",
    ),
    pytest.param(
        "stages.yaml",
        "shelf_availability: 0.6",
        "nonsuch: 0.6",
        "peak_season.emphases",
        "no indicator is called nonsuch",
        id="emphasis of a stage",
    ),
    pytest.param(
        "strategies.yaml",
        "opposes: [cost_control]",
        "opposes: []",
        "revenue_growth.opposes",
        "cost_control opposes revenue_growth",
        id="one-sided opposition",
    ),
    pytest.param(
        "strategies.yaml",
        "opposes: [cost_control]",
        "opposes: [cost_control, nonsuch]",
        "revenue_growth.opposes",
        "no priority is called nonsuch",
        id="opposes nothing known",
    ),
    pytest.param(
        "indicators/revenue.yaml",
        "zh: [销售收入,",
        "zh: [客户满意度,",
        "customer_satisfaction.aliases",
        "'客户满意度' is shared by ['customer_satisfaction', 'sales_amount']",
        id="shared alias of indicators",
    ),
    pytest.param(
        "roles/sales_support.yaml",
        "zh: [销售内勤,",
        "zh: [销售总监,",
        "sales_director.aliases",
        "'销售总监' is shared by ['sales_director', 'sales_support']",
        id="shared alias of roles",
    ),
    pytest.param(
        "ambiguous_roles.yaml",
        "choices: [sales_manager,",
        "choices: [nonsuch,",
        "销售经理.choices",
        "nothing is called nonsuch",
        id="choice of an ambiguous title",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "field", "expected"), LINKS)
def test_what_leads_nowhere_is_named_where_it_stands(
    sources: Path, file: str, old: str, new: str, field: str, expected: str
) -> None:
    change(sources / file, old, new)
    found = {problem.field: problem for problem in problems(sources)}
    assert expected in found[field].expected
    assert found[field].line
    if not field.endswith("aliases"):
        assert found[field].file == f"catalogue/{file}"


def test_an_alias_declared_ambiguous_may_be_shared(sources: Path) -> None:
    change(sources / "indicators/revenue.yaml", "zh: [销售收入,", "zh: [业绩,")
    assert loader.read_sources(sources).indicators["sales_amount"].aliases.zh[0] == "业绩"


COMPANY = """\
extends: appraisal
name: {zh: 公司方案}
step: 5
count_bands:
  - {low: 3, high: 4, severity: warning}
mandatory:
  - {item: collection_rate, weight: 10}
  - own: {name: Safety, definition: d, data_source: s, dimension: process, scoring: deduction}
    at_least: 5
banned:
  - {words: [attendance], reason: no performance}
"""
# what is replaced in the company's file, what stands there instead, the fields that are named
COMPANIES = [
    pytest.param("step: 5", "step: five", {"step": "int_parsing"}, id="no number"),
    pytest.param("step: 5", "step: yes", {"step": "int_type"}, id="yes is no number"),
    pytest.param("step: 5", "step: 0", {"step": "greater_than_equal"}, id="step of nothing"),
    pytest.param("step: 5", "total: 90", {"total": "extra_forbidden"}, id="another total"),
    pytest.param("step: 5", "colour: red\nid: A b", {"colour": "extra_forbidden", "id": ""}, id="two at once"),
    pytest.param("step: 5", "step: 5\nstep: 10", {"": "twice"}, id="repeated key"),
    pytest.param("severity: warning", "severity: fatal", {"count_bands.0.severity": "enum"}, id="severity"),
    pytest.param("low: 3", "low: .inf", {"count_bands.0.low": "finite_number"}, id="endless band"),
    pytest.param(", weight: 10", "", {"mandatory.0": "either"}, id="no weight"),
    pytest.param("weight: 10", "weight: 10, at_least: 5", {"mandatory.0": "either"}, id="two weights"),
    pytest.param("item: collection_rate, ", "", {"mandatory.0": "either"}, id="neither known nor own"),
    pytest.param("dimension: process, ", "", {"mandatory.1.own.dimension": "missing"}, id="own line with a gap"),
    pytest.param("words: [attendance], ", "", {"banned.0": "either"}, id="nothing banned"),
    pytest.param(", reason: no performance", "", {"banned.0.reason": "missing"}, id="ban without a reason"),
    pytest.param("{zh: 公司方案}", "''", {"name.zh": "string_too_short", "name.en": ""}, id="blank name"),
    pytest.param("{zh: 公司方案}", "{fr: x}", {"name.zh": "missing", "name.en": "", "name.fr": ""}, id="French"),
    pytest.param("extends: appraisal\n", "", {"extends": "missing"}, id="extends nothing"),
    pytest.param(COMPANY, "step: [", {"": "yaml"}, id="no YAML"),
    pytest.param(COMPANY, "a: &x 1", {"": "anchor"}, id="anchor"),
    pytest.param(COMPANY, "", {"": "empty"}, id="nothing"),
    pytest.param(COMPANY, "- 1", {"": "model_type"}, id="a list"),
    pytest.param(COMPANY, "name: 2026-01-01", {"": "plain"}, id="a day"),
]


@pytest.mark.parametrize(("old", "new", "expected"), COMPANIES)
def test_a_companys_own_profile_is_checked_alike(tmp_path: Path, old: str, new: str, expected: dict[str, str]) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(COMPANY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        loader.read_profile(path)
    found = {problem.field: problem for problem in error.value.problems}
    assert found.keys() == expected.keys()
    assert all(kind in {"", found[field].kind} for field, kind in expected.items())
    assert {problem.file for problem in found.values()} == {str(path)}
    assert all(problem.line for problem in found.values() if problem.kind != "empty")


def test_a_sound_profile_of_a_company_is_read_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(COMPANY, encoding="utf-8")
    profile, document = loader.read_profile(path)
    assert profile.name == Text(zh="公司方案", en="公司方案")
    assert [one.weight or one.at_least for one in profile.mandatory] == [10, 5]
    assert document.line(("mandatory", 1, "at_least")) == 9


def test_a_missing_profile_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"own\.yaml: cannot be read"):
        loader.read_profile(tmp_path / "own.yaml")
