"""The store of conversations: one method a thing that is kept or asked for, each one transaction."""

import json
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import uuid4

from sqlalchemy import select

from assistant.conversation import Conversation, Version
from assistant.principal import Principal
from assistant.settings import Settings
from assistant.storage import keeping, looking
from assistant.storage.database import PATIENCE, Database, address
from assistant.storage.migrating import MIGRATIONS, migrate
from assistant.storage.models import Conflict, Heading, Kept, StoredTurn, Turn, Verdict
from assistant.storage.records import Records
from assistant.storage.tables import learned

__all__ = ["Conflict", "Heading", "Kept", "KeptVersions", "Store", "StoredTurn", "Turn", "Verdict", "open_store"]
_Value = TypeVar("_Value")


def open_store(settings: Settings, patience: float = PATIENCE, migrations: Path = MIGRATIONS) -> "Store":
    """Open the database that the settings name, migrated to the head; ``StoreTrouble`` says why that cannot be.

    ``patience`` is how many seconds to wait for a lock that somebody else holds.
    """
    database = Database(address(settings), patience)
    try:
        migrate(database, migrations)
    except BaseException:
        database.close()
        raise
    return Store(database)


class Store(Records):
    """Conversations of all workspaces; a principal sees its own, and an administrator those of the workspace.

    A conversation that is not there and one that is somebody else's are the same ``UnknownName``.
    """

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def begin(self, by: Principal, conversation: Conversation, id: str | None = None) -> str:
        """Store a new conversation and return its id; one's own that is there already stays as it is."""
        name, now = id or str(uuid4()), self.now()
        self._write(lambda connection: keeping.begin(connection, by, name, conversation, now))
        return name

    def load(self, by: Principal, id: str) -> Kept:
        """Return a conversation with the versions in hand; the cost does not grow with its length."""
        return self._read(lambda connection: keeping.load(connection, by, id))

    def commit(self, by: Principal, kept: Kept, turn: Turn) -> Kept:
        """Store a turn durably and return the conversation after it; ``Conflict`` where somebody else was first.

        A turn whose key is stored already is not stored again: the conversation comes back as it is then.
        """
        now = self.now()
        return self._write(lambda connection: keeping.commit(connection, by, kept, turn, now))

    def reword(self, by: Principal, id: str, number: int, prose: str, note: str = "") -> None:
        """Put the final wording into a stored turn; ``KeyError`` where there is none of that number."""
        self._write(lambda connection: keeping.reword(connection, by, id, number, prose, note))

    def version(self, by: Principal, id: str, number: int) -> Version:
        """Return a version; ``KeyError`` where there is none of that number."""
        return self._read(lambda connection: keeping.version(connection, by, id, number))

    def versions(self, by: Principal, id: str) -> "KeptVersions":
        """Return where a conversation's versions are found."""
        return KeptVersions(self, by, id)

    def list(self, by: Principal, most: int = 50, before: str | None = None) -> tuple[Heading, ...]:
        """Return one's own conversations, the latest first, from below the one with the id ``before``."""
        return self._read(lambda connection: looking.headings(connection, by, most, before))

    def starting(self, by: Principal, prefix: str, most: int = 2) -> tuple[Heading, ...]:
        """Return one's own conversations whose ids start so."""
        return self._read(lambda connection: looking.starting(connection, by, prefix, most))

    def turns(self, by: Principal, id: str, most: int = 50, before: int | None = None) -> tuple[StoredTurn, ...]:
        """Return the last turns, or the last before a number, in the order they were taken."""
        return self._read(lambda connection: looking.stored(connection, by, id, most, before))

    def turn_by_key(self, by: Principal, id: str, key: str) -> StoredTurn | None:
        return self._read(lambda connection: looking.by_key(connection, by, id, key))

    def export(self, by: Principal, id: str) -> dict[str, Any]:
        """Return everything stored of a conversation, as plain data for JSON."""
        return self._read(lambda connection: looking.whole(connection, by, id))

    def delete(self, by: Principal, id: str) -> None:
        """Delete a conversation with all that belongs to it; the audit keeps that it was there."""
        now = self.now()
        self._write(lambda connection: looking.take_away(connection, by, id, now))

    def feedback(self, by: Principal, id: str, turn: int, verdict: Verdict, comment: str = "") -> None:
        """Keep what a person thinks of a turn, the last word of each; ``KeyError`` where there is no such turn."""
        now = self.now()
        self._write(lambda connection: looking.judge(connection, by, id, turn, verdict, comment, now))

    def learned(self, key: str) -> dict[str, Any] | None:
        """Return what was learned under a key."""
        which = select(learned.c.value).where(learned.c.key == key)
        found = self._read(lambda connection: connection.scalar(which))
        return json.loads(found) if found is not None else None

    def learn(self, key: str, value: dict[str, Any]) -> None:
        """Keep a small fact about a model endpoint, in place of what was known."""
        row = {"key": key, "value": json.dumps(value), "updated": self.now()}
        self._write(lambda connection: keeping.put(connection, learned, row, ("key",), replace=True))


class KeptVersions:
    """The versions of one stored conversation."""

    def __init__(self, store: Store, by: Principal, id: str) -> None:
        self.store, self.by, self.id = store, by, id

    def version(self, number: int) -> Version:
        """Return a version by its number; ``KeyError`` where there is none."""
        return self.store.version(self.by, self.id, number)
