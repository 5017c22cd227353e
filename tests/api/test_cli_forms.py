"""People's own forms on the command line: checked, repaired, reviewed, scored and taken away."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import openpyxl
import pytest

Run = Callable[..., CompletedProcess[str]]
SOUND = """# 销售代表绩效考核表

岗位：销售代表

| 指标 | 权重 | 目标值 | 评分标准 | 数据来源 | 考核人 |
|---|---|---|---|---|---|
| 销售收入 | 30% | 500万 | 完成率×权重，上限120% | 财务系统 | 直接上级 |
| 回款率 | 20% | 95% | 每低1%扣1分 | 财务系统 | 直接上级 |
| 新客户开发数量 | 20% | 12 | 完成率×权重，上限120% | CRM | 直接上级 |
| 客户满意度 | 15% | 90 | 每低1分扣1分 | 第三方调查 | 客户 |
| 商机转化率 | 15% | 25% | 完成率×权重，上限120% | CRM | 直接上级 |
"""
BROKEN = "指标,权重,数据来源\n销售额,60,财务\n回款率,30,财务\n迟到罚款,30,人事\n"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.md"
    path.write_text(SOUND, encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "去年.csv"
    path.write_text(BROKEN, encoding="gb18030")
    return path


def codes(checked: dict[str, Any]) -> set[str]:
    return {finding["code"] for finding in checked["findings"]}


def test_a_card_without_errors_exits_0_and_one_with_errors_1(run: Run, sound: Path, broken: Path) -> None:
    assert run("check", str(sound), "--lang", "zh").returncode == 0
    assert run("check", str(broken), "--lang", "zh").returncode == 1
    assert run("check", str(sound), str(broken), "--lang", "zh").returncode == 1


@pytest.mark.parametrize(("lang", "words"), [("zh", ("质量分", "W001", "GB18030")), ("en", ("Quality", "W001"))])
def test_the_table_shows_findings_beside_their_lines(run: Run, broken: Path, lang: str, words: tuple[str]) -> None:
    said = run("check", str(broken), "--lang", lang)
    assert all(word in said.stdout for word in words)
    line = next(line for line in said.stdout.splitlines() if "迟到罚款" in line and "│" in line)
    assert "C011" in line


def test_json_holds_the_card_the_findings_and_how_it_was_read(run: Run, broken: Path) -> None:
    checked = json.loads(run("check", str(broken), "--format", "json", "--lang", "zh").stdout)
    assert [item["weight"] for item in checked["scorecard"]["items"]] == [60, 30, 30]
    assert {"W001", "C011"} <= codes(checked)
    assert [column["field"] for column in checked["understood"]["columns"]] == ["name", "weight", "source"]
    assert [row["place"] for row in checked["understood"]["rows"]] == ["1", "2", "3", "4"]
    assert 0 <= checked["quality"]["score"] < 60
    assert checked["skipped"] == ["R", "S"]


def test_several_files_give_a_list(run: Run, sound: Path, broken: Path) -> None:
    checked = json.loads(run("check", str(sound), str(broken), "--format", "json").stdout)
    assert [one["file"] for one in checked] == [str(sound), str(broken)]


def test_without_a_role_two_families_are_skipped_and_that_is_said(run: Run, broken: Path) -> None:
    said = run("check", str(broken), "--lang", "en").stdout
    assert "R" not in {line[:1] for line in said.splitlines()}
    assert "--role" in said
    judged = json.loads(run("check", str(broken), "--role", "销售代表", "--format", "json").stdout)
    assert judged["skipped"] == []
    assert any(code.startswith("R") for code in codes(judged))


def test_options_go_before_the_form(run: Run, sound: Path) -> None:
    options = ("--role", "销售助理", "--profile", "incentive", "--strategy", "cash", "--format", "json")
    card = json.loads(run("check", str(sound), *options).stdout)["scorecard"]
    assert (card["role"], card["profile"], card["themes"]) == ("sales_support", "incentive", ["cash"])


def test_sarif_names_file_line_and_rule(run: Run, broken: Path) -> None:
    report = json.loads(run("check", str(broken), "--format", "sarif", "--lang", "zh").stdout)
    assert report["version"] == "2.1.0"
    (found,) = report["runs"]
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    result = next(result for result in found["results"] if result["ruleId"] == "C011")
    assert rules[result["ruleIndex"]] == "C011"
    assert result["level"] == "error"
    place = result["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 4}
    assert "迟到罚款" in place["logicalLocations"][0]["fullyQualifiedName"]


def test_a_rule_is_set_aside_only_with_a_reason(run: Run, broken: Path) -> None:
    kept = json.loads(run("check", str(broken), "--ignore", "c011=工会同意", "--format", "json").stdout)
    assert "C011" not in codes(kept)
    assert kept["scorecard"]["ignored"] == [{"code": "C011", "reason": "工会同意"}]
    for text in ("C011", "C011=", "=x"):
        refused = run("check", str(broken), "--ignore", text, "--lang", "en")
        assert refused.returncode == 2
        assert "C" in refused.stderr
    assert "X999" in run("check", str(broken), "--ignore", "X999=x", "--lang", "en").stderr


def test_several_tables_are_chosen_by_number_or_name_or_all_taken(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, weights in (("代表", (60, 40)), ("经理", (50, 50))):
        sheet = book.create_sheet(name)
        for row in (("指标", "权重"), ("销售额", weights[0]), ("回款率", weights[1])):
            sheet.append(row)
    book.remove(book["Sheet"])
    path = tmp_path / "cards.xlsx"
    book.save(path)
    asked = run("check", str(path), "--lang", "zh")
    assert asked.returncode == 2
    assert "代表" in asked.stderr and "经理" in asked.stderr and "--table" in asked.stderr
    for table in ("2", "经理"):
        card = json.loads(run("check", str(path), "--table", table, "--format", "json").stdout)
        assert [item["weight"] for item in card["scorecard"]["items"]] == [50, 50]
    assert len(json.loads(run("check", str(path), "--table", "all", "--format", "json").stdout)) == 2
    assert "经理" in run("check", str(path), "--table", "9", "--lang", "zh").stderr


def test_standard_input_is_a_file(run: Run) -> None:
    said = run("check", "-", "--format", "json", stdin=SOUND.encode())
    assert json.loads(said.stdout)["scorecard"]["role"] == "sales_representative"


def test_repair_prints_the_card_and_what_each_change_serves(run: Run, broken: Path) -> None:
    said = run("repair", str(broken), "--lang", "zh")
    assert said.returncode == 1, "a card of two lines cannot be completed without a position"
    assert "C011" in said.stdout
    assert broken.read_text(encoding="gb18030") == BROKEN
    repaired = json.loads(run("repair", str(broken), "--role", "销售代表", "--format", "json").stdout)
    assert sum(item["weight"] for item in repaired["scorecard"]["items"]) == 100
    assert all(change["rules"] for change in repaired["changes"])
    assert "迟到罚款" not in {item["name"]["zh"] for item in repaired["scorecard"]["items"]}


def test_repair_of_a_sound_card_changes_nothing(run: Run, sound: Path) -> None:
    said = run("repair", str(sound), "--format", "json")
    assert said.returncode == 0
    assert json.loads(said.stdout)["changes"] == []


def test_repair_writes_over_the_input_only_when_told_and_keeps_a_copy(run: Run, broken: Path) -> None:
    said = run("repair", str(broken), "--role", "销售代表", "--in-place", "--lang", "zh")
    assert said.returncode == 0, said.stderr
    copy = broken.with_name(broken.name + ".bak")
    assert copy.read_bytes() == BROKEN.encode("gb18030")
    assert run("check", str(broken), "--role", "销售代表").returncode == 0
    run("repair", str(broken), "--role", "销售代表", "--in-place")
    assert broken.with_name(broken.name + ".bak1").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_copy_is_kept_beside_the_file_and_nowhere_else(run: Run, broken: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    broken.with_name(broken.name + ".bak").symlink_to(elsewhere)
    assert run("repair", str(broken), "--role", "销售代表", "--in-place").returncode == 0
    assert broken.with_name(broken.name + ".bak1").read_bytes() == BROKEN.encode("gb18030")
    assert not elsewhere.exists()


@pytest.mark.parametrize("table", ["²", "-1", "0", "9" * 5000])
def test_a_table_that_is_not_there_is_named(run: Run, broken: Path, table: str) -> None:
    refused = run("check", str(broken), "--table", table, "--lang", "zh")
    assert refused.returncode == 2
    assert table in refused.stderr


def test_no_actuals_at_all_are_no_folder(run: Run, sound: Path) -> None:
    assert run("score", str(sound), "--actuals", "", "--lang", "en").stderr.startswith("No actuals")


def test_repair_writes_elsewhere(run: Run, broken: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.xlsx"
    said = run("repair", str(broken), "--role", "销售代表", "--output", str(target))
    assert said.returncode == 0, said.stderr
    assert run("check", str(target), "--lang", "zh").returncode == 0
    refused = run("repair", str(broken), "--in-place", "--output", str(target), "--lang", "en")
    assert refused.returncode == 2
    assert "--in-place" in refused.stderr


@pytest.mark.parametrize("command", ["review", "game", "readiness"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_earns_trust_speaks_both_languages(run: Run, sound: Path, command: str, lang: str) -> None:
    options = ("--strategy", "market_share") if command == "review" else ()
    assert run(command, str(sound), *options, "--lang", lang).stdout.strip()
    assert json.loads(run(command, str(sound), *options, "--lang", lang, "--format", "json").stdout)


def test_a_dry_run_scores_hypothetical_actuals(run: Run, sound: Path) -> None:
    said = run("score", str(sound), "--actuals", "销售收入=90%, 回款率=95%", "--format", "json")
    scored = json.loads(said.stdout)
    assert said.returncode == 0
    assert scored["lines"][0]["score"] == 90
    assert run("score", str(sound), "--actuals", "利润=3", "--lang", "zh").returncode == 2


@pytest.mark.parametrize("target", ["xlsx", "docx", "md", "csv", "json", "yaml"])
def test_a_form_goes_out_and_comes_back(run: Run, sound: Path, tmp_path: Path, target: str) -> None:
    path = tmp_path / f"form.{target}"
    assert run("export", str(sound), "--to", str(path), "--lang", "both").returncode == 0
    again = json.loads(run("check", str(path), "--format", "json").stdout)
    assert [item["weight"] for item in again["scorecard"]["items"]] == [30, 20, 20, 15, 15]
    assert again["scorecard"]["role"] == "sales_representative"
    assert run("export", str(sound), "--to", str(path)).returncode == 2, "never over a file unasked"
    assert run("export", str(sound), "--to", str(path), "--overwrite").returncode == 0


def test_a_text_format_alone_goes_to_standard_output(run: Run, sound: Path) -> None:
    assert "销售收入" in run("export", str(sound), "--to", "md").stdout


def test_a_draft_can_be_exported_and_checked(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text(run("suggest", "-r", "销售代表", "-s", "cash", "--format", "json").stdout, encoding="utf-8")
    assert run("check", str(draft), "--format", "json").returncode == 0
    form = tmp_path / "form.xlsx"
    assert run("export", str(draft), "--to", str(form), "--lang", "zh").returncode == 0
    checked = json.loads(run("check", str(form), "--format", "json").stdout)
    assert {finding["severity"] for finding in checked["findings"]} <= {"advice"}


def test_files_are_named_where_none_is(run: Run) -> None:
    said = run("check", "--lang", "en")
    assert said.returncode == 2
    assert "scorecraft check" in said.stderr
