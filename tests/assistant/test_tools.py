"""Each capability as a tool: what an agent gets back, what it may pass on, and how it is refused."""

import json
import subprocess
import sys
from typing import Any

import pytest
from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool, ToolException

from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.intake.reading import Told
from assistant.intake.sandbox import in_process
from assistant.intake.sources import Source
from assistant.models import Context, Scorecard
from assistant.principal import LOCAL, Principal
from assistant.requests import Request
from assistant.tools import arguments, tools
from assistant.tools.arguments import CardGiven
from assistant.tools.cards import card_data, read_card
from assistant.tools.desk import Desk
from assistant.tools.offered import CAPABILITIES
from knowledge.models import LANGUAGES, Language

BRIEF: dict[str, Any] = {"role": "销售代表", "strategy": "提升市场占有率"}
TABLE = """岗位：销售代表
| 指标 | 权重 | 目标值 |
|---|---|---|
| 销售额 | 60 | 500 |
| 回款率 | 30 | 95% |
| 工作态度 | 20 | |"""


def offered(advisor: Advisor, language: Language = "zh", by: Principal = LOCAL) -> dict[str, BaseTool]:
    return {one.name: one for one in tools(advisor, by, language)}


def called(tool: BaseTool, **given: Any) -> ToolMessage:
    """Call a tool as an agent does."""
    message = tool.invoke({"name": tool.name, "args": given, "id": "1", "type": "tool_call"})
    assert isinstance(message, ToolMessage)
    return message


def told(advisor: Advisor, name: str, language: Language = "zh", **given: Any) -> dict[str, Any]:
    message = called(offered(advisor, language)[name], **given)
    assert message.status == "success", message.content
    found: dict[str, Any] = json.loads(str(message.content))
    return found


def refused(advisor: Advisor, name: str, language: Language = "zh", **given: Any) -> str:
    message = called(offered(advisor, language)[name], **given)
    assert message.status == "error", message.content
    return str(message.content)


def draft(advisor: Advisor) -> dict[str, Any]:
    card: dict[str, Any] = told(advisor, "suggest_scorecard", **BRIEF)["scorecard"]
    return card


def test_a_card_is_suggested_with_reasons_and_sources(advisor: Advisor) -> None:
    found = told(advisor, "suggest_scorecard", **BRIEF)
    expected = advisor.suggest(Request(**BRIEF, language="zh")).scorecard
    assert {item["indicator"]: item["weight"] for item in found["scorecard"]["items"]} == expected.weights()
    assert found["scorecard"]["total"] == 100 and found["understood"]["themes"] == ["提升市场份额"]
    assert found["findings"] == [] and set(found["why"]) == set(expected.weights())
    assert {one["source"] for one in found["citations"]} >= {"market-share-strategy"}
    assert len(json.dumps(found, ensure_ascii=False)) < 6000


def test_wishes_are_kept_also_as_small_models_send_them(advisor: Advisor) -> None:
    wishes: dict[str, Any] = {"pins": "回款率=25, NPS>=10", "exclude": ["客户满意度"], "count": 6, "no_data": None}
    found = told(advisor, "suggest_scorecard", **BRIEF, **wishes)
    weights = {item["indicator"]: item["weight"] for item in found["scorecard"]["items"]}
    assert weights["collection_rate"] == 25 and weights["nps"] >= 10 and len(weights) == 6
    assert "customer_satisfaction" not in weights


def test_alternatives_lean_another_way(advisor: Advisor) -> None:
    found = told(advisor, "suggest_alternatives", **BRIEF)["alternatives"]
    assert {one["id"] for one in found} <= set(advisor.catalogue.stances) and found
    assert all(one["scorecard"]["total"] == 100 and one["summary"] for one in found)


@pytest.mark.parametrize(("kpi", "on_card"), [("新客户开发数量", True), ("market_share", False)])
def test_why_a_kpi_is_or_is_not_on_the_card(advisor: Advisor, kpi: str, on_card: bool) -> None:
    found = told(advisor, "why_kpi", kpi=kpi, **BRIEF)
    assert found["on_card"] is on_card and found["why"]
    assert not on_card or (found["weight"] == 25 and found["citations"][0]["excerpt"])


