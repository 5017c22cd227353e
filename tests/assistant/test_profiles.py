"""A company's own rule set: what its file may say, what it comes to, and the cards drafted under it."""

from pathlib import Path

import pytest

from assistant.advisor import Advisor
from assistant.errors import BadInput, BadProfile, UnknownName, WishConflict
from assistant.models import Brief, Exclusion, Pin, Scorecard
from assistant.profiles import load, resolve_profile, with_profile
from assistant.profiles.assembly import slug
from assistant.profiles.feasibility import trials
from assistant.recommender.card import company_line, scorecard
from assistant.recommender.draft import Choice, Recommender
from assistant.requests import Request
from assistant.rules import check
from knowledge import shipped
from knowledge.models import Band, Catalogue, Language, RuleProfile
from knowledge.terms import Dimension, ScoringMethod, Severity

KNOWN = shipped.load()
OWN = (
    "own: {name: 合规与安全, definition: 无违规得满分, data_source: 合规部记录, dimension: process, scoring: deduction}"
)
DEMANDING = f"""\
extends: appraisal
name: 华东公司
mandatory:
  - {{{OWN}, weight: 10, reason: 董事会要求}}
  - {{item: 回款率, at_least: 15, roles: [销售代表, key_account_manager]}}
banned:
  - {{item: NPS, reason: 样本太少}}
  - {{words: [满意度], reason: 主观}}
dimension_bands: {{financial: [0, 60], people: [0, 40]}}
severities: {{W006: warning, D006: error}}
ignore: {{R009: 由事业部审批}}
"""
# Roles of which a core duty, or the customer side, is measured by satisfaction alone: banned, it leaves a gap to state.
STATED = {"presales_engineer": {"C005", "R002"}, "sales_operations": {"C005", "R002"}}


