"""Receipts of writes on each database: carried out once, answered alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assistant.storage.receipts import KEPT, LEASE, Receipts
from assistant.storage.store import Store
from tests.assistant.storage.made import ANN, BOB, STRANGER

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def receipts(store: Store) -> Receipts:
    return Receipts(store.database, lambda: MOMENT)


def later(store: Store, shift: timedelta) -> Receipts:
    return Receipts(store.database, lambda: MOMENT + shift)


def test_a_write_is_answered_as_it_was(receipts: Receipts) -> None:
    assert receipts.begin(ANN, "k", "f") is None
    receipts.finish(ANN, "k", 201, {"etag": '"1"'}, b"\x00\xff body")
    found = receipts.begin(ANN, "k", "g")
    assert found is not None
    assert (found.fingerprint, found.status, found.headers, found.body) == ("f", 201, {"etag": '"1"'}, b"\x00\xff body")


def test_a_key_belongs_to_who_uses_it(receipts: Receipts) -> None:
    assert all(receipts.begin(by, "k", "f") is None for by in (ANN, BOB, STRANGER))


def test_a_write_that_is_carried_out_is_not_begun_again(receipts: Receipts, store: Store) -> None:
    assert receipts.begin(ANN, "k", "f") is None
    running = receipts.begin(ANN, "k", "f")
    assert running is not None and running.status is None
    assert later(store, LEASE + timedelta(seconds=1)).begin(ANN, "k", "f") is None


def test_a_write_that_failed_can_be_sent_again(receipts: Receipts) -> None:
    assert receipts.begin(ANN, "k", "f") is None
    receipts.drop(ANN, "k")
    assert receipts.begin(ANN, "k", "f") is None
    receipts.finish(ANN, "k", 200, {}, b"")
    receipts.drop(ANN, "k")
    assert receipts.begin(ANN, "k", "f") is not None


def test_of_many_at_once_one_carries_it_out(receipts: Receipts) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: receipts.begin(ANN, "k", "f"), range(6)))
    assert found.count(None) == 1


def test_after_a_day_a_key_is_free(receipts: Receipts, store: Store) -> None:
    receipts.begin(ANN, "k", "f")
    receipts.finish(ANN, "k", 200, {}, b"")
    assert later(store, KEPT + timedelta(minutes=1)).begin(ANN, "k", "g") is None
