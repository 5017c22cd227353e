"""Beginning, loading and taking a conversation forward, each within a transaction of the caller."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.conversation import Conversation, Version
from assistant.errors import UnknownName
from assistant.principal import Principal
from assistant.storage import encoding
from assistant.storage.models import Conflict, Kept, Turn
from assistant.storage.tables import audit, conversations, turns, versions

TITLE = 60
"""Characters of the first message that name a conversation."""
LARGEST = 2**31 - 1


def missing(id: str) -> UnknownName:
    """Return the same error for a conversation that is none and for one that is somebody else's."""
    return UnknownName("conversation", id)


def owned(by: Principal, id: str) -> ColumnElement[bool]:
    """Pick a conversation of one's own."""
    whose = and_(conversations.c.workspace == by.workspace, conversations.c.subject == by.subject)
    return and_(conversations.c.id == id, whose)


def visible(by: Principal, id: str) -> ColumnElement[bool]:
    """Pick a conversation of one's own, or of the workspace where one administers it."""
    if "admin" in by.scopes:
        return and_(conversations.c.id == id, conversations.c.workspace == by.workspace)
    return owned(by, id)


def begin(connection: Connection, by: Principal, id: str, conversation: Conversation, now: datetime) -> None:
    """Store a conversation that has no turns yet; one's own that is there already stays as it is."""
    row = {
        "id": id,
        "workspace": by.workspace,
        "subject": by.subject,
        "title": "",
        "language": conversation.language,
        "version": 1,
        "turns": 0,
        "created": now,
        "updated": now,
        "state": encoding.state(conversation),
    }
    if put(connection, conversations, row, ("id",)):
        _add_versions(connection, id, conversation, now)
        note(connection, by, "begun", id, now)
    elif connection.scalar(select(conversations.c.id).where(owned(by, id))) is None:
        raise missing(id)


def load(connection: Connection, by: Principal, id: str) -> Kept:
    """Return a conversation with the versions in hand, and none of those left behind."""
    row = connection.execute(select(conversations).where(visible(by, id))).first()
    if row is None:
        raise missing(id)
    state = Conversation.model_validate_json(row.state)
    draft, form = encoding.numbers_in_hand(state)
    held = _bodies(connection, id, {draft, form} - {None})
    in_hand = {"current": held.get(draft), "form": held.get(form)}
    return Kept(id=id, version=row.version, turns=row.turns, conversation=state.model_copy(update=in_hand))


def version(connection: Connection, by: Principal, id: str, number: int) -> Version:
    """Return a version; ``KeyError`` where there is none of that number."""
    require(connection, visible(by, id), id)
    if not 0 < number <= LARGEST:
        raise KeyError(number)
    return _bodies(connection, id, {number})[number]


def require(connection: Connection, which: ColumnElement[bool], id: str) -> None:
    if connection.scalar(select(conversations.c.id).where(which)) is None:
        raise missing(id)


def commit(connection: Connection, by: Principal, kept: Kept, turn: Turn, now: datetime) -> Kept:
    """Take a conversation one turn forward; ``Conflict`` where it is not where the caller saw it."""
    if _there(connection, kept.id, turn.key):
        return load(connection, by, kept.id)
    after, number = turn.conversation, kept.turns + 1
    first = {"title": title(turn.said)} if kept.turns == 0 else {}
    moved = connection.execute(
        update(conversations)
        .where(owned(by, kept.id), conversations.c.version == kept.version)
        .values(
            version=kept.version + 1,
            turns=number,
            language=after.language,
            updated=now,
            state=encoding.state(after),
            **first,
        )
    )
    if moved.rowcount == 0:
        return _overtaken(connection, by, kept, turn)
    connection.execute(insert(turns).values(_turn_row(kept.id, number, turn, now)))
    _add_versions(connection, kept.id, after, now)
    note(connection, by, "turn", kept.id, now, number=number)
    return Kept(id=kept.id, version=kept.version + 1, turns=number, conversation=after.model_copy(update={"fresh": ()}))


def _turn_row(id: str, number: int, turn: Turn, now: datetime) -> dict[str, Any]:
    return {
        "conversation": id,
        "number": number,
        "key": turn.key,
        "said": turn.said,
        "replies": encoding.dumped_replies(turn.replies),
        "prose": "",
        "note": "",
        "created": now,
    }


def _overtaken(connection: Connection, by: Principal, kept: Kept, turn: Turn) -> Kept:
    """Tell a turn that was stored meanwhile, by an attempt of its own, from somebody else's."""
    require(connection, owned(by, kept.id), kept.id)
    if _there(connection, kept.id, turn.key):
        return load(connection, by, kept.id)
    raise Conflict


def _there(connection: Connection, id: str, key: str) -> bool:
    return connection.scalar(select(turns.c.number).where(turns.c.conversation == id, turns.c.key == key)) is not None


def reword(connection: Connection, by: Principal, id: str, number: int, prose: str, note: str) -> None:
    """Put the final wording into a stored turn; ``KeyError`` where there is none of that number."""
    require(connection, owned(by, id), id)
    which = and_(turns.c.conversation == id, turns.c.number == min(number, LARGEST))
    if connection.execute(update(turns).where(which).values(prose=prose, note=note)).rowcount == 0:
        raise KeyError(number)


def title(said: str) -> str:
    """Return a message on one line, cut to a title."""
    line = " ".join(said.split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1].rstrip()}…"


def note(connection: Connection, by: Principal, what: str, id: str, now: datetime, **detail: Any) -> None:
    """Write who did what into the audit; details hold no words of a person."""
    row = {"workspace": by.workspace, "subject": by.subject, "what": what, "conversation": id}
    connection.execute(insert(audit).values(**row, detail=json.dumps(detail), created=now))


def put(
    connection: Connection, table: Table, row: dict[str, Any], keys: tuple[str, ...], *, replace: bool = False
) -> bool:
    """Insert a row and tell whether it is in; one with the same keys is replaced where that is asked for."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(row)
    if not replace:
        fresh = statement.on_conflict_do_nothing(index_elements=keys).returning(table.c[keys[0]])
        return connection.execute(fresh).first() is not None
    rest = {name: value for name, value in row.items() if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))
    return True


def _add_versions(connection: Connection, id: str, conversation: Conversation, now: datetime) -> None:
    rows = [
        {
            "conversation": id,
            "number": one.number,
            "kind": one.version.kind,
            "body": encoding.dumped(one.version),
            "created": now,
        }
        for one in conversation.fresh
    ]
    if rows:
        connection.execute(insert(versions), rows)


def _bodies(connection: Connection, id: str, numbers: set[Any]) -> dict[int | None, Version]:
    if not numbers:
        return {}
    which = and_(versions.c.conversation == id, versions.c.number.in_(numbers))
    found: list[Row[Any]] = list(connection.execute(select(versions.c.number, versions.c.body).where(which)))
    return {row.number: encoding.VERSION.validate_json(row.body) for row in found}
