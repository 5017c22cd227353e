"""What is acknowledged stays, whatever happens to the processes, the disk or the lock; on both databases."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.conversation import Conversation
from assistant.errors import StoreTrouble
from assistant.settings import Settings
from assistant.storage.database import FILE
from assistant.storage.store import Store, open_store
from tests.assistant.storage.made import ANN, talked, turn
from tests.integration.postgres import Postgres, postgres, settings
from tests.integration.storage_workers import finished, started

__all__ = ["postgres", "settings"]
TURNS = 1000


def acknowledged(worker: "subprocess.Popen[str]", until: int) -> list[str]:
    """Return the keys that a worker acknowledges, and kill it at some moment after that many."""
    assert worker.stdout is not None
    keys = []
    for line in worker.stdout:
        keys.append(line.strip())
        if len(keys) == until:
            time.sleep(random.random() * 0.01)  # noqa: S311
            worker.kill()
    assert worker.stderr is not None
    said = worker.stderr.read()
    assert worker.wait(30) in {0, -9, 1} and not said, said
    worker.stdout.close()
    worker.stderr.close()
    return keys


def test_no_acknowledged_turn_is_lost_or_doubled_when_workers_are_killed(settings: Settings) -> None:
    with open_store(settings) as store:
        id = talked(store, ()).id
    random.seed(20261123)
    done: list[str] = []
    kills = 0
    while len(done) < TURNS:
        # The worker does not know what its forerunner stored without being able to say so.
        worker = started(settings, "turns", id, str(len(done)), str(TURNS))
        done += acknowledged(worker, random.randint(60, 110))  # noqa: S311
        kills += 1
    assert kills >= 9
    assert done == [f"key {number}" for number in range(TURNS)]
    assert stored(settings, id) == [(number + 1, f"key {number}") for number in range(TURNS)]


def stored(settings: Settings, id: str) -> list[tuple[int, str]]:
    with open_store(settings) as store:
        found = store.turns(ANN, id, 10 * TURNS)
        assert store.load(ANN, id).turns == len(found)
        return [(one.number, one.key) for one in found]


def test_two_processes_on_one_conversation_each_get_all_their_turns(settings: Settings) -> None:
    with open_store(settings) as store:
        id = talked(store, ()).id
    workers = [started(settings, "race", id, name, "100") for name in ("a", "b")]
    told = [json.loads(line) for worker in workers for line in finished(worker).splitlines()]
    found = stored(settings, id)
    assert [number for number, _ in found] == list(range(1, 201))
    assert sorted((number, key) for number, key, _ in told) == found
    # The version that a worker was told goes up with the number of its turn.
    assert {version - number for number, _, version in told} == {1}
    with open_store(settings) as store:
        assert store.load(ANN, id).version == 201


def test_processes_that_start_at_once_migrate_once(settings: Settings) -> None:
    workers = [started(settings, "open") for _ in range(4)]
    assert {finished(worker) for worker in workers} == {"open\n"}
    with open_store(settings) as store:
        assert talked(store).turns == 1


def test_an_open_that_is_killed_leaves_a_database_that_opens(settings: Settings) -> None:
    random.seed(11)
    for _ in range(6):
        worker = started(settings, "open", "told")
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(random.random() * 0.1)  # noqa: S311
        worker.kill()
        worker.communicate(timeout=30)
    with open_store(settings) as store:
        assert talked(store).turns == 1


def test_a_child_that_was_forked_makes_connections_of_its_own(settings: Settings) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("this system does not fork")
    with open_store(settings) as store:
        id = talked(store, ()).id
    assert finished(started(settings, "fork", id)) == "child\nparent\n"
    assert [key for _, key in stored(settings, id)] == ["child", "parent"]


def whole(home: Path) -> bool:
    with closing(sqlite3.connect(home / FILE)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def small(home: Path) -> Store:
    return open_store(Settings(data_dir=home), patience=0.3)


def test_a_database_that_is_held_is_told_in_time(tmp_path: Path) -> None:
    with small(tmp_path) as store:
        kept = talked(store)
        with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            begun = time.monotonic()
            with pytest.raises(StoreTrouble, match=r"scorecraft\.sqlite3") as told:
                store.commit(ANN, kept, turn(kept, "held"))
            assert 0.2 < time.monotonic() - begun < 3
            assert told.value.key == "store.locked"
            assert store.load(ANN, kept.id) == kept
            other.execute("ROLLBACK")
        assert store.commit(ANN, kept, turn(kept, "held")).turns == 2


def test_another_process_that_holds_the_database_is_told_of(tmp_path: Path) -> None:
    with small(tmp_path) as store:
        kept = talked(store)
        holder = started(Settings(data_dir=tmp_path), "hold")
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(StoreTrouble) as told:
            store.commit(ANN, kept, turn(kept, "held"))
        assert told.value.key == "store.locked"
        # A killed holder leaves no lock behind.
        holder.kill()
        holder.communicate(timeout=30)
        assert store.commit(ANN, kept, turn(kept, "held")).turns == 2


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    with small(tmp_path) as store:
        kept = talked(store)
        pages = store.database.read(lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar())
    with small(tmp_path) as store:
        store.database.read(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count={pages}"))
        with pytest.raises(StoreTrouble) as told:
            store.commit(ANN, kept, turn(kept, "long", "x" * 100_000))
        assert told.value.key == "store.full"
    assert whole(tmp_path)
    with small(tmp_path) as store:
        assert store.load(ANN, kept.id) == kept
        assert store.commit(ANN, kept, turn(kept, "long", "x" * 100_000)).turns == 2


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit of size there")
def test_a_file_that_may_not_grow_is_told_and_loses_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with small(tmp_path) as store:
        id = store.begin(ANN, Conversation())
    *done, trouble = finished(started(settings, "limited", id)).splitlines()
    assert trouble in {"store.disk", "store.full"} and done
    assert whole(tmp_path)
    assert [key for _, key in stored(settings, id)] == done


def test_a_server_that_goes_and_comes_back_is_used_again(postgres: Postgres, tmp_path: Path) -> None:
    with postgres.database() as url, open_store(Settings(data_dir=tmp_path, database_url=SecretStr(url))) as store:
        kept = talked(store)
        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'scorecraft'")
        assert store.load(ANN, kept.id) == kept
        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'scorecraft'")
        assert store.commit(ANN, kept, turn(kept, "after")).turns == 2
