"""Reading a path: what is refused before a byte is read, and that limits hold for piped input too."""

import io
import os
import sys
from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.intake import sources
from assistant.intake.sources import Source, from_path


def refused(path: str) -> BadInput:
    with pytest.raises(BadInput) as error:
        from_path(path)
    assert all(path in error.value.say(language) for language in ("zh", "en"))
    return error.value


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "销售 表.csv"
    path.write_bytes(b"a,b\r\n")
    assert from_path(str(path)) == Source(str(path), b"a,b\r\n")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"sales 40%")
    assert from_path("-") == Source("-", b"sales 40%")


def test_piped_input_has_a_limit_too(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"x" * (sources.LIMIT + 1))
    assert refused("-").key == "file.size"


def test_piped_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    assert refused("-").key == "file.empty"


@pytest.mark.parametrize("name", ["none.xlsx", "file.txt/none.xlsx", "no\x00ne"], ids=["file", "folder", "zero byte"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    assert refused(str(tmp_path / name)).key == "file.missing"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(str(tmp_path)).key == "file.folder"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.touch()
    assert refused(str(path)).key == "file.empty"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    assert refused(str(path)).key == "file.size"


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert refused(str(tmp_path / ("x" * 5000))).key in ("file.unreadable", "file.missing")


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    assert refused(str(path)).key == "file.special"


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
def test_a_device_is_refused() -> None:
    assert refused("/dev/zero").key == "file.special"


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    path.chmod(0)
    assert refused(str(path)).key == "file.unreadable"
