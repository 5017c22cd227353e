"""What can happen to the index: a second owner, a kill, a full disk, damage; each is told, and has a way out."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.errors import Unavailable
from assistant.retrieval import ingestion
from assistant.retrieval.library import Library
from tests.assistant.retrieval import made
from tests.assistant.retrieval.made import Hashing, document

Open = Callable[..., Library]
ROOT = Path(__file__).parents[3]
PARTS = 1000


@contextmanager
def child(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run code in a process of its own, killed at the end at the latest."""
    command = [sys.executable, "-P", "-c", f"from tests.assistant.retrieval.children import *\n{code}", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, text=True, env=environment, **pipes) as running:  # type: ignore[call-overload]
        try:
            yield running
        finally:
            running.kill()


def said(running: subprocess.Popen[str]) -> str:
    assert running.stdout
    return running.stdout.readline().strip()


@pytest.mark.parametrize("written", [100, 500, 900])
def test_a_kill_in_the_middle_is_completed_by_the_next_run(opened: Open, tmp_path: Path, written: int) -> None:
    with child("index_until(argv[1], int(argv[2]), int(argv[3]))", str(tmp_path), str(PARTS), str(written)) as running:
        assert said(running) == f"written {written}"
        running.send_signal(signal.SIGKILL)
        running.wait(10)
    library = opened(Hashing())
    there = len(made.texts(library))
    assert written <= there <= written + 100
    assert library.stands("big", document("big", PARTS).sha256) is False
    assert library.add(document("big", PARTS)).embedded == PARTS - there
    texts = made.texts(library)
    assert len(texts) == len(set(texts)) == PARTS
    assert library.stands("big", document("big", PARTS).sha256) is True
    assert len(library.company.vectors(library.company.ids())) == PARTS


@pytest.mark.usefixtures("impatient")
def test_a_folder_has_one_owner_at_a_time(opened: Open, tmp_path: Path) -> None:
    with child("own(argv[1])", str(tmp_path)) as running:
        assert said(running) == "owned 0"
        with pytest.raises(Unavailable) as refused:
            opened(Hashing()).documents()
        assert refused.value.key == "index.owned"
        assert str(running.pid) in refused.value.say("en")
        assert "SCORECRAFT_CHROMA_URL" in refused.value.say("zh")
        running.kill()
        running.wait(10)
    assert opened(Hashing()).documents() == []


def test_a_file_in_place_of_the_data_folder_is_told(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("no folder", encoding="utf-8")
    with pytest.raises(Unavailable) as refused:
        made.library(file, Hashing()).documents()
    assert refused.value.key == "index.folder"
    assert str(file) in refused.value.say("en")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(opened: Open, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Unavailable) as refused:
            opened(Hashing()).documents()
    finally:
        tmp_path.chmod(0o700)
    assert refused.value.key in {"index.folder", "index.read_only"}


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_full_disk_is_told_and_the_next_run_goes_on(opened: Open, tmp_path: Path) -> None:
    with child("fill(argv[1], int(argv[2]))", str(tmp_path), str(PARTS)) as running:
        assert said(running) == "index.full"
    library = opened(Hashing())
    library.add(document("big", PARTS))
    assert len(set(made.texts(library))) == PARTS


def _no_database(index: Path) -> None:
    (index / "chroma.sqlite3").write_bytes(b"not a database" * 1000)


def _short_database(index: Path) -> None:
    file = index / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _short_vectors(index: Path) -> None:
    for file in index.glob("*/*.bin"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _garbled_vectors(index: Path) -> None:
    for file in index.glob("*/*.bin"):
        file.write_bytes(b"\xff" * file.stat().st_size)


def _short_names(index: Path) -> None:
    for file in index.glob("*/*.pickle"):
        file.write_bytes(file.read_bytes()[:100])


def _one_file_less(index: Path) -> None:
    for file in index.glob("*/data_level0.bin"):
        file.unlink()


def _no_vectors(index: Path) -> None:
    for file in index.glob("*/*.bin"):
        shutil.rmtree(file.parent, ignore_errors=True)


DAMAGES = [_no_database, _short_database, _short_vectors, _garbled_vectors, _short_names, _one_file_less, _no_vectors]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one large document, and the document's file in it."""
    home = tmp_path_factory.mktemp("filled")
    (home / "policy.md").write_text(document("a", 1200, "zebra").text, encoding="utf-8")
    library = made.library(home, Hashing())
    assert [report.status for report in ingestion.ingest(library, [home / "policy.md"])] == ["added"]
    library.close()
    return home


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_a_damaged_folder_is_told_and_made_anew(
    opened: Open, tmp_path: Path, filled: Path, damage: Callable[[Path], None]
) -> None:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    damage(tmp_path / "index")
    whole = (filled / "policy.md").read_bytes()
    library = opened(Hashing())
    with pytest.raises(Unavailable) as refused:
        library.search("Word7 zebra", "en")
    assert refused.value.key == "index.damaged"
    assert "scorecraft ingest --rebuild" in refused.value.say("zh")
    aside = library.set_aside()
    assert aside is not None and aside.exists()
    assert [report.status for report in ingestion.ingest(library, ingestion.roots(library).known())] == ["added"]
    assert library.search("Word7 zebra", "en").hits
    assert len(set(made.texts(library))) == 1200
    assert (filled / "policy.md").read_bytes() == whole
