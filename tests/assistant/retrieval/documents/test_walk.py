"""Which files paths lead to: one name a file, nothing outside a folder, nothing lost in silence."""

import os
from pathlib import Path

import pytest

from assistant.retrieval.documents.walk import Walk, walk

POSIX = pytest.mark.skipif(os.name == "nt", reason="no such files there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with this and that in it."""
    root = tmp_path.resolve() / "docs"
    for name in ("b.md", "a.txt", "sub/c.PDF", "sub/deep/d.docx", ".git/e.md", ".f.md", "~$d.docx", "__MACOSX/g.md"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return root


def names(found: Walk, root: Path) -> list[str]:
    return [file.path.relative_to(root).as_posix() for file in found.files]


def refusals(found: Walk) -> list[tuple[str, str]]:
    for error in found.refused:
        assert all(str(error.variables["name"]) in error.say(language) for language in ("zh", "en"))
    return [(error.key, Path(error.variables["name"]).name) for error in found.refused]


def test_a_folder_is_looked_through_in_a_stable_order(folder: Path) -> None:
    found = walk([folder])
    assert names(found, folder) == ["a.txt", "b.md", "sub/c.PDF", "sub/deep/d.docx"]
    assert (found.refused, found.folders) == ((), (folder.as_posix(),))


def test_a_file_named_in_several_ways_is_one_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    found = walk(["../a.txt", str(folder / "a.txt"), folder / "sub" / ".." / "a.txt", folder, "."])
    assert [file.name for file in found.files].count((folder / "a.txt").as_posix()) == 1
    assert len(found.files) == 4


def test_a_hidden_file_that_is_named_is_meant(folder: Path) -> None:
    assert names(walk([folder / ".f.md"]), folder) == [".f.md"]


@pytest.mark.parametrize(
    ("name", "key"), [("x.png", "document.kind"), ("x", "document.kind"), ("x.doc", "file.old_office")]
)
def test_other_kinds_are_refused(folder: Path, name: str, key: str) -> None:
    (folder / name).write_text("x", encoding="utf-8")
    assert refusals(walk([folder])) == [(key, name)]


@pytest.mark.parametrize("name", ["none.md", "a.txt/none.md", "no\x00ne.md", "x" * 5000 + ".md"])
def test_what_is_not_there_is_refused(folder: Path, name: str) -> None:
    found = walk([folder / name])
    assert [error.key in ("file.missing", "file.unreadable") for error in found.refused] == [True]


@POSIX
def test_a_link_that_stays_inside_is_followed_once(folder: Path) -> None:
    (folder / "link.md").symlink_to(folder / "b.md")
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "kept").symlink_to(folder / ".git")
    found = walk([folder])
    assert sorted(names(found, folder)) == [".git/e.md", "a.txt", "b.md", "sub/c.PDF", "sub/deep/d.docx"]
    assert found.refused == ()


@POSIX
def test_a_link_that_leads_out_or_nowhere_is_refused(folder: Path) -> None:
    outside = folder.parent / "docs secret"
    outside.mkdir()
    (outside / "s.md").write_text("x", encoding="utf-8")
    (folder / "file.md").symlink_to(outside / "s.md")
    (folder / "folder").symlink_to(outside)
    (folder / "gone.md").symlink_to(folder / "none.md")
    (folder / "self.md").symlink_to("self.md")
    (folder / "sub" / "relative.md").symlink_to("../../docs secret/s.md")
    found = walk([folder])
    assert len(found.files) == 4
    assert refusals(found) == [
        ("document.outside", "file.md"),
        ("document.outside", "folder"),
        ("file.missing", "gone.md"),
        ("document.outside", "self.md"),
        ("document.outside", "relative.md"),
    ]


@POSIX
def test_a_link_that_is_named_is_followed_wherever_it_leads(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert walk([link]).files == walk([folder]).files


@POSIX
def test_pipes_and_devices_are_refused(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    assert refusals(walk([folder, "/dev/zero"])) == [("document.special", "pipe.md"), ("document.special", "zero")]


@POSIX
def test_a_name_that_is_no_text_is_refused_and_can_be_said(folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes text only")
    ((key, name),) = refusals(walk([folder]))
    assert (key, name) == ("document.name", "caf\\udce9.md")


def test_deep_folders_are_no_trouble(tmp_path: Path) -> None:
    deep = tmp_path.resolve()
    for _ in range(300):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "a.md").write_text("x", encoding="utf-8")
    assert len(walk([tmp_path]).files) == 1


def test_a_known_document_is_missing_only_where_its_folder_was_looked_through(folder: Path) -> None:
    (folder / "x.png").write_text("x", encoding="utf-8")
    inside = [(folder / name).as_posix() for name in ("a.txt", "gone.md", "sub/gone.md", "x.png")]
    known = [*inside, (folder.parent / "docs other" / "gone.md").as_posix()]
    assert walk([folder]).missing(known) == (known[1], known[2])
    assert walk([folder / "a.txt"]).missing(known) == ()


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_listed_is_refused_and_not_missing(folder: Path) -> None:
    (folder / "sub").chmod(0)
    found = walk([folder])
    (folder / "sub").chmod(0o700)
    assert refusals(found) == [("file.unreadable", "sub")]
    assert found.missing([(folder / "sub" / "c.PDF").as_posix()]) == ()