def test_a_kpi_is_explained(advisor: Advisor) -> None:
    found = told(advisor, "explain_kpi", "en", kpi="回款率")
    assert found["indicator"] == "collection_rate" and found["name"] == "Collection rate"
    assert found["gaming"]["guards"] and found["formula"] and found["citations"]


def test_a_wrong_weight_is_found_and_repaired(advisor: Advisor) -> None:
    card = draft(advisor)
    card["items"][0]["weight"] = 45
    checked = told(advisor, "check_scorecard", card=card)
    assert not checked["sound"] and checked["findings"][0]["code"] == "W001"
    repaired = told(advisor, "repair_scorecard", card=card)
    assert repaired["scorecard"]["total"] == 100 and repaired["changes"][0]["rules"] == ["W001"]
    assert told(advisor, "check_scorecard", card=repaired["scorecard"])["sound"]


def test_a_strict_repair_removes_warnings(advisor: Advisor) -> None:
    card = told(advisor, "repair_scorecard", card=TABLE, strict=True)["scorecard"]
    found = told(advisor, "check_scorecard", card=card)
    left = {one["code"] for one in told(advisor, "repair_scorecard", card=TABLE, strict=True)["left"]}
    assert {one["code"] for one in found["findings"] if one["severity"] != "advice"} <= left


@pytest.mark.parametrize("shape", ["object", "text", "fenced", "whole", "result"])
def test_a_card_comes_in_as_models_hand_it_over(advisor: Advisor, shape: str) -> None:
    found = told(advisor, "suggest_scorecard", **BRIEF)
    whole = advisor.suggest(Request(**BRIEF, language="zh")).scorecard
    text = json.dumps(found["scorecard"], ensure_ascii=False, indent=1)
    card = {
        "object": found["scorecard"],
        "text": text,
        "fenced": f"```json\n{text}\n```",
        "whole": whole.model_dump_json(),
        "result": found,
    }[shape]
    checked = told(advisor, "check_scorecard", card=card)
    assert (checked["quality"], checked["findings"]) == (100, [])
    assert checked["scorecard"] == found["scorecard"]


def pasted(advisor: Advisor, text: str) -> Scorecard:
    return advisor.read_content(in_process(Source("card", text.encode())), Told(language="zh"))[0].card


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_rules_see_is_lost_on_the_way(advisor: Advisor, language: Language) -> None:
    long = Context(cycle_months=9)
    briefs = [
        Request(role=role, strategy="market_share", language=language, context=long) for role in advisor.catalogue.roles
    ]
    briefs += [Request(role="销售代表", pins=("回款率=40",)), Request(role="销售代表", profile="incentive")]
    cards = [advisor.suggest(brief).scorecard for brief in briefs]
    cards += [pasted(advisor, TABLE), advisor.repair(pasted(advisor, TABLE), language).scorecard]
    desk = Desk(advisor, LOCAL, language)
    for card in cards:
        data = json.loads(json.dumps(card_data(card, desk)))
        back = read_card(desk, CardGiven(card=data))
        assert sorted(map(str, advisor.check(back, language))) == sorted(
            map(str, advisor.check(card.model_copy(update={"items": card.displayed()}), language))
        )
        assert card_data(back, desk) == data


def test_a_pasted_card_is_reviewed_for_a_new_strategy(advisor: Advisor) -> None:
    found = told(advisor, "review_scorecard", card=TABLE, strategy="利润优先")
    assert [one["name"] for one in found["lines"][:3]] == ["销售额", "回款率", "工作态度"]
    assert {"add"} <= {one["verdict"] for one in found["lines"]} and found["scorecard"]["total"] == 100
    assert found["scorecard"]["themes"] == ["profit_discipline"]


