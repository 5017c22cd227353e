"""Messages of chat surfaces: durable once acknowledged, each answered once, those of one lane in their order."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, func, or_, select, update

from assistant.storage import keeping
from assistant.storage.models import Entry
from assistant.storage.records import Records
from assistant.storage.tables import inbox

KEPT = timedelta(hours=24)
"""For which an answered message is known by its key; what it said is gone at once."""
UNFINISHED = ("queued", "working")
SHOWN = tuple(inbox.c[name] for name in ("id", "key", "lane", "body", "tries", "steps", "unclear", "created"))


class Inbox(Records):
    """The messages of all workspaces, shared by the processes that answer them."""

    def put(self, key: str, lane: str, body: str, source: str = "") -> bool:
        """Take a message and tell whether it is new; one of the same key is the same message sent again.

        ``lane`` is what must be answered in order, ``source`` the place of the message, under which it is withdrawn.
        """
        now = self.now()
        row = {
            "key": key,
            "lane": lane,
            "source": source,
            "status": "queued",
            "body": body,
            "tries": 0,
            "steps": 0,
            "unclear": 0,
            "due": now,
            "created": now,
            "updated": now,
        }
        return self._write(lambda connection: keeping.put(connection, inbox, row, ("key",)))

    def claim(self, lease: timedelta, most: int) -> tuple[Entry, ...]:
        """Take messages that are due, the oldest first, at most one of a lane; nobody else gets them meanwhile."""
        now = self.now()
        if not self._read(lambda connection: connection.scalar(_due(now, 1))):
            return ()

        def act(connection: Connection) -> tuple[Entry, ...]:
            ids = list(connection.scalars(_due(now, most).with_for_update(skip_locked=True)))
            if not ids:
                return ()
            taken = (
                update(inbox)
                .where(inbox.c.id.in_(ids))
                .values(
                    # Whoever had it before is gone, perhaps in the middle of an answer.
                    unclear=or_(inbox.c.unclear == 1, inbox.c.status == "working").cast(inbox.c.unclear.type),
                    status="working",
                    tries=inbox.c.tries + 1,
                    leased=now + lease,
                    updated=now,
                )
                .returning(*SHOWN)
            )
            found = [Entry.model_validate(dict(row._mapping)) for row in connection.execute(taken)]
            return tuple(sorted(found, key=lambda one: one.id))

        return self._write(act)

    def renew(self, ids: Sequence[int], lease: timedelta) -> None:
        """Keep messages that are still being answered."""
        self._set(inbox.c.id.in_(ids), leased=self.now() + lease)

    def later(self, id: int, wait: timedelta, steps: int, *, unclear: bool) -> None:
        """Put a message back, to be answered from the step it came to, after a while."""
        due = self.now() + wait
        self._set(inbox.c.id == id, status="queued", due=due, steps=steps, unclear=int(unclear), leased=None)

    def done(self, id: int, *, failed: bool = False) -> None:
        """Say that a message was answered, or never will be; what it said is forgotten."""
        self._set(inbox.c.id == id, status="failed" if failed else "done", body=None, leased=None)

    def withdraw(self, source: str) -> bool:
        """Take back a message that nobody has begun to answer, and tell whether there was one."""
        which = and_(inbox.c.source == source, inbox.c.status == "queued", inbox.c.tries == 0)
        gone = update(inbox).where(which).values(status="done", body=None, updated=self.now())
        return self._write(lambda connection: connection.execute(gone).rowcount > 0)

    def answered(self, source: str) -> bool:
        """Tell whether a message was taken from this place lately."""
        there = select(inbox.c.id).where(inbox.c.source == source).limit(1)
        return self._read(lambda connection: connection.scalar(there)) is not None

    def abandon(self) -> None:
        """End all leases: whoever was answering is gone, where no other process shares the database."""
        self._set(inbox.c.status == "working", leased=self.now())

    def waiting(self) -> int:
        """Return how many messages are not answered yet."""
        count = select(func.count()).select_from(inbox).where(inbox.c.status.in_(UNFINISHED))
        return self._read(lambda connection: connection.scalar(count)) or 0

    def tidy(self) -> None:
        """Forget what was answered long ago."""
        old = and_(inbox.c.status.not_in(UNFINISHED), inbox.c.updated < self.now() - KEPT)
        self._write(lambda connection: connection.execute(delete(inbox).where(old)) and None)

    def _set(self, which: ColumnElement[bool], **values: object) -> None:
        change = update(inbox).where(which).values(**values, updated=self.now())
        self._write(lambda connection: connection.execute(change) and None)


def _due(now: datetime, most: int) -> Select[tuple[int]]:
    """Pick messages whose time has come and that no earlier one of their lane holds up."""
    earlier = inbox.alias("earlier")
    held = exists().where(earlier.c.lane == inbox.c.lane, earlier.c.id < inbox.c.id, earlier.c.status.in_(UNFINISHED))
    left = and_(inbox.c.status == "working", inbox.c.leased <= now)
    waiting = or_(and_(inbox.c.status == "queued", inbox.c.due <= now), left)
    return select(inbox.c.id).where(waiting, ~held).order_by(inbox.c.id).limit(most)
