"""Files and folders brought into the index: a report on each, and nothing done twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.retrieval import ingestion
from assistant.retrieval.documents import reading
from assistant.retrieval.library import Library
from assistant.retrieval.roots import Roots
from tests.assistant.retrieval import made
from tests.assistant.retrieval.made import Hashing

Open = Callable[..., Library]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "文档"
    (found / "sub").mkdir(parents=True)
    (found / "visits.md").write_text("# Visits\n\nTwelve zebra visits a week.\n", encoding="utf-8")
    (found / "sub" / "差旅.txt").write_text("一线城市每晚不超过六百元。", encoding="utf-8")
    return found


def ran(library: Library, *paths: Path) -> dict[str, str]:
    return {Path(one.name).name: one.status for one in ingestion.ingest(library, paths)}


def test_a_folder_is_taken_in_once(opened: Open, folder: Path) -> None:
    embedder = Hashing()
    library = opened(embedder)
    assert ran(library, folder) == {"visits.md": "added", "差旅.txt": "added"}
    before = embedder.texts
    assert ran(library, folder) == {"visits.md": "unchanged", "差旅.txt": "unchanged"}
    assert embedder.texts == before


def test_an_unchanged_file_is_not_parsed(opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = opened(Hashing())
    ran(library, folder)
    monkeypatch.setattr(reading, "COMMAND", ("-c", "raise SystemExit(1)"))
    assert set(ran(library, folder).values()) == {"unchanged"}


def test_changes_and_what_has_gone_are_followed(opened: Open, folder: Path) -> None:
    library = opened(Hashing())
    ran(library, folder)
    (folder / "visits.md").write_text("# Visits\n\nEight visits a week.\n", encoding="utf-8")
    (folder / "sub" / "差旅.txt").unlink()
    assert ran(library, folder) == {"visits.md": "updated", "差旅.txt": "removed"}
    assert made.texts(library) == ["Eight visits a week."]


def test_a_file_named_alone_removes_nothing_else(opened: Open, folder: Path) -> None:
    library = opened(Hashing())
    ran(library, folder)
    assert ran(library, folder / "visits.md") == {"visits.md": "unchanged"}
    assert len(library.documents()) == 2


def test_another_way_to_read_makes_it_anew(opened: Open, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = opened(Hashing())
    ran(library, folder)
    monkeypatch.setattr("assistant.retrieval.library.MADE", {"cut": 1000, "read": 1000})
    assert set(ran(library, folder).values()) == {"updated"}
    assert set(ran(library, folder).values()) == {"unchanged"}


def test_the_same_content_twice_is_two_documents(opened: Open, folder: Path) -> None:
    (folder / "copy.md").write_bytes((folder / "visits.md").read_bytes())
    library = opened(Hashing())
    assert ran(library, folder)["copy.md"] == "added"
    assert len(library.documents()) == 3


def test_what_is_refused_is_named_and_the_rest_goes_on(opened: Open, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "a_link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (folder / "empty.md").touch()
    with (folder / "huge.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    reports = list(ingestion.ingest(opened(Hashing()), [folder, folder / "none.md"]))
    refused = {Path(one.name).name: one for one in reports if one.status == "refused"}
    assert set(refused) == {"a_link.txt", "broken.docx", "empty.md", "huge.txt", "picture.png", "none.md"}
    assert {name for name, one in refused.items() if one.passed_over} == {"picture.png"}
    assert all(one.reason and one.reason.say("zh") and one.reason.say("en") for one in refused.values())
    assert sum(one.status == "added" for one in reports) == 2


def test_a_picture_named_by_someone_is_not_passed_over(opened: Open, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (report,) = ingestion.ingest(opened(Hashing()), [folder / "picture.png"])
    assert (report.status, report.passed_over) == ("refused", False)


def test_of_a_file_that_broke_the_earlier_version_stays(opened: Open, folder: Path) -> None:
    library = opened(Hashing())
    ran(library, folder)
    (folder / "visits.md").write_bytes(b"\x00\x01\x02" * 50)
    (report,) = ingestion.ingest(library, [folder / "visits.md"])
    assert (report.status, report.kept) == ("refused", True)
    assert len(library.documents()) == 2


def test_progress_is_told(opened: Open, folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    reports = ingestion.ingest(
        opened(Hashing()),
        [folder],
        lambda done, total: told.append(("files", done, total)),
        lambda done, total: told.append(("chunks", done, total)),
    )
    assert len(list(reports)) == 2
    assert told == [("files", 0, 2), ("chunks", 1, 1), ("files", 1, 2), ("chunks", 1, 1), ("files", 2, 2)]


def test_what_was_taken_in_is_remembered_and_forgotten(opened: Open, folder: Path) -> None:
    library = opened(Hashing())
    ran(library, folder / "visits.md")
    name = (folder / "visits.md").resolve().as_posix()
    assert ingestion.roots(library).known() == [name]
    assert ingestion.forget(library, name) == 1
    assert ingestion.roots(library).known() == []
    ran(library, folder, folder / "visits.md")
    assert ingestion.roots(library).known() == [folder.resolve().as_posix()]


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    file = tmp_path / "ingested.json"
    file.write_text(text, encoding="utf-8")
    roots = Roots(file, "local")
    assert roots.known() == []
    roots.remember(["/a/b", "/a", "/ab"])
    assert roots.known() == ["/a", "/ab"]
    assert Roots(file, "other").known() == []


def test_a_file_taken_in_by_name_and_deleted_goes_from_the_index(opened: Open, folder: Path) -> None:
    library = opened(Hashing())
    ran(library, folder / "visits.md")
    (folder / "visits.md").unlink()
    assert ran(library, folder / "visits.md") == {"visits.md": "removed"}
    assert library.documents() == [] and made.texts(library) == []


def test_a_link_to_itself_stops_nothing(opened: Open, folder: Path) -> None:
    (folder / "loop.md").symlink_to("loop.md")
    assert ran(opened(Hashing()), folder / "loop.md", folder / "visits.md") == {
        "loop.md": "refused",
        "visits.md": "added",
    }
