"""Files: the same bytes for the same card, whole or not at all, never over another unasked."""

import os
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from api.cli import export as command
from api.export import SUFFIXES, TARGETS, export, write
from assistant.errors import BadInput
from assistant.models import Scorecard
from knowledge.models import Catalogue


class Shelf:
    """An advisor as far as exporting needs one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_card_gives_the_same_bytes(
    target: str, own: Scorecard, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = export(own, catalogue, target, "both")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 100_000)
    assert export(own, catalogue, target, "both") == once
    if target in {"xlsx", "docx"}:
        assert {part.date_time[0] for part in ZipFile(BytesIO(once)).infolist()} == {1980}
        core = ZipFile(BytesIO(once)).read("docProps/core.xml").decode("utf-8")
        assert core.count("2000-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_decides_the_format(suffix: str, own: Scorecard, catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / f"表单{suffix.upper()}"
    assert write(path, own, catalogue, "zh") == path
    assert path.read_bytes() == export(own, catalogue, SUFFIXES[suffix], "zh")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_there_stays(own: Scorecard, catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(b"mine")
    with pytest.raises(BadInput) as refused:
        write(path, own, catalogue, "zh")
    assert refused.value.key == "error.export_exists"
    assert all("--overwrite" in refused.value.say(language) for language in ("zh", "en"))
    assert path.read_bytes() == b"mine"
    write(path, own, catalogue, "zh", overwrite=True)
    assert path.read_bytes() == export(own, catalogue, "csv", "zh")


@pytest.mark.skipif(os.name == "nt", reason="other rights and links there")
def test_a_file_replaced_keeps_its_rights_and_a_link_to_it(
    own: Scorecard, catalogue: Catalogue, tmp_path: Path
) -> None:
    path, link = tmp_path / "form.csv", tmp_path / "link.csv"
    path.write_bytes(b"mine")
    path.chmod(0o600)
    link.symlink_to(path)
    write(link, own, catalogue, "zh", overwrite=True)
    assert link.is_symlink() and path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == export(own, catalogue, "csv", "zh")


@pytest.mark.parametrize(
    ("name", "key"),
    [("form.pdf", "error.export_suffix"), ("form", "error.export_suffix"), ("no/form.csv", "error.export_folder")],
    ids=["unknown", "none", "folder"],
)
def test_a_place_that_will_not_do_is_named(
    name: str, key: str, own: Scorecard, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as refused:
        write(tmp_path / name, own, catalogue, "zh")
    assert refused.value.key == key
    assert str((tmp_path / name).parent) in refused.value.say("zh")
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_everything_as_it_was(
    own: Scorecard, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "form.md"
    path.write_bytes(b"mine")

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "locked", str(target))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(BadInput, match="locked") as refused:
        write(path, own, catalogue, "zh", overwrite=True)
    assert refused.value.key == "error.export_file"
    assert path.read_bytes() == b"mine" and list(tmp_path.iterdir()) == [path]


def test_the_command_saves_and_says_where(
    own: Scorecard, catalogue: Catalogue, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "form.json"
    command.run(Shelf(catalogue), own, str(path), "zh", "zh")  # type: ignore[arg-type]
    assert capsysbinary.readouterr().out.decode("utf-8") == f"已保存：{path}\n"
    command.run(Shelf(catalogue), own, "-", "zh", "zh", target="json")  # type: ignore[arg-type]
    assert capsysbinary.readouterr().out == path.read_bytes()
    with pytest.raises(BadInput, match="standard output"):
        command.run(Shelf(catalogue), own, "-", "zh", "zh")  # type: ignore[arg-type]
