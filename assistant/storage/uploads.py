"""Documents handed in by programs: kept until some process has taken them into the search."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Update, and_, delete, or_, select, update

from assistant.errors import UnknownName
from assistant.principal import Principal
from assistant.storage import keeping
from assistant.storage.models import Claimed, Upload
from assistant.storage.records import Records
from assistant.storage.tables import uploads
from assistant.wording import phrase_text
from knowledge.models import Text

TRIES = 3
SHOWN = tuple(
    uploads.c[name] for name in ("id", "name", "size", "digest", "status", "passages", "problem", "created", "updated")
)


class Uploads(Records):
    """The documents of all workspaces; each sees its own."""

    def put(self, by: Principal, name: str, data: bytes) -> Upload:
        """Keep a document until it is processed; one of the same name takes the place of the one before."""
        now = self.now()
        row = {
            "id": str(uuid4()),
            "workspace": by.workspace,
            "subject": by.subject,
            "name": name,
            "size": len(data),
            "digest": sha256(data).hexdigest(),
            "status": "queued",
            "passages": 0,
            "problem": None,
            "tries": 0,
            "data": data,
            "leased": None,
            "created": now,
            "updated": now,
        }

        def act(connection: Connection) -> Upload:
            keeping.put(connection, uploads, row, ("workspace", "name"), replace=True)
            keeping.note(connection, by, "document handed in", str(row["id"]), now)
            return _get(connection, by, str(row["id"]))

        return self._write(act)

    def get(self, by: Principal, id: str) -> Upload:
        return self._read(lambda connection: _get(connection, by, id))

    def list(self, by: Principal, most: int, before: str | None = None) -> tuple[Upload, ...]:
        """Return the workspace's documents, the latest first, from below the one with the id ``before``."""

        def act(connection: Connection) -> tuple[Upload, ...]:
            which = select(*SHOWN).where(uploads.c.workspace == by.workspace)
            if before is not None:
                place, at = _get(connection, by, before), uploads.c.created
                which = which.where(or_(at < place.created, and_(at == place.created, uploads.c.id < before)))
            latest = which.order_by(uploads.c.created.desc(), uploads.c.id.desc()).limit(most)
            return tuple(_upload(row) for row in connection.execute(latest))

        return self._read(act)

    def claim(self, lease: timedelta) -> Claimed | None:
        """Take the document that waits longest, or one that its process left; nobody else gets it meanwhile."""
        now = self.now()

        def act(connection: Connection) -> Claimed | None:
            connection.execute(_given_up(now))
            waiting = _waiting(now)
            first = select(uploads.c.id).where(waiting).order_by(uploads.c.created).limit(1)
            taken = (
                update(uploads)
                .where(uploads.c.id == first.scalar_subquery(), waiting)
                .values(status="processing", tries=uploads.c.tries + 1, leased=now + lease, updated=now)
                .returning(*SHOWN, uploads.c.workspace, uploads.c.data)
            )
            row = connection.execute(taken).first()
            return Claimed(upload=_upload(row), workspace=row.workspace, data=row.data) if row is not None else None

        return self._write(act)

    def abandon(self) -> None:
        """End all leases: whoever read those documents is gone, where no other process reads them."""
        now = self.now()
        ended = update(uploads).where(uploads.c.status == "processing").values(leased=now)
        self._write(lambda connection: connection.execute(ended) and None)

    def finish(self, id: str, passages: int) -> None:
        """Say that a document is in the search."""
        self._ended(id, {"status": "ready", "passages": passages})

    def fail(self, id: str, problem: Text) -> None:
        """Say why a document is not in the search."""
        self._ended(id, {"status": "failed", "problem": problem.model_dump_json()})

    def delete(self, by: Principal, id: str) -> Upload:
        """Take a document off the list and return what stood there."""
        now = self.now()

        def act(connection: Connection) -> Upload:
            found = _get(connection, by, id)
            connection.execute(delete(uploads).where(uploads.c.id == id))
            keeping.note(connection, by, "document deleted", id, now)
            return found

        return self._write(act)

    def _ended(self, id: str, values: dict[str, Any]) -> None:
        last = {"data": None, "leased": None, "updated": self.now()}
        ending = update(uploads).where(uploads.c.id == id, uploads.c.status == "processing").values(values | last)
        self._write(lambda connection: connection.execute(ending) and None)


def _waiting(now: datetime) -> ColumnElement[bool]:
    left = and_(uploads.c.status == "processing", uploads.c.leased < now, uploads.c.tries < TRIES)
    return or_(uploads.c.status == "queued", left)


def _given_up(now: datetime) -> Update:
    """Refuse what ended the process that read it, time and again."""
    late = and_(uploads.c.status == "processing", uploads.c.leased < now, uploads.c.tries >= TRIES)
    problem = phrase_text("document.given_up").model_dump_json()
    return update(uploads).where(late).values(status="failed", problem=problem, data=None, leased=None, updated=now)


def _get(connection: Connection, by: Principal, id: str) -> Upload:
    mine = and_(uploads.c.id == id, uploads.c.workspace == by.workspace)
    row = connection.execute(select(*SHOWN).where(mine)).first()
    if row is None:
        raise UnknownName("upload", id)
    return _upload(row)


def _upload(row: Row[Any]) -> Upload:
    plain = {column.name: row._mapping[column.name] for column in SHOWN}
    problem = Text.model_validate_json(row.problem) if row.problem else None
    return Upload.model_validate(plain | {"problem": problem})