def test_tricks_data_and_points_of_a_card(advisor: Advisor) -> None:
    card = draft(advisor)
    tricks = told(advisor, "how_to_game", card=card)["tricks"]
    assert {one.get("indicator") for one in tricks} >= {"new_customers", "collection_rate"}
    assert all(one["how"] and (one["stopped_by"] or one["remedy"]) for one in tricks)
    departments = told(advisor, "data_readiness", card=card)["departments"]
    assert departments[0]["name"] == "财务部" and departments[0]["deliveries"][0]["source"]
    run = told(advisor, "dry_run", card=card, actuals="回款率=92%, 新客户开发数量=8/10")
    assert {one["indicator"]: one["points"] for one in run["lines"]} == {"collection_rate": 9.2, "new_customers": 20}
    assert run["total"] == 29.2 and len(run["without_actual"]) == 5


def test_the_guidance_is_searched_and_answers_with_sources(advisor: Advisor) -> None:
    found = told(advisor, "search_guidance", query="回款率怎么定义", most=3, topic="", role="销售代表")
    assert 1 <= len(found["passages"]) <= 3 and all(one["title"] and one["excerpt"] for one in found["passages"])
    answer = told(advisor, "ask_guidance", question="一张考核表放几个指标合适")
    assert answer["covered"] and "5到8项" in answer["sentences"][0]["text"]
    assert answer["sentences"][0]["cites"] == [1] and answer["citations"][0]["source"] == "number-of-items"


def test_what_is_not_covered_is_not_answered(advisor: Advisor) -> None:
    answer = told(advisor, "ask_guidance", question="红烧肉怎么做")
    assert (answer["covered"], answer["sentences"], answer["citations"]) == (False, [], [])
    assert answer["notes"][0] == "指引里没有这个问题的答案。"
    assert told(advisor, "search_guidance", query="红烧肉怎么做")["passages"] == []


def test_the_catalogue_is_listed(advisor: Advisor) -> None:
    known = advisor.catalogue
    assert len(told(advisor, "list_positions")["positions"]) == len(known.roles)
    assert len(told(advisor, "list_kpis")["kpis"]) == len(known.indicators)
    assert told(advisor, "list_kpis", query="回款率")["kpis"][0]["id"] == "collection_rate"
    assert len(told(advisor, "list_priorities")["priorities"]) == len(known.themes)
    assert {one["id"] for one in told(advisor, "list_rule_sets")["rule_sets"]} == set(known.profiles)
    assert len(told(advisor, "list_rules", "en")["rules"]) == len(known.rules)
    assert told(advisor, "list_rules", "en", code="w001")["rules"][0]["fix"]


# A tool, what it is given, and words of the refusal.
REFUSED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("suggest_scorecard", {"role": "宇航员"}, "list_positions"),
    ("suggest_scorecard", {"role": "销售代表", "profile": "x"}, "list_rule_sets"),
    ("suggest_scorecard", {"role": "销售代表", "strategy": "market_shares_x"}, "list_priorities"),
    ("suggest_scorecard", {"role": "销售代表", "pins": ["回款率=500"]}, "500"),
    ("suggest_scorecard", {"role": "销售代表", "pins": ["回款率=60", "销售额=60"]}, "回款率"),
    ("suggest_scorecard", {}, "role"),
    ("suggest_scorecard", {"role": "销售代表", "department": "x", "count": 0}, "department"),
    ("explain_kpi", {"kpi": "qwertz"}, "list_kpis"),
    ("list_rules", {"code": "Z9"}, "list_rules"),
    ("check_scorecard", {"card": "你好"}, "没有找到考核表"),
    ("check_scorecard", {"card": " "}, "没有考核表"),
    ("check_scorecard", {"card": '{"items": ['}, "JSON"),
    ("check_scorecard", {"card": {"items": [{"weight": 5}]}}, "items"),
    ("check_scorecard", {"card": {"items": [{"name": "a", "stated": {"tiers": 5}}]}}, "stated.tiers"),
    ("check_scorecard", {"card": {"items": [{"name": "a"}], "gates": [{"when": "x"}]}}, "gates.0.when"),
    ("check_scorecard", {"card": "x" * 200_001}, "card"),
    ("check_scorecard", {"card": {"items": "x" * 200_001}}, "200000"),
    ("check_scorecard", {"card": TABLE, "role": "宇航员"}, "list_positions"),
    ("review_scorecard", {"card": {"items": [{"name": "回款率", "weight": 100}]}}, "岗位"),
    ("dry_run", {"card": TABLE, "actuals": "月亮=3"}, "月亮"),
    ("search_guidance", {"query": "权重", "topic": "x"}, "x"),
    ("search_guidance", {"query": ""}, "query"),
)


