"""Documents handed in, on each database: kept, taken by one process, finished or refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import UnknownName
from assistant.storage.store import Store
from assistant.storage.uploads import TRIES, Uploads
from knowledge.models import Text
from tests.assistant.storage.made import ANN, BOB, STRANGER

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
LEASE = timedelta(minutes=1)


@pytest.fixture
def uploads(store: Store) -> Uploads:
    return Uploads(store.database)


def test_a_document_on_its_way(uploads: Uploads) -> None:
    kept = uploads.put(ANN, "手册.md", b"# Handbook\x00")
    assert (kept.status, kept.size) == ("queued", 11)
    claimed = uploads.claim(LEASE)
    assert claimed is not None and (claimed.data, claimed.workspace) == (b"# Handbook\x00", "acme")
    assert uploads.get(BOB, kept.id).status == "processing"
    uploads.finish(kept.id, 3)
    assert (uploads.get(ANN, kept.id).status, uploads.get(ANN, kept.id).passages) == ("ready", 3)
    assert uploads.claim(LEASE) is None


def test_a_refused_document_says_why(uploads: Uploads) -> None:
    kept = uploads.put(ANN, "a.pdf", b"x")
    uploads.claim(LEASE)
    uploads.fail(kept.id, Text(zh="坏了", en="broken"))
    found = uploads.get(ANN, kept.id)
    assert found.status == "failed" and found.problem == Text(zh="坏了", en="broken")


def test_the_same_name_takes_the_place_of_the_one_before(uploads: Uploads) -> None:
    old = uploads.put(ANN, "a.md", b"old")
    uploads.claim(LEASE)
    new = uploads.put(BOB, "a.md", b"new")
    uploads.finish(old.id, 9)
    assert [one.id for one in uploads.list(ANN, 5)] == [new.id]
    assert uploads.get(ANN, new.id).status == "queued"
    with pytest.raises(UnknownName):
        uploads.get(ANN, old.id)
    assert uploads.put(STRANGER, "a.md", b"theirs").id != new.id


def test_one_process_takes_a_document(uploads: Uploads) -> None:
    for number in range(3):
        uploads.put(ANN, f"{number}.md", b"x")
    with ThreadPoolExecutor(6) as pool:
        found = [one for one in pool.map(lambda _: uploads.claim(LEASE), range(12)) if one is not None]
    assert len({one.upload.id for one in found}) == len(found) == 3


def test_a_process_that_is_gone_leaves_its_document_to_others(store: Store) -> None:
    times = [Uploads(store.database, lambda step=step: MOMENT + step * 2 * LEASE) for step in range(TRIES + 1)]
    kept = times[0].put(ANN, "a.md", b"x")
    for one in times[:TRIES]:
        assert one.claim(LEASE) is not None
        assert one.claim(LEASE) is None
    assert times[-1].claim(LEASE) is None
    found = times[-1].get(ANN, kept.id)
    assert found.status == "failed" and found.problem is not None


def test_another_workspace_sees_nothing(uploads: Uploads) -> None:
    kept = uploads.put(ANN, "a.md", b"x")
    for act in (uploads.get, uploads.delete):
        with pytest.raises(UnknownName):
            act(STRANGER, kept.id)
    assert uploads.list(STRANGER, 5) == ()
    assert uploads.delete(ANN, kept.id).name == "a.md"
    assert uploads.list(ANN, 5) == ()


def test_pages_hold_while_documents_come_in(uploads: Uploads) -> None:
    made = [uploads.put(ANN, f"{number}.md", b"x").id for number in range(4)]
    first = uploads.list(ANN, 2)
    uploads.put(ANN, "new.md", b"x")
    assert [one.id for one in (*first, *uploads.list(ANN, 5, before=first[-1].id))] == made[::-1]
