"""Keys of the API on each database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.errors import UnknownName
from assistant.storage.keys import Keys
from assistant.storage.store import Store
from assistant.storage.tables import audit
from assistant.storage.tables import keys as table

READ = frozenset({"read"})


@pytest.fixture
def keys(store: Store) -> Keys:
    return Keys(store.database)


def test_a_token_opens_what_its_key_says(keys: Keys) -> None:
    key, token = keys.create("acme", "HR system", frozenset({"read", "write"}))
    found = keys.find(token)
    assert found == key
    assert found.principal.workspace == "acme" and found.principal.scopes == {"read", "write"}
    assert found.principal.subject == f"key:{key.id}"


@pytest.mark.parametrize(
    "spoil", [str.upper, lambda text: text[:-1], lambda text: text + "x", lambda text: "", str.strip]
)
def test_only_the_very_token_opens(keys: Keys, spoil: object) -> None:
    _, token = keys.create("acme", "HR system", READ)
    spoiled = spoil(token)  # type: ignore[operator]
    assert (keys.find(spoiled) is not None) == (spoiled == token)


def test_another_keys_secret_does_not_open(keys: Keys) -> None:
    (_, one), (_, other) = keys.create("acme", "one", READ), keys.create("acme", "other", READ)
    mixed = f"{one[:15]}_{other.split('_', 2)[2]}"
    assert keys.find(mixed) is None


def test_a_revoked_key_opens_nothing_and_opens_no_door(keys: Keys) -> None:
    assert not keys.any()
    key, token = keys.create("acme", "HR system", READ)
    assert keys.revoke(key.id).revoked is not None
    assert keys.revoke(key.id).revoked is not None
    assert keys.find(token) is None
    assert keys.any()


def test_an_expired_key_opens_nothing(store: Store) -> None:
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    early, late = (Keys(store.database, lambda shift=shift: moment + timedelta(hours=shift)) for shift in (0, 2))
    _, token = early.create("acme", "HR system", READ, expires=moment + timedelta(hours=1))
    assert early.find(token) is not None
    assert late.find(token) is None


def test_keys_are_listed_by_workspace(keys: Keys) -> None:
    made = [keys.create(workspace, "k", READ)[0] for workspace in ("acme", "other", "acme")]
    assert [one.id for one in keys.list("acme")] == [made[0].id, made[2].id]
    assert len(keys.list()) == 3


def test_an_unknown_key_cannot_be_revoked(keys: Keys) -> None:
    with pytest.raises(UnknownName):
        keys.revoke("nobody")


def test_the_secret_is_kept_nowhere(keys: Keys) -> None:
    _, token = keys.create("acme", "HR system", READ)
    kept = keys.database.read(
        lambda connection: [*connection.execute(select(table)), *connection.execute(select(audit))]
    )
    assert len(kept) == 2
    assert token.split("_", 2)[2] not in str(kept)