def written(folder: Path, text: str, name: str = "east.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def demanding(tmp_path: Path) -> RuleProfile:
    return load(written(tmp_path, DEMANDING), KNOWN)


# what the file says below ``extends: appraisal``, the line that is named, what is said of it in zh and in en
BAD = [
    pytest.param("step: x", 2, "整数", "whole number", id="no number"),
    pytest.param("step: yes", 2, "整数", "whole number", id="true for a number"),
    pytest.param("step: 0", 2, "不能小于1", "1 or more", id="no step"),
    pytest.param("step: 3", 2, "凑不出100", "do not add up to 100", id="step that does not divide"),
    pytest.param("stepp: 5", 2, "step", "step", id="unknown field"),
    pytest.param("total: 90", 2, "没有“total”", "no field “total”", id="another total"),
    pytest.param("sales_floor: 101", 2, "不能大于100", "100 or less", id="more than all"),
    pytest.param("sales_floor: 95", 2, "超过100", "more than 100", id="floors"),
    pytest.param("count_fine: [5]", 2, "[5, 8]", "[5, 8]", id="half a range"),
    pytest.param("count_fine: [5, 6, 7]", 2, "[5, 8]", "[5, 8]", id="range of three"),
    pytest.param("count_fine: 5", 2, "列表", "list", id="no range"),
    pytest.param("count_fine: [8, 5]", 2, "大于上限", "above the highest", id="range the wrong way"),
    pytest.param("count_fine: [0, 8]", 2, "至少是1", "1 or more", id="no items"),
    pytest.param("preferred_count: 9", 2, "5到8项", "outside 5 to 8", id="preferred beyond fine"),
    pytest.param("weight_fine: [6, 9]", 2, "整数倍", "multiple of 5", id="no step in range"),
    pytest.param("weight_fine: [12, 30]\ncount_fine: [7, 8]", 3, "15", "15", id="rounded to the step, too much"),
    pytest.param("weight_fine: [5, 10]", 1, "凑不出100", "cannot be reached", id="too little"),
    pytest.param("weight_bands: [{low: 20, high: 40, severity: error}]", 2, "重叠", "overlaps", id="band in fine"),
    pytest.param("count_bands: [{low: 4, high: 3, severity: error}]", 2, "大于上限", "above", id="band the wrong way"),
    pytest.param(
        "count_bands:\n  - {low: 9, high: 11, severity: advice}\n  - {low: 11, high: 12, severity: warning}",
        4,
        "级别不同",
        "another severity",
        id="bands that contradict",
    ),
    pytest.param("move_more: 15", 2, "不能低于", "cannot move less", id="two move less than one"),
    pytest.param("key_task_most: 40", 2, "incentive", "incentive", id="limit of incentive plans"),
    pytest.param("severities: {W0006: error}", 2, "W006", "W006", id="rule that is none"),
    pytest.param("severities: {W006: fatal}", 2, "error、warning、advice", "error, warning, advice", id="severity"),
    pytest.param("severities: {W001: advice}", 2, "不能停用", "switched off", id="the sum as advice"),
    pytest.param("ignore: {C010: 不管}", 2, "不能停用", "switched off", id="the law ignored"),
    pytest.param("ignore: {R009: }", 2, "", "", id="no reason to ignore"),
    pytest.param("dimension_bands: {people: [40, 20]}", 2, "大于上限", "above the highest", id="band of a dimension"),
    pytest.param("dimension_bands: {money: [0, 20]}", 2, "financial", "financial", id="dimension that is none"),
    pytest.param(
        "dimension_bands: {financial: [60, 70], customer: [50, 60]}", 2, "下限合计110", "110", id="bands above 100"
    ),
    pytest.param(
        "dimension_bands:\n  {financial: [0, 30], customer: [0, 20], process: [0, 20], people: [0, 20]}",
        2,
        "上限合计90",
        "90",
        id="bands below 100",
    ),
    pytest.param("mandatory: [{item: 回款律師, weight: 10}]", 2, "相近", "nearest", id="nothing is called that"),
    pytest.param("mandatory: [{item: 业绩, weight: 10}]", 2, "几种意思", "several meanings", id="several meanings"),
    pytest.param("mandatory: [{item: nps, weight: 10, roles: [宇航员]}]", 2, "岗位", "position", id="no such role"),
    pytest.param("mandatory: [{item: nps, weight: 35}]", 2, "5到30", "5 to 30", id="weight beyond fine"),
    pytest.param("mandatory: [{item: nps, weight: 12}]", 2, "5的整数倍", "multiple of 5", id="weight off the step"),
    pytest.param("mandatory: [{item: nps}]", 2, "weight 和 at_least", "weight or at_least", id="no weight"),
    pytest.param(f"mandatory:\n  - {{item: nps, {OWN}, weight: 5}}", 3, "item 和 own", "item or own", id="two in one"),
    pytest.param(
        "mandatory:\n  - {item: nps, weight: 5}\n  - {item: 净推荐值, at_least: 5}", 4, "两次", "twice", id="twice"
    ),
    pytest.param(
        "mandatory: [{item: nps, weight: 5}]\nbanned: [{item: nps, reason: x}]", 2, "禁用", "banned", id="also banned"
    ),
    pytest.param(
        f"mandatory: [{{{OWN}, weight: 5}}]\nbanned: [{{words: [安全], reason: x}}]", 2, "禁用", "banned", id="by word"
    ),
    pytest.param(
        "mandatory:\n"
        + "".join(
            f"  - {{item: {id}, weight: 25}}\n" for id in ("nps", "sales_amount", "collection_rate", "new_customers")
        ),
        2,
        "至少占100%",
        "at least 100%",
        id="no room for the rest",
    ),
    pytest.param(
        "mandatory: [{item: nps, weight: 30}]\ndimension_bands: {customer: [0, 20]}", 3, "30%", "30%", id="crowded"
    ),
    pytest.param("banned: [{item: nps}]", 2, "reason", "reason", id="ban without a reason"),
    pytest.param("banned: [{reason: x}]", 2, "item 和 words", "item or words", id="ban of nothing"),
    pytest.param("id: appraisal", 2, "另取", "another", id="in the place of a shipped one"),
    pytest.param("name: Incentive measures", 2, "另取", "another", id="name of a shipped one"),
    pytest.param("id: 公司", 2, "小写字母", "lower-case", id="id in Chinese"),
    pytest.param("name: [a]", 2, "字段", "fields", id="list for a name"),
    pytest.param("name: ''", 2, "不能空", "blank", id="blank name"),
    pytest.param("name: 2026-01-01", None, "引号", "quotes", id="a day for a name"),
    pytest.param("step: 5\nstep: 10", 3, "两次", "twice", id="repeated key"),
    pytest.param("name: &a x\ntitle: *a", 2, "锚点", "Anchors", id="anchor"),
    pytest.param("name: [a", None, "YAML", "YAML", id="bracket left open"),
    pytest.param("name: !!python/object/apply:os.system [x]", 2, "YAML", "YAML", id="a program"),
]


@pytest.mark.parametrize(("text", "line", "zh", "en"), BAD)
def test_a_bad_file_is_named_with_its_line_and_what_was_expected(
    tmp_path: Path, text: str, line: int | None, zh: str, en: str
) -> None:
    path = written(tmp_path, f"extends: appraisal\n{text}\n")
    with pytest.raises(BadProfile) as refused:
        load(path, KNOWN)
    for language, expected in (("zh", zh), ("en", en)):
        head, *said = refused.value.say(language).splitlines()
        assert str(path) in head
        assert all(str(path) in one and "$" not in one for one in said)
        assert any(expected in one and (line is None or f"{path}:{line}:" in one) for one in said), said


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = "extends: appraisal\nstep: 3\nbanned: [{item: nope nope, reason: x}]\nseverities: {X9: error}\n"
    with pytest.raises(BadProfile) as refused:
        load(written(tmp_path, text), KNOWN)
    assert [problem.line for problem in refused.value.problems] == [2, 3, 4]


FILES = [
    pytest.param("extends: bonus\n", "appraisal", id="extends nothing known"),
    pytest.param("step: 5\n", "extends", id="extends nothing"),
    pytest.param("", "extends: appraisal", id="empty"),
    pytest.param("- a\n", "", id="a list"),
    pytest.param("extends: " + "[" * 60_000 + "]" * 60_000, "", id="a bomb of brackets"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("text", "expected"), FILES)
def test_what_is_no_rule_set_is_refused(tmp_path: Path, text: str, expected: str, language: Language) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BadProfile) as refused:
        load(path, KNOWN)
    assert expected in refused.value.say(language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_files_that_cannot_be_read_are_named(tmp_path: Path, language: Language) -> None:
    huge = written(tmp_path, "extends: appraisal\n" + "# filler\n" * 40_000)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("extends: appraisal\nname: 公司\n".encode("gbk"))
    for path in (huge, latin, tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(BadInput) as refused:
            load(path, KNOWN)
        assert str(path) in refused.value.say(language)


def test_names_are_led_to_ids_and_one_language_stands_for_both(demanding: RuleProfile) -> None:
    own, cash = demanding.mandatory
    assert own.own is not None and own.own.name.en == "合规与安全"
    assert (cash.indicator, cash.roles) == ("collection_rate", ("sales_representative", "key_account_manager"))
    assert demanding.banned[0].indicator == "nps"
    assert (demanding.id, demanding.extends) == ("company_east", "appraisal")
    assert demanding.title == KNOWN.profiles["appraisal"].title
    assert demanding.severities["W006"] is Severity.WARNING


def test_ids_from_file_names_never_stand_for_a_shipped_one(tmp_path: Path) -> None:
    found = {
        load(written(tmp_path, "extends: incentive\n", f"{stem}.yaml"), KNOWN).id for stem in ("华东", "华北", "A b")
    }
    assert len(found) == 3
    assert all(id.startswith("company_") for id in found)
    assert slug("A b") == "a_b"


BANDS = [
    pytest.param("count_fine: [6, 7]", "count_bands", [(3, 5), (8, 10)], id="narrower count"),
    pytest.param("count_fine: [3, 5]", "count_bands", [(6, 10)], id="fewer items"),
    pytest.param("weight_fine: [10, 40]", "weight_bands", [(40, 60), (0, 10)], id="wider weights"),
    pytest.param("weight_fine: [10, 20]", "weight_bands", [(20, 40), (40, 60), (0, 10)], id="narrower weights"),
    pytest.param("step: 5", "weight_bands", [(30, 40), (40, 60), (0, 5)], id="as shipped"),
]


@pytest.mark.parametrize(("text", "field", "expected"), BANDS)
def test_bands_follow_the_fine_range(
    tmp_path: Path, text: str, field: str, expected: list[tuple[float, float]]
) -> None:
    bands: tuple[Band, ...] = getattr(load(written(tmp_path, f"extends: appraisal\n{text}\n"), KNOWN), field)
    assert [(band.low, band.high) for band in bands] == expected


def test_a_rule_set_is_named_by_id_by_name_or_by_file(tmp_path: Path) -> None:
    path = written(tmp_path, DEMANDING)
    assert resolve_profile("incentive", KNOWN) == (KNOWN, "incentive")
    assert resolve_profile("绩效考核", KNOWN) == (KNOWN, "appraisal")
    own, id = resolve_profile(str(path), KNOWN)
    assert id == "company_east" and id in own.profiles and id not in KNOWN.profiles
    assert resolve_profile("华东公司", own) == (own, id)
    with pytest.raises(UnknownName):
        resolve_profile("nonsuch", KNOWN)
    with pytest.raises(BadInput):
        resolve_profile("nonsuch.yaml", KNOWN)


def drafts(profile: RuleProfile, themes: tuple[str, ...] = ()) -> list[tuple[Choice, Scorecard, Catalogue]]:
    catalogue = with_profile(KNOWN, profile)
    recommender = Recommender(catalogue)
    choices = [recommender.choose(Brief(role=role, profile=profile.id, themes=themes)) for role in catalogue.roles]
    return [(choice, scorecard(choice, catalogue), catalogue) for choice in choices]


@pytest.mark.parametrize("themes", [(), ("market_share",), ("cash", "new_products"), ("customer_experience",)], ids=str)
def test_drafts_keep_the_companys_rules_by_construction(demanding: RuleProfile, themes: tuple[str, ...]) -> None:
    for choice, card, catalogue in drafts(demanding, themes):
        assert sum(item.points for item in card.items) == 100
        assert choice.weights["own:合规与安全"] == 10
        assert not [item for item in card.items if item.indicator == "nps" or "满意度" in item.name.zh]
        found = check(card, catalogue, "en")
        assert not {one.code for one in found} & {"C014", "C015", "C016", "R009"}
        assert not [one for one in found if one.severity is Severity.ERROR]


def test_neutral_drafts_have_no_warning_but_those_stated(demanding: RuleProfile) -> None:
    found = {trial.role: {one.code for one in trial.findings} for trial in trials(demanding, KNOWN, "en")}
    assert {role: codes for role, codes in found.items() if codes} == STATED


def test_a_mandatory_line_is_written_in_full(demanding: RuleProfile) -> None:
    _, card, _ = drafts(demanding)[0]
    line = next(item for item in card.items if item.indicator is None)
    assert line.scoring is not None and line.scoring.method is ScoringMethod.DEDUCTION
    assert line.target_method and line.definition and line.data_source and line.dimension is Dimension.PROCESS
    assert line.rationale is not None
    assert "董事会要求" in line.rationale.zh and "company-wide" in line.rationale.en
    assert demanding.mandatory[0].own is not None
    assert company_line(demanding.mandatory[0].own).name == line.name


CONFLICTS = [
    pytest.param({"pins": (Pin(indicator="collection_rate", at_most=10),)}, "company-wide", id="below the least"),
    pytest.param({"exclusions": (Exclusion(indicator="collection_rate"),)}, "company-wide", id="taken off"),
    pytest.param({"pins": (Pin(indicator="nps"),)}, "ban on", id="banned"),
]


@pytest.mark.parametrize(("wishes", "said"), CONFLICTS)
def test_wishes_against_the_companys_rules_collide_in_words(
    demanding: RuleProfile, wishes: dict[str, object], said: str
) -> None:
    recommender = Recommender(with_profile(KNOWN, demanding))
    brief = Brief.model_validate({"role": "sales_representative", "profile": demanding.id} | wishes)
    with pytest.raises(WishConflict) as refused:
        recommender.choose(brief)
    assert said in refused.value.say("en")
    assert not refused.value.drop[0].by_company


def test_a_banned_indicator_is_considered_as_such(demanding: RuleProfile) -> None:
    advisor = Advisor(with_profile(KNOWN, demanding))
    understood = advisor.understander.understand(Request(role="sales_representative", profile=demanding.id))
    considered = advisor.why_not("nps", understood.brief, {})
    assert considered is not None and considered.cause == "banned"


def test_a_rule_switched_off_is_not_reported(demanding: RuleProfile) -> None:
    catalogue = with_profile(KNOWN, demanding)
    card = Recommender(KNOWN).choose(Brief(role="sales_representative", pins=(Pin(indicator="key_account_sales"),)))
    ours = scorecard(card, KNOWN)
    assert "R009" in {one.code for one in check(ours, KNOWN, "en")}
    theirs = ours.model_copy(update={"profile": demanding.id})
    assert "R009" not in {one.code for one in check(theirs, catalogue, "en")}


def test_a_department_shows_the_companys_own_line_once(demanding: RuleProfile) -> None:
    from assistant.department import department

    advisor = Advisor(with_profile(KNOWN, demanding))
    rows = department(advisor, Request(role="all", profile=demanding.id)).matrix
    (row,) = [row for row in rows if row.name.zh == "合规与安全"]
    assert set(row.weights.values()) == {10} and len(row.weights) == len(KNOWN.roles)


@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
def test_a_companys_rule_set_leaves_the_shipped_ones_alone(profile: str, demanding: RuleProfile) -> None:
    beside = Recommender(with_profile(KNOWN, demanding))
    for role in KNOWN.roles:
        brief = Brief(role=role, profile=profile, themes=("cash",))
        assert beside.choose(brief).weights == Recommender(KNOWN).choose(brief).weights


@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
def test_a_rule_set_that_changes_nothing_gives_the_same_cards(profile: str, tmp_path: Path) -> None:
    same = load(written(tmp_path, f"extends: {profile}\n"), KNOWN)
    for choice, card, _ in drafts(same, ("market_share",)):
        shipped_brief = choice.brief.model_copy(update={"profile": profile})
        usual = scorecard(Recommender(KNOWN).choose(shipped_brief), KNOWN)
        assert card.model_copy(update={"profile": profile}) == usual


def test_a_role_that_cannot_be_served_is_said_with_the_reason(tmp_path: Path) -> None:
    text = "extends: appraisal\nseverities: {C016: error}\ndimension_bands: {people: [60, 100]}\n"
    found = trials(load(written(tmp_path, text), KNOWN), KNOWN, "en")
    unserved = [trial for trial in found if trial.card is None]
    assert unserved and all("60% to 100%" in trial.refusal for trial in unserved)
