"""Migrations of a database that holds data: done whole, or not at all; one at a time."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import StoreTrouble
from assistant.settings import Settings
from assistant.storage.keys import Keys
from assistant.storage.migrating import MIGRATIONS
from assistant.storage.store import open_store
from tests.assistant.storage.made import ANN, talked
from tests.integration.postgres import postgres, settings
from tests.integration.storage_workers import finished, started

__all__ = ["postgres", "settings"]
NEXT = """
import time
import sqlalchemy as sa
from alembic import op

revision = "v9000"
down_revision = "v0003"


def upgrade():
    op.create_table("moods", sa.Column("mood", sa.Text))
    op.add_column("conversations", sa.Column("mood", sa.Text))
    op.execute("UPDATE conversations SET mood = 'fine'")
    if {seconds}:
        print("in the middle", flush=True)
        time.sleep({seconds})
"""


def next_version(folder: Path, seconds: float = 0) -> Path:
    """Return the migrations with one more, which takes some seconds."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "v9000_moods.py").write_text(NEXT.format(seconds=seconds), encoding="utf-8")
    return folder


def test_a_migration_killed_in_the_middle_leaves_the_old_state_and_is_done_at_the_next_start(
    settings: Settings, tmp_path: Path
) -> None:
    with open_store(settings) as store:
        kept = talked(store)
    worker = started(settings, "migrate", str(next_version(tmp_path / "slow", 60)))
    assert worker.stdout is not None and worker.stdout.readline() == "in the middle\n"
    worker.kill()
    worker.communicate(timeout=30)
    with open_store(settings) as store:
        assert store.load(ANN, kept.id) == kept
    with open_store(settings, migrations=next_version(tmp_path / "next")) as store:
        assert store.load(ANN, kept.id) == kept
        moods = store.database.read(lambda one: one.exec_driver_sql("SELECT mood FROM conversations").scalars().all())
        assert moods == ["fine"]


def test_two_processes_that_migrate_at_once_do_it_once(settings: Settings, tmp_path: Path) -> None:
    with open_store(settings) as store:
        kept = talked(store)
    folder = str(next_version(tmp_path / "next", 0.5))
    workers = [started(settings, "migrate", folder) for _ in range(3)]
    said = "".join(finished(worker) for worker in workers)
    assert sorted(said.splitlines()) == ["in the middle", "open", "open", "open"]
    with open_store(settings, migrations=Path(folder)) as store:
        assert store.load(ANN, kept.id) == kept


def test_a_database_that_a_newer_version_wrote_is_refused(settings: Settings, tmp_path: Path) -> None:
    with open_store(settings, migrations=next_version(tmp_path / "next")) as store:
        place = store.database.place
    with pytest.raises(StoreTrouble) as told:
        open_store(settings)
    assert told.value.key == "store.newer"
    assert place in told.value.say("en") and "v9000" in told.value.say("zh")


def test_a_file_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "home")
    with open_store(settings) as store:
        kept = talked(store)
    assert not list(settings.home.glob("*before*"))
    started_at = time.time()
    with open_store(settings, migrations=next_version(tmp_path / "next")) as store:
        assert store.load(ANN, kept.id) == kept
    (copy,) = settings.home.glob("*before*")
    assert copy.name == "scorecraft-before-v9000.sqlite3" and copy.stat().st_mtime >= started_at - 5
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("v0003",)]
    # Put back, it is the database as it was.
    for name in ("scorecraft.sqlite3", "scorecraft.sqlite3-wal", "scorecraft.sqlite3-shm"):
        (settings.home / name).unlink(missing_ok=True)
    shutil.copyfile(copy, settings.home / "scorecraft.sqlite3")
    with open_store(settings) as store:
        assert store.load(ANN, kept.id) == kept


def test_a_database_of_conversations_alone_takes_what_programs_need(settings: Settings, tmp_path: Path) -> None:
    first = tmp_path / "first"
    shutil.copytree(MIGRATIONS, first, ignore=shutil.ignore_patterns("__pycache__", "v0002_*", "v0003_*"))
    with open_store(settings, migrations=first) as store:
        kept = talked(store)
    with open_store(settings) as store:
        assert store.load(ANN, kept.id) == kept
        key, token = Keys(store.database).create("acme", "HR system", frozenset({"read"}))
        assert Keys(store.database).find(token) == key
