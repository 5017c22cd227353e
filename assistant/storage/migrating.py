"""Bringing a database to the tables of this version: all of it or nothing, one process at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from assistant.errors import StoreTrouble
from assistant.storage.database import Database
from assistant.storage.trouble import told

MIGRATIONS = Path(__file__).parent / "migrations"
LONGEST = 60.0
"""Seconds to wait for another process that migrates."""
LOCK = 7_305_201_126
"""The advisory lock of PostgreSQL under which we migrate; any number, always the same."""
_one_thread = Lock()  # Alembic keeps the migration that runs in module globals.


def migrate(database: Database, folder: Path = MIGRATIONS) -> None:
    """Bring the tables to the head; ``StoreTrouble`` for a database that a newer version wrote."""
    known = revisions(folder)
    with told(database.place):
        if database.file is not None:
            database.file.parent.mkdir(parents=True, exist_ok=True)
        if _due(database, known):
            with _alone(database):
                if _due(database, known):
                    _prepare(database, known[-1])
                    _upgrade(database, folder)


def revisions(folder: Path) -> tuple[str, ...]:
    """Return the revisions in order: files are named for them, so that starting need not load Alembic."""
    return tuple(sorted(path.stem.partition("_")[0] for path in (folder / "versions").glob("v*.py")))


def _due(database: Database, known: tuple[str, ...]) -> bool:
    now = database.read(_revision)
    if now is not None and now not in known:
        raise StoreTrouble("store.newer", database.place, revision=now)
    return now != known[-1]


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Keep other processes out of a file; a server is locked within the transaction."""
    if database.file is None:
        yield
        return
    from filelock import FileLock, Timeout

    try:
        with FileLock(database.file.with_suffix(".lock"), timeout=LONGEST):
            yield
    except Timeout as error:
        raise StoreTrouble("store.locked", database.place) from error


def _prepare(database: Database, head: str) -> None:
    """Copy a file that holds data, so that there is a way back; and have it write ahead."""
    if database.file is None:
        return
    if database.read(_revision) is not None:
        _copy(database.file, database.file.with_name(f"{database.file.stem}-before-{head}.sqlite3"))
    # This waits for no reader by itself.
    database.retrying()(_write_ahead, database.file)


def _write_ahead(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def _copy(file: Path, copy: Path) -> None:
    part = copy.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    part.replace(copy)


def _upgrade(database: Database, folder: Path) -> None:
    # Tables may be made anew under way, and must not take their rows' dependants with them.
    unchecked = Database(database.url, database.patience, checked=False)
    try:
        with _one_thread:
            unchecked.write(lambda connection: _run(connection, folder))
    finally:
        unchecked.close()


def _run(connection: Connection, folder: Path) -> None:
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {round(1000 * LONGEST)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise AssertionError("a migration left rows without their owners")
