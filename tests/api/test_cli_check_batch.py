"""``scorecraft check --from``: one answer a line, in order, whatever the line holds."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
GOOD: list[dict[str, Any]] = [
    {
        "role": "AE",
        "strategy": "win new logos",
        "language": "en",
        "items": [{"indicator": "new_customers", "weight": 60}, {"name": "Revenue", "weight": 40, "target": "$1m"}],
    },
    {"role": "销售助理", "items": [{"name": "订单处理及时率", "weight": "50%"}, {"name": "服务热情", "weight": 50}]},
    {"items": [{"name": "NPS", "weight": 0.5}, {"name": "Churn", "weight": 0.5}], "profile": "incentive"},
    {"role": "nobody knows", "items": [{"name": "Revenue", "weight": 100, "scoring": "每超1%加1分", "source": "ERP"}]},
    {"role": "sdr", "context": {"motion": "hunter"}, "strategy": ["cash"], "items": [{"name": "x", "weight": None}]},
]
BAD = [
    pytest.param("", "BadInput", "line 1", id="empty line"),
    pytest.param("[1]", "BadInput", "line 1 is not a JSON object: list", id="list"),
    pytest.param("{}", "BadInput", "Line 1: items", id="no items"),
    pytest.param('{"items": "x"}', "BadInput", "Line 1: items", id="items in words"),
    pytest.param('{"items": [5]}', "BadInput", "items[0]", id="item that is a number"),
    pytest.param('{"items": [{"weight": 5}]}', "BadInput", "items[0]", id="item without a name"),
    pytest.param('{"items": [{"name": {"a": 1}, "weight": 5}]}', "BadInput", "items[0]", id="name that is an object"),
    pytest.param('{"items": [{"indicator": "nope", "weight": 5}]}', "UnknownName", "nope", id="unknown id"),
    pytest.param('{"profile": "x", "items": [{"name": "a"}]}', "UnknownName", "incentive", id="unknown rule set"),
    pytest.param('{"items": [{"name": "\\ud800", "weight": 5}]}', "BadInput", "line 1", id="half a character"),
    pytest.param('{"items": [{"name": ' + "[" * 900 + "]" * 900 + "}]}", "BadInput", "1", id="nested deep"),
    pytest.param('{"profile": 7, "items": [{"name": "a"}]}', "BadInput", "profile", id="rule set that is a number"),
    pytest.param('{"context": {"motion": "x"}, "items": [{"name": "a"}]}', "BadInput", "context.motion", id="context"),
]


def answers(run: Run, *lines: str, workers: int = 1) -> list[dict[str, Any]]:
    said = run("check", "--from", "-", "--workers", str(workers), "--lang", "en", stdin="\n".join(lines).encode())
    assert said.returncode == 0, said.stderr
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_each_line_gives_card_findings_and_quality(run: Run) -> None:
    found = answers(run, *(json.dumps(one, ensure_ascii=False) for one in GOOD))
    assert len(found) == len(GOOD)
    for answer in found:
        assert {"scorecard", "findings", "quality"} <= answer.keys()
        for finding in answer["findings"]:
            assert {"code", "severity", "place", "message", "fix"} <= finding.keys()
        assert 0 <= answer["quality"]["score"] <= 100
    first, second, third, fourth, fifth = (answer["scorecard"] for answer in found)
    assert (first["role"], first["themes"]) == ("sales_representative", ["new_customers"])
    assert [item["weight"] for item in second["items"]] == [50, 50]
    assert [item["weight"] for item in third["items"]] == [50, 50]
    assert fourth["role"] is None
    assert found[3]["skipped"] == ["R", "S"]
    assert any("nobody knows" in note for note in found[3]["notes"])
    assert fifth["context"]["motion"] == "hunter"


def test_an_indicator_by_id_is_complete(run: Run) -> None:
    (answer,) = answers(run, json.dumps({"items": [{"indicator": "collection_rate", "weight": 100}]}))
    (item,) = answer["scorecard"]["items"]
    assert item["formula"] and item["raters"] and item["data_source"] and item["scoring"]
    assert not {"D001", "D006", "D009", "T008", "T013"} & {finding["code"] for finding in answer["findings"]}


@pytest.mark.parametrize(("line", "kind", "words"), BAD)
def test_a_bad_line_answers_in_its_place(run: Run, line: str, kind: str, words: str) -> None:
    good = json.dumps(GOOD[0])
    found = answers(run, line, good)
    assert found[0]["error"]["type"] == kind
    assert words in json.dumps(found[0]["error"], ensure_ascii=False)
    assert "scorecard" in found[1]


@pytest.mark.parametrize(
    ("weight", "codes"),
    [
        pytest.param('"high"', {"W011"}, id="words"),
        pytest.param('"1/3"', {"W011"}, id="fraction"),
        pytest.param("-10", {"W003"}, id="negative"),
        pytest.param("150", {"W001", "W004"}, id="over 100"),
        pytest.param("NaN", {"W011"}, id="NaN"),
        pytest.param("1e999", {"W011"}, id="infinity"),
        pytest.param("true", {"W011"}, id="truth value"),
        pytest.param("33.3", {"W002"}, id="not whole"),
        pytest.param("null", {"W008"}, id="missing"),
    ],
)
def test_odd_weights_are_findings(run: Run, weight: str, codes: set[str]) -> None:
    (answer,) = answers(
        run, f'{{"items": [{{"name": "NPS", "weight": {weight}}}, {{"name": "Revenue", "weight": 50}}]}}'
    )
    assert codes <= {finding["code"] for finding in answer["findings"]}


def test_several_processes_answer_in_order(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"items": [{"name": f"Own measure {n}", "weight": 100}]}) for n in range(45)]
    found = answers(run, *lines, workers=2)
    assert [one["scorecard"]["items"][0]["name"]["en"] for one in found] == [f"Own measure {n}" for n in range(45)]


def test_files_and_lines_do_not_go_together(run: Run, tmp_path: Path) -> None:
    assert run("check", "x.csv", "--from", "-", "--lang", "en").returncode == 2
