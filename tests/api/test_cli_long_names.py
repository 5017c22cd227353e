"""Words too long for the name of a file: refused in a line, never with a traceback."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
LONG = "x" * 300
CARD = "KPI,Weight\nRevenue,60\nCollection rate,40\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("suggest", "--role", "AE", "--profile", LONG),
        ("suggest", "--role", "AE", "--profile", f"{LONG}.yaml"),
        ("profile", "check", f"{LONG}.yaml"),
        ("check", f"{LONG}.csv"),
    ],
    ids=["rule set by name", "rule set by file", "rule set to try", "form"],
)
def test_a_name_that_is_too_long_is_refused(arguments: tuple[str, ...], run: Run) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert LONG in done.stderr


def test_a_form_is_not_saved_under_a_name_that_is_too_long(run: Run, tmp_path: Path) -> None:
    card = tmp_path / "card.csv"
    card.write_text(CARD, encoding="utf-8")
    done = run("export", str(card), "--to", f"{LONG}.xlsx")
    assert done.returncode == 2
    assert LONG in done.stderr


def test_a_file_that_cannot_be_copied_is_not_repaired_in_place(run: Run, tmp_path: Path) -> None:
    card = tmp_path / f"{'x' * 250}.csv"
    card.write_text(CARD, encoding="utf-8")
    assert run("repair", str(card), "--in-place").returncode == 2
    assert card.read_text(encoding="utf-8") == CARD


def test_a_long_message_that_ends_like_a_file_is_a_message(run: Run) -> None:
    done = run("chat", stdin=f"{LONG}.csv\n".encode())
    assert done.returncode == 0
    assert done.stdout.strip()
