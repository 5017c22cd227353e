"""Looking over what was kept: lists, turns, the whole of a conversation, and taking it away."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, or_, select

from assistant.principal import Principal
from assistant.storage import encoding, keeping
from assistant.storage.models import Heading, StoredTurn, Verdict
from assistant.storage.tables import conversations, feedback, turns, versions

HEADING = (
    conversations.c.id,
    conversations.c.title,
    conversations.c.language,
    conversations.c.turns,
    conversations.c.updated,
)


def headings(connection: Connection, by: Principal, most: int, before: str | None) -> tuple[Heading, ...]:
    """Return one's own conversations, the latest first, from below the one with the id ``before``."""
    which = _own(by)
    if before is not None:
        place = connection.execute(select(conversations.c.updated).where(keeping.owned(by, before))).first()
        if place is None:
            raise keeping.missing(before)
        at, id = conversations.c.updated, conversations.c.id
        which = which.where(or_(at < place.updated, and_(at == place.updated, id < before)))
    latest = which.order_by(conversations.c.updated.desc(), conversations.c.id.desc()).limit(most)
    return _headings(connection, latest)


def starting(connection: Connection, by: Principal, prefix: str, most: int) -> tuple[Heading, ...]:
    """Return one's own conversations whose ids start so."""
    which = _own(by).where(conversations.c.id.startswith(prefix, autoescape=True))
    return _headings(connection, which.order_by(conversations.c.id).limit(most))


def _own(by: Principal) -> Select[Any]:
    return select(*HEADING).where(conversations.c.workspace == by.workspace, conversations.c.subject == by.subject)


def _headings(connection: Connection, which: Select[Any]) -> tuple[Heading, ...]:
    return tuple(Heading.model_validate(dict(row._mapping)) for row in connection.execute(which))


def stored(connection: Connection, by: Principal, id: str, most: int, before: int | None) -> tuple[StoredTurn, ...]:
    """Return the last turns, or the last before a number, in the order they were taken."""
    keeping.require(connection, keeping.visible(by, id), id)
    which = select(turns).where(turns.c.conversation == id)
    if before is not None:
        which = which.where(turns.c.number < min(before, keeping.LARGEST))
    found = list(connection.execute(which.order_by(turns.c.number.desc()).limit(most)))
    return tuple(_turn(row) for row in reversed(found))


def by_key(connection: Connection, by: Principal, id: str, key: str) -> StoredTurn | None:
    keeping.require(connection, keeping.visible(by, id), id)
    row = connection.execute(select(turns).where(turns.c.conversation == id, turns.c.key == key)).first()
    return _turn(row) if row is not None else None


def _turn(row: Row[Any]) -> StoredTurn:
    plain = {name: value for name, value in row._mapping.items() if name not in {"conversation", "replies"}}
    return StoredTurn(**plain, replies=encoding.REPLIES.validate_json(row.replies))


def whole(connection: Connection, by: Principal, id: str) -> dict[str, Any]:
    """Return everything stored of a conversation, as plain data."""
    head = connection.execute(select(conversations).where(keeping.visible(by, id))).first()
    if head is None:
        raise keeping.missing(id)
    parts = {
        table.name: [
            _plain(row, {"conversation"})
            for row in connection.execute(select(table).where(table.c.conversation == id).order_by(table.c[number]))
        ]
        for table, number in ((turns, "number"), (versions, "number"), (feedback, "turn"))
    }
    return _plain(head, {"version"}) | parts


JSON = {"state", "replies", "body"}


def _plain(row: Row[Any], without: set[str]) -> dict[str, Any]:
    return {
        name: _read(value) if name in JSON else value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()
        if name not in without
    }


def _read(text: str) -> Any:
    """Return stored JSON; infinity, which other programs' JSON does not have, as a word."""
    return json.loads(text, parse_constant=str)


def take_away(connection: Connection, by: Principal, id: str, now: datetime) -> None:
    """Delete a conversation with all that belongs to it; the audit keeps that it was there."""
    keeping.require(connection, keeping.visible(by, id), id)
    for table in (feedback, versions, turns):
        connection.execute(delete(table).where(table.c.conversation == id))
    connection.execute(delete(conversations).where(conversations.c.id == id))
    keeping.note(connection, by, "deleted", id, now)


def judge(
    connection: Connection, by: Principal, id: str, turn: int, verdict: Verdict, comment: str, now: datetime
) -> None:
    """Keep what a person thinks of a turn; the last word counts. ``KeyError`` where there is no such turn."""
    keeping.require(connection, keeping.visible(by, id), id)
    which = and_(turns.c.conversation == id, turns.c.number == min(turn, keeping.LARGEST))
    if connection.scalar(select(turns.c.number).where(which)) is None:
        raise KeyError(turn)
    row = {"conversation": id, "turn": turn, "subject": by.subject, "verdict": verdict, "comment": comment}
    keeping.put(connection, feedback, row | {"created": now}, ("conversation", "turn", "subject"), replace=True)
    keeping.note(connection, by, "feedback", id, now, turn=turn, verdict=verdict)
