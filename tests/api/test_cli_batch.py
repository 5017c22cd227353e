"""``scorecraft suggest --from``: one answer a line, in order, whatever the line holds."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]

GOOD: list[dict[str, Any]] = [
    {"role": "AE", "strategy": "win new logos"},
    {"role": "销售助理", "strategy": "控制费用", "language": "zh"},
    {"role": "sales_manager", "strategy": ["market_share", "cash"], "profile": "incentive"},
    {"role": "KAM", "context": {"motion": "farmer", "business_model": "saas", "cycle_months": 6}},
    {"role": "sdr", "strategy": "win\u2028new logos", "count": 5, "pins": ["NPS"], "exclude": [], "no_data": []},
]
# What a line holds, the type of the error, and what its message or its details say.
BAD = [
    pytest.param("", "BadInput", "line 1", id="empty line"),
    pytest.param("   ", "BadInput", "line 1", id="blank line"),
    pytest.param("AE, win new logos", "BadInput", "line 1 is not a JSON object", id="no JSON"),
    pytest.param('{"role": "AE"', "BadInput", "line 1 is not a JSON object", id="cut short"),
    pytest.param('["AE"]', "BadInput", "line 1 is not a JSON object: list", id="list"),
    pytest.param("[" * 100_000, "BadInput", "line 1 is not a JSON object", id="deep nesting"),
    pytest.param('{"role": "AE", "count": ' + "9" * 5000 + "}", "BadInput", "line 1", id="number of 5000 digits"),
    pytest.param("{}", "BadInput", "line 1: role", id="role missing"),
    pytest.param('{"role": 5}', "BadInput", "line 1: role", id="role of the wrong type"),
    pytest.param('{"role": "AE", "rolle": "AE"}', "BadInput", "line 1: rolle", id="unknown field"),
    pytest.param('{"role": "AE", "language": "fr"}', "BadInput", "line 1: language", id="unknown language"),
    pytest.param('{"role": "AE", "count": 0}', "BadInput", "line 1: count", id="count of none"),
    pytest.param('{"role": "AE", "context": {"motion": "x"}}', "BadInput", "context.motion", id="unknown motion"),
    pytest.param('{"role": "AE", "context": {"stage": "x"}}', "UnknownName", "peak_season", id="unknown stage"),
    pytest.param('{"role": "chief wizard"}', "UnknownName", "Sales director", id="unknown role"),
    pytest.param('{"role": "AE", "strategy": "market_shar"}', "UnknownName", "market_share", id="unknown theme"),
    pytest.param(
        '{"role": "AE", "strategy": ["market_shar"]}', "UnknownName", "market_share", id="unknown theme, listed"
    ),
    pytest.param('{"role": "AE", "profile": "bonus"}', "UnknownName", "incentive", id="unknown profile"),
    pytest.param('{"role": "AE", "pins": ["revenu"]}', "UnknownName", "Sales revenue", id="unknown pin"),
    pytest.param('{"role": "客服"}', "AmbiguousName", "customer_success", id="ambiguous role"),
    pytest.param('{"role": "AE", "count": 40}', "WishConflict", "exactly 40 items", id="impossible count"),
    pytest.param(json.dumps({"role": "AE", "strategy": "x" * 1_000_000}), "BadInput", "1000000", id="a megabyte"),
]


def answers(done: CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return the answers of a run that must succeed, one a line and nothing else."""
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.removesuffix("\n").split("\n")]


def lines(briefs: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(brief, ensure_ascii=False) + "\n" for brief in briefs).encode()


def test_each_line_is_answered_in_order(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_bytes(lines(GOOD))
    found = answers(run("suggest", "--from", str(path)))
    roles = [answer["scorecard"]["role"] for answer in found]
    assert roles == ["sales_representative", "sales_support", "sales_manager", "key_account_manager", "sdr"]
    assert [answer["understood"]["language"] for answer in found] == ["en", "zh", "en", "en", "en"]
    assert [answer["scorecard"]["profile"] for answer in found].index("incentive") == 2
    assert found[2]["understood"]["themes"] == ["market_share", "cash"]
    assert all(sum(item["weight"] for item in answer["scorecard"]["items"]) == 100 for answer in found)


def test_standard_input_is_read_for_a_dash(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_bytes(lines(GOOD))
    assert answers(run("suggest", "--from", "-", stdin=lines(GOOD))) == answers(run("suggest", "--from", str(path)))


@pytest.mark.parametrize(("line", "type_", "said"), BAD)
def test_an_error_is_an_object_in_its_place(run: Run, line: str, type_: str, said: str) -> None:
    good = json.dumps(GOOD[0])
    found = answers(run("suggest", "--from", "-", stdin=f"{line}\n{good}\n".encode()))
    assert len(found) == 2
    assert found[0]["line"] == 1
    assert found[0]["error"]["type"] == type_
    assert said in json.dumps(found[0]["error"], ensure_ascii=False)
    assert found[1]["scorecard"]["role"] == "sales_representative"


def test_errors_speak_the_language_of_the_command(run: Run) -> None:
    found = answers(run("suggest", "--from", "-", "--lang", "zh", stdin=b'{"role": "chief wizard"}\nx\n'))
    assert "不认识岗位" in found[0]["error"]["message"]
    assert "第2行" in found[1]["error"]["message"]


def test_a_collision_names_its_wishes(run: Run) -> None:
    brief = {"role": "AE", "pins": ["collection_rate=60", "new_customers=60"]}
    error = answers(run("suggest", "--from", "-", stdin=lines([brief])))[0]["error"]
    assert error["wishes"] == ["Collection rate at 60%", "New customers won at 60%"]
    assert set(error["drop"]) < set(error["wishes"])


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (lines(GOOD[:1]).strip(), 1),
        (b"\xef\xbb\xbf" + lines(GOOD[:2]), 2),
        (lines(GOOD[:2]).replace(b"\n", b"\r\n"), 2),
    ],
    ids=["no newline at the end", "byte-order mark", "CRLF"],
)
def test_line_ends_of_every_kind(run: Run, data: bytes, count: int) -> None:
    found = answers(run("suggest", "--from", "-", stdin=data))
    assert ["scorecard" in answer for answer in found] == [True] * count


def test_an_empty_file_has_no_answers(run: Run) -> None:
    done = run("suggest", "--from", "-", stdin=b"")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_file_that_cannot_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"role": "销售代表"}\n'.encode("gb18030"))
    for path in (latin, tmp_path / "missing.jsonl", tmp_path):
        done = run("suggest", "--from", str(path))
        assert (done.returncode, done.stdout) == (2, "")
        assert str(path) in done.stderr
        assert done.stderr.count("\n") == 1


def test_several_processes_give_the_same_answers(process: Run) -> None:
    data = lines(GOOD * 5) + b"not JSON\n\n" + lines([{"role": "chief wizard"}])
    one, two = (process("suggest", "--from", "-", "--workers", count, stdin=data) for count in ("1", "2"))
    assert len(answers(one)) == 28
    assert two.stdout == one.stdout
    assert two.stderr == ""
