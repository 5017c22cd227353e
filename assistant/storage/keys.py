"""Keys of the API: made once, kept as a hash, told apart without telling how wrong a wrong one is."""

import hmac
import json
import re
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.errors import UnknownName
from assistant.principal import LOCAL, Principal, Scope
from assistant.storage import keeping
from assistant.storage.models import Key
from assistant.storage.records import Records
from assistant.storage.tables import keys

TOKEN = re.compile(r"sc_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
NOBODY = sha256(b"nobody").hexdigest()


class Keys(Records):
    """The keys of all workspaces."""

    def create(
        self,
        workspace: str,
        name: str,
        scopes: frozenset[Scope],
        expires: datetime | None = None,
        by: Principal = LOCAL,
    ) -> tuple[Key, str]:
        """Make a key and return it with its token, ``sc_<id>_<secret>``, which is kept nowhere."""
        id, secret, now = secrets.token_hex(6), secrets.token_urlsafe(32), self.now()
        key = Key(id=id, workspace=workspace, name=name, scopes=scopes, created=now, expires=expires)
        row = key.model_dump() | {"scopes": json.dumps(sorted(scopes)), "digest": _digest(secret)}

        def act(connection: Connection) -> None:
            connection.execute(insert(keys).values(row))
            keeping.note(connection, _in(by, workspace), "key created", id, now, scopes=sorted(scopes))

        self._write(act)
        return key, f"sc_{id}_{secret}"

    def list(self, workspace: str | None = None) -> tuple[Key, ...]:
        """Return the keys of a workspace, or all, in the order they were made."""
        which = select(keys).order_by(keys.c.created, keys.c.id)
        if workspace is not None:
            which = which.where(keys.c.workspace == workspace)
        return self._read(lambda connection: tuple(_key(row) for row in connection.execute(which)))

    def revoke(self, id: str, by: Principal = LOCAL) -> Key:
        """Let a key open nothing any more; ``UnknownName`` where there is none of that id."""
        now = self.now()

        def act(connection: Connection) -> Key:
            fresh = update(keys).where(keys.c.id == id, keys.c.revoked.is_(None)).values(revoked=now)
            done = connection.execute(fresh).rowcount
            row = connection.execute(select(keys).where(keys.c.id == id)).first()
            if row is None:
                raise UnknownName("key", id)
            if done:
                keeping.note(connection, _in(by, row.workspace), "key revoked", id, now)
            return _key(row)

        return self._write(act)

    def find(self, token: str) -> Key | None:
        """Return the key of a token; ``None`` for every token that opens nothing, whatever the reason."""
        match = TOKEN.fullmatch(token)
        id, secret = (match[1], match[2]) if match else ("", "")
        row = self._read(lambda connection: connection.execute(select(keys).where(keys.c.id == id)).first())
        right = hmac.compare_digest(_digest(secret), row.digest if row is not None else NOBODY)
        if row is None or not right:
            return None
        key = _key(row)
        return key if key.revoked is None and (key.expires is None or key.expires > self.now()) else None

    def any(self) -> bool:
        """Tell whether a key was ever made; revoking the last one opens no door."""
        first = select(keys.c.id).limit(1)
        return self._read(lambda connection: connection.scalar(first) is not None)


def _digest(secret: str) -> str:
    # The secret is 256 random bits: nothing slower is needed.
    return sha256(secret.encode()).hexdigest()


def _key(row: Row[Any]) -> Key:
    plain = {name: value for name, value in row._mapping.items() if name != "digest"}
    return Key.model_validate(plain | {"scopes": json.loads(row.scopes)})


def _in(by: Principal, workspace: str) -> Principal:
    return by.model_copy(update={"workspace": workspace})