@pytest.mark.parametrize(("name", "given", "words"), REFUSED, ids=[f"{one[0]}-{one[2]}" for one in REFUSED])
def test_what_cannot_be_done_is_said_in_a_sentence(
    advisor: Advisor, name: str, given: dict[str, Any], words: str
) -> None:
    said = refused(advisor, name, **given)
    assert words in said and "Traceback" not in said and "scorecraft" not in said
    assert len(said) < 400


@pytest.mark.parametrize("name", ["", {}, [1], 5, {"zh": "a"}, None], ids=str)
@pytest.mark.parametrize("stated", [None, 3, {}, {"indicator": "no_such_kpi"}, {"weight": "x"}], ids=str)
def test_an_odd_line_is_read_or_refused(advisor: Advisor, name: Any, stated: Any) -> None:
    card = draft(advisor)
    card["items"][0] |= {"name": name, "stated": stated}
    message = called(offered(advisor)["repair_scorecard"], card=card)
    assert message.status == "error" or json.loads(str(message.content))["scorecard"]["total"] == 100


def test_an_ambiguous_title_is_asked_about(advisor: Advisor) -> None:
    said = refused(advisor, "suggest_scorecard", role="销售部")
    assert "？" in said and "区域销售经理" in said and "销售代表" in said


def test_a_refusal_is_raised_for_those_who_want_it(advisor: Advisor) -> None:
    tool = offered(advisor)["suggest_scorecard"]
    tool.handle_tool_error = False
    with pytest.raises(ToolException, match="宇航员") as caught:
        tool.invoke({"role": "宇航员"})
    assert caught.value.__cause__ is not None and not isinstance(caught.value.__cause__, BadInput)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tools_describe_themselves_in_a_language(advisor: Advisor, language: Language) -> None:
    for name, tool in offered(advisor, language).items():
        schema = tool.tool_call_schema.model_json_schema()  # type: ignore[union-attr]
        texts = [tool.description, *(one["description"] for one in schema["properties"].values())]
        assert all(any("\u4e00" <= sign <= "\u9fff" for sign in text) == (language == "zh") for text in texts[:1]), name
        assert all(len(text) > 3 and "tool." not in text for text in texts), name


def test_every_capability_is_offered_once_and_no_file_is_reachable(advisor: Advisor) -> None:
    names = [one.name for one in tools(advisor)]
    assert names == [one.name for one in CAPABILITIES] and len(set(names)) == len(names)
    given = {field for one in CAPABILITIES for field in one.given.model_fields}
    assert not given & {"path", "paths", "file", "files", "url"}
    assert not any("ingest" in name or "forget" in name for name in names)


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({"write"}), frozenset({"approve", "admin"})])
def test_without_the_scope_nothing_is_offered(advisor: Advisor, scopes: frozenset[Any]) -> None:
    assert tools(advisor, Principal(workspace="w", subject="s", scopes=scopes)) == []


def test_the_scope_to_advise_is_enough(advisor: Advisor) -> None:
    by = Principal(workspace="w", subject="s", scopes=frozenset({"read"}))
    assert set(offered(advisor, by=by)) == {one.name for one in CAPABILITIES}


def test_importing_the_tools_loads_no_langchain() -> None:
    heavy = "{'langchain', 'langchain_core', 'chromadb', 'openai'}"
    code = f"import sys, assistant.tools.offered; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_arguments_are_bounded() -> None:
    for one in CAPABILITIES:
        schema = arguments.described(one.given, "en").model_json_schema()
        for field in schema["properties"].values():
            shapes = field.get("anyOf", [field])
            assert all("maxLength" in shape for shape in shapes if shape.get("type") == "string"), one.name
