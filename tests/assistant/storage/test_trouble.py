"""What a database refuses is said in one sentence that names it, tells the way out and shows no password."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from assistant.errors import BadInput, ScorecraftError, StoreTrouble
from assistant.settings import Settings, load
from assistant.storage.database import FILE, Database, address
from assistant.storage.store import open_store
from assistant.storage.trouble import told
from tests.assistant.storage.made import ANN, talked, turn
from tests.integration.postgres import Postgres

SECRET = "s3cret-Passw0rd"  # noqa: S105


def refused(settings: Settings) -> ScorecraftError:
    with pytest.raises(StoreTrouble) as trouble, open_store(settings, patience=1):
        pass
    for said in (trouble.value.say("zh"), trouble.value.say("en"), str(trouble.value.__cause__)):
        assert SECRET not in said
    assert "\n" not in trouble.value.say("zh") + trouble.value.say("en")
    assert trouble.value.place in trouble.value.say("zh")
    return trouble.value


def server(url: str) -> Settings:
    return Settings(database_url=SecretStr(url))


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://user:{SECRET}@host/database",
        f"sqlite:///{SECRET}.db",
        f"postgresql://user:{SECRET}@host",
        f"postgresql://user:{SECRET}#x@host/database",
        f"postgresql://user:{SECRET}@host:port/database",
        SECRET,
    ],
    ids=["scheme", "file", "no database", "hash", "port", "words"],
)
def test_other_addresses_are_refused_without_showing_them(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORECRAFT_DATABASE_URL", url)
    with pytest.raises(BadInput, match=r"SCORECRAFT_DATABASE_URL.*postgresql://") as told:
        load()
    assert SECRET not in told.value.say("zh") + told.value.say("en") + str(told.value.__cause__)
    with pytest.raises(ValidationError) as flaw:
        server(url)
    assert SECRET not in str(flaw.value)


@pytest.mark.parametrize(
    ("host", "mode"),
    [("db.example.com", "require"), ("localhost", None), ("10.0.0.5", None), ("8.8.8.8", "require"), ("db", None)],
)
def test_another_machine_is_spoken_to_under_encryption(host: str, mode: str | None) -> None:
    url = address(server(f"postgres://user:{SECRET}@{host}/database"))
    assert url.query.get("sslmode") == mode
    assert Database(url).place == f"PostgreSQL {host}/database"


def test_a_stated_encryption_stands() -> None:
    assert address(server("postgresql://u@db.example.com/d?sslmode=verify-full")).query["sslmode"] == "verify-full"


def test_a_password_with_marks_is_read(tmp_path: Path) -> None:
    assert address(server("postgresql://u:a%40b%2Fc%25@localhost:5433/d")).password == "a@b/c%"  # noqa: S105


def test_a_server_that_does_not_answer() -> None:
    trouble = refused(server(f"postgresql://user:{SECRET}@127.0.0.1:1/scorecraft"))
    assert trouble.key == "store.unreachable" and "127.0.0.1:1/scorecraft" in trouble.say("en")


def test_a_wrong_password_and_a_missing_database(postgres: Postgres) -> None:
    rules = postgres.folder / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    postgres.run("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    try:
        rules.write_text(f"local all guarded scram-sha-256\n{before}", encoding="utf-8")
        postgres.run("SELECT pg_reload_conf()")
        assert refused(server(postgres.url(user="guarded", password=SECRET))).key == "store.password"
        assert refused(server(postgres.url("no_such_database"))).key == "store.no_database"
        with postgres.database() as url:
            denied = url.replace("postgres:@", "guarded:right@")
            assert refused(server(denied)).key == "store.denied"
    finally:
        rules.write_text(before, encoding="utf-8")
        postgres.run("SELECT pg_reload_conf()")
        postgres.run("DROP ROLE guarded")


def test_a_row_that_is_held_on_the_server(postgres: Postgres) -> None:
    with postgres.database() as url, open_store(server(url), patience=0.3) as store:
        kept = talked(store)
        with store.database.engine.connect() as other, other.begin():
            other.exec_driver_sql("SELECT * FROM conversations FOR UPDATE")
            with pytest.raises(StoreTrouble) as trouble:
                store.commit(ANN, kept, turn(kept, "held"))
        assert trouble.value.key == "store.busy"
        assert store.commit(ANN, kept, turn(kept, "held")).turns == 2


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    assert refused(Settings(data_dir=tmp_path / "home")).key == "store.folder"


def test_a_database_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert refused(Settings(data_dir=tmp_path)).key == "store.folder"


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all " * 100)
    assert refused(Settings(data_dir=tmp_path)).key == "store.damaged"
    assert (tmp_path / FILE).read_bytes().startswith(b"no database")


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    with open_store(Settings(data_dir=tmp_path)):
        pass
    with (
        pytest.raises(StoreTrouble) as trouble,
        closing(sqlite3.connect(f"file:{tmp_path / FILE}?mode=ro", uri=True)) as connection,
        told("the place"),
    ):
        connection.execute("DELETE FROM turns")
    assert trouble.value.key == "store.read_only"
    with pytest.raises(StoreTrouble) as trouble, told("the place"):
        raise PermissionError(13, "no")
    assert trouble.value.key == "store.read_only"


def test_a_fault_of_ours_stays_one(tmp_path: Path) -> None:
    with open_store(Settings(data_dir=tmp_path)) as store, pytest.raises(Exception, match="no_such_table") as fault:
        store.database.read(lambda connection: connection.exec_driver_sql("SELECT * FROM no_such_table"))
    assert not isinstance(fault.value, ScorecraftError)
