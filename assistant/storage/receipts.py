"""Answers to writes with an idempotency key, so that one sent again is carried out once."""

import json
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from assistant.principal import Principal
from assistant.storage import keeping
from assistant.storage.models import Receipt
from assistant.storage.records import Records
from assistant.storage.tables import receipts

LEASE = timedelta(seconds=120)
"""After which a write that never ended may be begun anew."""
KEPT = timedelta(hours=24)


class Receipts(Records):
    """Receipts of each caller: what one keeps is not seen by another."""

    def begin(self, by: Principal, key: str, fingerprint: str) -> Receipt | None:
        """Take a key; ``None`` where it is the caller's to carry out, else the receipt that is there."""
        now = self.now()
        row = {
            "workspace": by.workspace,
            "subject": by.subject,
            "key": key,
            "fingerprint": fingerprint,
            "status": None,
            "headers": "{}",
            "body": b"",
            "begun": now,
        }

        def act(connection: Connection) -> Receipt | None:
            connection.execute(delete(receipts).where(receipts.c.begun < now - KEPT))
            late = and_(_of(by, key), receipts.c.status.is_(None), receipts.c.begun < now - LEASE)
            connection.execute(delete(receipts).where(late))
            if keeping.put(connection, receipts, row, ("workspace", "subject", "key")):
                return None
            found = connection.execute(select(receipts).where(_of(by, key))).one()
            return Receipt(
                fingerprint=found.fingerprint, status=found.status, headers=json.loads(found.headers), body=found.body
            )

        return self._write(act)

    def finish(self, by: Principal, key: str, status: int, headers: dict[str, str], body: bytes) -> None:
        """Keep the answer."""
        values = {"status": status, "headers": json.dumps(headers), "body": body}
        self._write(lambda connection: connection.execute(update(receipts).where(_of(by, key)).values(values)) and None)

    def drop(self, by: Principal, key: str) -> None:
        """Give a key back, whose write was not carried out."""
        unfinished = and_(_of(by, key), receipts.c.status.is_(None))
        self._write(lambda connection: connection.execute(delete(receipts).where(unfinished)) and None)


def _of(by: Principal, key: str) -> ColumnElement[bool]:
    return and_(receipts.c.workspace == by.workspace, receipts.c.subject == by.subject, receipts.c.key == key)
