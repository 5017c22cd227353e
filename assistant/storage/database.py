"""A database by its address: connections, and transactions that are tried again where that helps."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_random

from assistant.errors import BadInput
from assistant.settings import Settings, near
from assistant.storage.trouble import passing, told

FILE = "scorecraft.sqlite3"
PATIENCE = 5.0
"""Seconds to wait for a lock that somebody else holds."""
TRIES = 4
_Value = TypeVar("_Value")


def address(settings: Settings) -> URL:
    """Return where conversations are kept; another machine is spoken to under encryption alone."""
    if settings.database_url is None:
        return URL.create("sqlite+pysqlite", database=str(settings.home / FILE))
    try:
        url = make_url(settings.database_url.get_secret_value()).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        # What it says may hold a part of the password.
        raise BadInput("store.address") from None
    if "sslmode" not in url.query and not _here(url):
        url = url.update_query_dict({"sslmode": "require"})
    return url


def _here(url: URL) -> bool:
    host = url.host or _first(url.query.get("host", ""))
    return not host or host.startswith(("/", "@")) or near(host)


def _first(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else value[0]


class Database:
    """Connections are made when first used, one set a process; ``checked``: whether rows must find their owners."""

    def __init__(self, url: URL, patience: float = PATIENCE, *, checked: bool = True) -> None:
        self.url, self.patience, self.checked = url, patience, checked
        self._engine: Engine | None = None
        self._process = 0
        self._guard = Lock()

    @property
    def file(self) -> Path | None:
        """The file of SQLite; ``None`` for a server."""
        return Path(self.url.database or "") if self.url.get_backend_name() == "sqlite" else None

    @property
    def place(self) -> str:
        """Where it is, without anything secret."""
        if self.file is not None:
            return str(self.file)
        host = self.url.host or _first(self.url.query.get("host", "localhost"))
        port = f":{self.url.port}" if self.url.port else ""
        return f"PostgreSQL {host}{port}/{self.url.database}"

    @property
    def engine(self) -> Engine:
        with self._guard:
            if self._engine is not None and self._process != os.getpid():
                # The connections belong to the parent, which goes on using them.
                self._engine.dispose(close=False)
                self._engine = None
            if self._engine is None:
                self._engine, self._process = self._made(), os.getpid()
            return self._engine

    def close(self) -> None:
        with self._guard:
            if self._engine is not None:
                self._engine.dispose(close=self._process == os.getpid())
                self._engine = None

    def read(self, act: Callable[[Connection], _Value]) -> _Value:
        """Return what ``act`` reads in one transaction; ``StoreTrouble`` where the database cannot be used."""
        return self._tried(act, writes=False)

    def write(self, act: Callable[[Connection], _Value]) -> _Value:
        """Carry ``act`` out in one transaction, durably; it may be tried again, so it must bear repetition."""
        return self._tried(act, writes=True)

    def _tried(self, act: Callable[[Connection], _Value], *, writes: bool) -> _Value:
        with told(self.place):
            # Typed as returning anything.
            found: _Value = self.retrying()(self._once, act, writes)
            return found

    def retrying(self) -> Retrying:
        return Retrying(
            retry=retry_if_exception(passing),
            stop=stop_after_attempt(TRIES) | stop_after_delay(self.patience),
            wait=wait_random(0.01, 0.1),
            reraise=True,
        )

    def _once(self, act: Callable[[Connection], _Value], writes: bool) -> _Value:
        with self.engine.connect() as connection:
            connection.execution_options(writes=writes)
            with connection.begin():
                return act(connection)

    def _made(self) -> Engine:
        return self._made_sqlite() if self.file is not None else self._made_postgres()

    def _made_sqlite(self) -> Engine:
        engine = create_engine(
            self.url, hide_parameters=True, pool_timeout=self.patience, connect_args={"timeout": self.patience}
        )
        event.listen(engine, "connect", self._sqlite_opened)
        event.listen(engine, "begin", _begin)
        return engine

    def _sqlite_opened(self, connection: Any, record: object) -> None:
        # The driver's own BEGIN comes late and never IMMEDIATE.
        connection.isolation_level = None
        for pragma in (f"foreign_keys={int(self.checked)}", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    def _made_postgres(self) -> Engine:
        engine = create_engine(
            self.url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_recycle=1800,
            pool_timeout=self.patience,
            connect_args={"connect_timeout": max(2, round(2 * self.patience)), "application_name": "scorecraft"},
        )
        event.listen(engine, "connect", self._postgres_opened)
        return engine

    def _postgres_opened(self, connection: Any, record: object) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {round(1000 * self.patience)}")
        connection.autocommit = False


def _begin(connection: Connection) -> None:
    """Take the lock at once where something will be written: a later upgrade of a reader can only fail."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
