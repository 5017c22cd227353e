"""What a database says, as something a person can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assistant.errors import StoreTrouble

OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "store.locked",
    sqlite3.SQLITE_LOCKED: "store.locked",
    sqlite3.SQLITE_FULL: "store.full",
    sqlite3.SQLITE_IOERR: "store.disk",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.folder",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
}
OF_POSTGRES = {
    "28P01": "store.password",
    "28000": "store.password",
    "3D000": "store.no_database",
    "42501": "store.denied",
    "53100": "store.server_full",
    "53300": "store.busy",
    "25006": "store.denied",
    "40001": "store.busy",
    "40P01": "store.busy",
    "55P03": "store.busy",
    "XX001": "store.damaged",
    "XX002": "store.damaged",
}
AT_THE_DOOR = (
    ("password", "store.password"),
    ("pg_hba.conf", "store.password"),
    ('role "', "store.password"),
    ("too many", "store.busy"),
    ("remaining connection slots", "store.busy"),
    ('database "', "store.no_database"),
)
"""Refused at the door, a client learns no code; the words are those of a server that speaks English."""


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turn what a database or the file system says into ``StoreTrouble``; a fault of ours stays what it is."""
    try:
        yield
    except (DBAPIError, PoolTimeout, sqlite3.Error, OSError) as error:
        key = _key(error)
        if key is None:
            raise
        raise StoreTrouble(key, place) from error


def passing(error: BaseException) -> bool:
    """Tell what is worth another try: a lock, a deadlock, a connection that dropped."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error) == "store.locked"
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or _key(error) == "store.locked" or _code(error) in {"40001", "40P01"}


def _key(error: Exception) -> str | None:
    if isinstance(error, PoolTimeout):
        return "store.busy"
    if isinstance(error, DBAPIError):
        cause = error.orig
        return _of_sqlite(cause) if isinstance(cause, sqlite3.Error) else _of_postgres(error)
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    return _of_files(error) if isinstance(error, OSError) else None


def _of_sqlite(error: sqlite3.Error) -> str | None:
    # Extended codes carry the primary one in their lowest byte.
    return OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def _code(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _of_postgres(error: DBAPIError) -> str | None:
    code = _code(error)
    if code is not None:
        # Classes 08 and 57P: the connection is gone, or the server goes down or comes up.
        return "store.unreachable" if code.startswith(("08", "57P")) else OF_POSTGRES.get(code)
    if type(error.orig).__name__ != "OperationalError":
        return None
    said = str(error.orig).lower()
    return next((key for words, key in AT_THE_DOOR if words in said), "store.unreachable")


def _of_files(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "store.full"
    return "store.read_only" if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} else "store.folder"
