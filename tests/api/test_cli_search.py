"""``scorecraft search | ingest | documents``."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from assistant.retrieval.embeddings.nano import usable

Run = Callable[..., CompletedProcess[str]]
QUESTION = "怎样定权重"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "policies"
    found.mkdir()
    (found / "travel.md").write_text("# Travel\n\nHotels cost at most 600 yuan a night.\n", encoding="utf-8")
    (found / "visits.txt").write_text("Field sales make twelve zebra visits a week.", encoding="utf-8")
    (found / "logo.png").write_bytes(b"\x89PNG")
    return found


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Run:
    """Run the command over an index that this test may change."""

    def command(*arguments: str, **environment: str) -> CompletedProcess[str]:
        return run(*arguments, SCORECRAFT_DATA_DIR=str(tmp_path / "data"), **environment)

    return command


def plain(done: CompletedProcess[str]) -> Any:
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_json_has_every_passage_with_where_it_stands(run: Run) -> None:
    found = plain(run("search", QUESTION, "--format", "json", "-k", "3", "--lang", "zh"))
    assert set(found) == {"query", "relevance", "words_only", "results"}
    assert (found["query"], found["words_only"], len(found["results"])) == (QUESTION, not usable(), 3)
    assert [one["rank"] for one in found["results"]] == [1, 2, 3]
    first = found["results"][0]
    assert set(first) == {
        *("rank", "score", "title", "section", "excerpt", "language", "origin", "document", "grade", "sources")
    }
    assert (first["language"], first["origin"]) == ("zh", "guidance")
    assert first["excerpt"] and first["grade"] and first["sources"][0]["title"]


def test_a_table_names_our_guidance_with_its_grade(run: Run) -> None:
    done = run("search", "how should weights be set", "-k", "1", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Scorecraft guidance, grounded in:" in done.stdout
    zh = run("search", "how should weights be set", "-k", "1", "--lang", "zh")
    assert "Scorecraft指引，依据：" in zh.stdout


def test_markdown_quotes_passages(run: Run) -> None:
    done = run("search", QUESTION, "--format", "markdown", "-k", "1", "--lang", "zh")
    assert done.stdout.startswith(f"# 查找：{QUESTION}\n\n## 1. ")
    assert "\n> " in done.stdout


@pytest.mark.skipif(not usable(), reason="words alone let more through")
@pytest.mark.parametrize(("language", "said"), [("zh", "没有与此相关的内容"), ("en", "there is no answer")])
def test_nothing_relevant_is_said_with_what_can_be_asked(run: Run, language: str, said: str) -> None:
    done = run("search", "今天天气怎么样", "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in "".join(done.stdout.split("\n"))
    assert plain(run("search", "今天天气怎么样", "--format", "json"))["results"] == []


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(["--role", "AE"], id="position by an alias"),
        pytest.param(["--topic", "权重"], id="subject by its Chinese name"),
        pytest.param(["--topic", "weights"], id="subject by its id"),
        pytest.param(["--source", "guidance", "--language", "en"], id="source and language"),
    ],
)
def test_limits_are_taken_in_peoples_words(run: Run, limits: list[str]) -> None:
    found = plain(run("search", QUESTION, "--format", "json", "--lang", "zh", *limits))
    assert found["results"]
    if "--language" in limits:
        assert {one["language"] for one in found["results"]} == {"en"}


REFUSED = [
    pytest.param(["search", "x", "--topic", "weather"], ["“weather”", "strategy, selection"], id="subject"),
    pytest.param(["search", "x", "--source", "nowhere"], ["“nowhere”", "guidance, company"], id="source"),
    pytest.param(["search", "x", "--role", "zzqqzz"], ["zzqqzz", "scorecraft roles"], id="position"),
    pytest.param(["search", "x", "--language", "fr"], ["“fr”"], id="language"),
    pytest.param(["search", "x", "-k", "0"], ["1 to 50"], id="number"),
    pytest.param(["search", "  "], ["Say what to search for"], id="question"),
    pytest.param(["documents", "remove", "zzqqzz"], ["zzqqzz", "scorecraft documents"], id="document"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_cannot_be_done_is_refused_with_the_choices(run: Run, arguments: list[str], said: list[str]) -> None:
    done = run(*arguments, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert [one for one in said if one not in done.stderr] == []


def test_documents_are_taken_in_found_listed_and_removed(own: Run, folder: Path) -> None:
    done = own("ingest", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Added 2, updated 0, unchanged 0, removed 0, refused 0." in done.stdout
    assert "Passed over in the folders: 1 files" in done.stdout
    assert "Added 0, updated 0, unchanged 2" in own("ingest").stdout
    found = plain(own("search", "zebra visits a week", "--format", "json", "--prefer-company"))["results"][0]
    assert (found["origin"], found["grade"], found["sources"]) == ("company", None, [])
    assert found["document"].endswith("policies/visits.txt")
    assert "公司文档：" in own("search", "zebra visits", "--source", "visits.txt", "--lang", "zh").stdout
    assert [one["title"] for one in plain(own("documents", "--format", "json"))] == ["Travel", "visits"]
    assert "Travel" in own("documents", "list").stdout
    assert "Out of the search" in own("documents", "remove", "policies/visits.txt", "Travel").stdout
    assert plain(own("documents", "list", "--format", "json")) == []
    assert "还没有公司文档" in own("documents", "--lang", "zh").stdout


def test_refused_files_are_told_one_by_one_and_end_with_1(own: Run, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = own("ingest", str(folder), str(folder / "logo.png"), str(folder / "none.md"), "--lang", "zh")
    assert done.returncode == 1
    assert all(name in done.stdout for name in ("broken.pdf", "logo.png", "none.md"))
    assert "已跳过" not in done.stdout
    assert "新收录2，更新0，未变化0，移除0，未收录3。" in done.stdout
    files = plain(own("ingest", str(folder), "--format", "json"))
    assert files["summary"] == {"added": 0, "updated": 0, "unchanged": 2, "removed": 0, "refused": 2}
    assert {one["code"] for one in files["files"] if one["status"] == "refused"} >= {"document.kind"}


def test_a_damaged_index_is_told_and_made_anew(own: Run, folder: Path, tmp_path: Path) -> None:
    own("ingest", str(folder))
    (tmp_path / "data" / "index" / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    broken = own("documents")
    assert (broken.returncode, broken.stdout) == (2, "")
    assert "scorecraft ingest --rebuild" in broken.stderr
    done = own("ingest", "--rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Added 2" in done.stdout and "The old index is now at" in done.stdout
    assert len(plain(own("documents", "--format", "json"))) == 2


def test_without_a_path_something_has_to_be_remembered(own: Run) -> None:
    done = own("ingest")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No document was ever taken in" in done.stderr
    assert own("ingest", "--rebuild").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_a_terminal_shows_how_far_it_is(tmp_path: Path, folder: Path) -> None:
    ours, theirs = os.openpty()
    environment = os.environ | {"SCORECRAFT_DATA_DIR": str(tmp_path / "data"), "TERM": "xterm", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "api.cli.main", "ingest", str(folder), "--lang", "en"]
    shown, said = "", tmp_path / "said"
    with said.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=theirs, env=environment) as running:
        os.close(theirs)
        while part := _read(ours):
            shown += part
    os.close(ours)
    assert (running.returncode, "Added 2" in said.read_text(encoding="utf-8")) == (0, True)
    assert "Taking in documents" in shown and "2/2" in shown


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 1 << 16).decode(errors="replace")
    except OSError:
        # The other side has closed it.
        return ""
