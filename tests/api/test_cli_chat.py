"""``scorecraft chat`` with its standard input piped: one message a line, each answered."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from assistant.wording import worded
from knowledge.models import Catalogue, Language

Run = Callable[..., CompletedProcess[str]]

CONVERSATIONS = [
    pytest.param(
        ["AE, win new logos", "raise collection to 25%", "why 25% for collection?", "undo", "quit"],
        ["Sales representative", "Win new customers", "Changed:", "Collection rate 25%", "Back to", "Goodbye"],
        id="English",
    ),
    pytest.param(
        ["销售代表，今年要提升市场占有率", "回款提高到25%", "为什么回款占25%？", "撤销", "退出"],
        ["销售代表绩效考核表", "提升市场份额", "已修改", "回款率 25%", "已退回上一版", "再见"],
        id="Chinese",
    ),
]


def chatted(run: Run, *messages: str | bytes, options: tuple[str, ...] = ()) -> str:
    """Return what a script of messages is answered; it must end well and say nothing on standard error."""
    script = b"".join((one if isinstance(one, bytes) else one.encode()) + b"\n" for one in messages)
    done = run("chat", *options, stdin=script)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(("messages", "said"), CONVERSATIONS)
def test_a_script_is_answered_line_by_line(run: Run, messages: list[str], said: list[str]) -> None:
    answer = chatted(run, *messages)
    places = [answer.find(one) for one in said]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_language_stays_where_it_was_asked_for(run: Run, language: Language) -> None:
    asked = chatted(run, "AE, win new logos", "谢谢", options=("--lang", language))
    assert worded("label.understood", language) in asked


def test_the_language_follows_the_message_otherwise(run: Run) -> None:
    assert "绩效考核表" in chatted(run, "销售代表，加快回款")
    assert "scorecard (draft)" in chatted(run, "AE, collect faster")


def test_nothing_follows_the_goodbye(run: Run) -> None:
    answer = chatted(run, "quit", "AE, win new logos")
    assert answer.strip() == worded("chat.bye", "en")


ODD = [
    pytest.param("", "chat.empty", id="empty line"),
    pytest.param("  \t ", "chat.empty", id="blank line"),
    pytest.param("\x00\x1b\x07", "chat.empty", id="control characters"),
    pytest.param(b"\xff\xfe\x80", "chat.not_understood", id="not UTF-8"),
    pytest.param("🎉🚀", "chat.not_understood", id="emoji"),
    pytest.param("[red]x[/red]", "chat.not_understood", id="markup"),
    pytest.param("what a lovely day it is", "chat.not_covered", id="small talk"),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("message", "key"), ODD)
def test_odd_lines_get_a_sensible_answer_and_lose_nothing(
    run: Run, catalogue: Catalogue, message: str | bytes, key: str, language: Language
) -> None:
    answer = chatted(run, "AE, win new logos", message, "show the card", options=("--lang", language))
    role, profile = catalogue.roles["sales_representative"], catalogue.profiles["appraisal"]
    assert worded(key, language) in answer
    assert answer.count(worded("label.title", language, role=role.name, title=profile.title)) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_megabyte_in_a_line_is_refused_and_the_next_line_answered(run: Run, language: Language) -> None:
    answer = chatted(run, "a" * 1_000_000, "quit", options=("--lang", language))
    assert "20000" in answer
    assert worded("chat.bye", language) in answer


def test_no_messages_no_answers(run: Run) -> None:
    assert run("chat", stdin=b"").stdout == ""


CARD = "指标,权重\n销售额,60\n回款率,40\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the conversation works in, with one card."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "card.csv").write_text(CARD, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("message", ["检查 nope.csv", "check nope.csv", "nope.csv", '检查 "no pe.csv"'])
def test_no_other_card_stands_in_for_a_file_that_is_missing(run: Run, folder: Path, message: str) -> None:
    answer = chatted(run, "检查 card.csv", message, options=("--lang", "zh"))
    assert worded("file.missing", "zh", name="no pe.csv" if '"' in message else "nope.csv") in answer
    assert answer.count("质量分") == 1


def test_a_file_to_export_is_read_and_one_to_write_to_is_not(run: Run, folder: Path) -> None:
    (folder / "mine.csv").write_text("mine", encoding="utf-8")
    answer = chatted(run, "导出 card.csv 为 excel", '导出到 "我 的.docx"', "导出到 mine.csv", options=("--lang", "zh"))
    assert {path.name for path in folder.iterdir()} == {"card.csv", "mine.csv", "scorecard.xlsx", "我 的.docx"}
    assert worded("error.export_exists", "zh", path="mine.csv") in answer
    assert (folder / "card.csv").read_text(encoding="utf-8") == CARD


def test_a_comma_ends_the_name_of_a_file(run: Run, folder: Path) -> None:
    assert "质量分" in chatted(run, "检查 card.csv，战略是提升份额", options=("--lang", "zh"))


def test_a_number_as_odd_as_can_be_is_no_choice(run: Run) -> None:
    answer = chatted(run, "大客户", "²", "9" * 5000, "客户满意度百分之百", "退出", options=("--lang", "zh"))
    assert worded("chat.bye", "zh") in answer
