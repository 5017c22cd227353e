"""Scorecards that a workspace keeps: versions, and the way from draft to approved or back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, insert, or_, select, update

from assistant.errors import Outdated, UnknownName, WrongState
from assistant.models import Scorecard
from assistant.principal import Principal
from assistant.storage import keeping
from assistant.storage.models import Saved, SavedHeading, State
from assistant.storage.records import Records
from assistant.storage.tables import scorecard_versions as versions
from assistant.storage.tables import scorecards

HEADING = (
    scorecards.c.id,
    scorecards.c.revision,
    scorecards.c.updated,
    *(versions.c[name] for name in ("number", "name", "state", "author", "submitter", "note", "role", "profile")),
    versions.c.created,
)
OPEN_TO = {"submit": ("draft", "returned"), "approve": ("submitted",), "send_back": ("submitted",)}


class SavedCards(Records):
    """The scorecards of all workspaces; whoever is in a workspace sees the workspace's, and no others.

    ``expected`` is the revision that the caller saw: ``Outdated`` where somebody changed the scorecard since.
    A scorecard that is not there and one of another workspace are the same ``UnknownName``.
    """

    def create(self, by: Principal, card: Scorecard, name: str, note: str = "", id: str | None = None) -> Saved:
        """Keep a scorecard as the first version, a draft; one of that id that is there already stays as it is."""
        new, now = id or str(uuid4()), self.now()
        head = {"id": new, "workspace": by.workspace, "name": name, "number": 1, "revision": 1}

        def act(connection: Connection) -> Saved:
            if keeping.put(connection, scorecards, head | {"created": now, "updated": now}, ("id",)):
                _add(connection, by, new, 1, name, card, note, now)
                keeping.note(connection, by, "scorecard created", new, now)
            return _load(connection, by, new)

        return self._write(act)

    def read(self, by: Principal, id: str, number: int | None = None) -> Saved:
        """Return the latest version, or one by its number."""
        return self._read(lambda connection: _load(connection, by, id, number))

    def list(self, by: Principal, most: int, before: str | None = None, name: str = "") -> tuple[SavedHeading, ...]:
        """Return the workspace's scorecards, the latest change first, from below the one with the id ``before``."""
        return self._read(lambda connection: _listed(connection, by, most, before, name))

    def versions(self, by: Principal, id: str, most: int, before: int | None = None) -> tuple[SavedHeading, ...]:
        """Return the versions, the newest first, from below the number ``before``."""

        def act(connection: Connection) -> tuple[SavedHeading, ...]:
            _head(connection, by, id)
            which = _joined().where(scorecards.c.id == id)
            if before is not None:
                which = which.where(versions.c.number < before)
            return _headings(connection, which.order_by(versions.c.number.desc()).limit(most))

        return self._read(act)

    def write(
        self, by: Principal, id: str, expected: int, card: Scorecard, name: str | None = None, note: str = ""
    ) -> Saved:
        """Add a version, which is a draft."""
        return self._changed(
            by, id, expected, lambda connection, head, now: _next(connection, by, head, card, name, note, now)
        )

    def restore(self, by: Principal, id: str, expected: int, number: int) -> Saved:
        """Add a version with the card of an earlier one."""

        def act(connection: Connection, head: Row[Any], now: datetime) -> None:
            old = _load(connection, by, id, number)
            _next(connection, by, head, old.card, old.name, "", now)

        return self._changed(by, id, expected, act)

    def submit(self, by: Principal, id: str, expected: int, note: str = "") -> Saved:
        """Ask for approval of the latest version."""
        return self._moved(by, id, expected, "submit", "submitted", note)

    def approve(self, by: Principal, id: str, expected: int, note: str = "") -> Saved:
        """Approve what somebody else submitted."""
        return self._moved(by, id, expected, "approve", "approved", note)

    def send_back(self, by: Principal, id: str, expected: int, note: str = "") -> Saved:
        """Return what was submitted to its author."""
        return self._moved(by, id, expected, "send_back", "returned", note)

    def delete(self, by: Principal, id: str, expected: int) -> None:
        """Take a scorecard away with its versions; the audit keeps that it was there."""
        now = self.now()

        def act(connection: Connection) -> None:
            _take(connection, by, id, expected, now)
            connection.execute(delete(versions).where(versions.c.scorecard == id))
            connection.execute(delete(scorecards).where(scorecards.c.id == id))
            keeping.note(connection, by, "scorecard deleted", id, now)

        self._write(act)

    def _moved(self, by: Principal, id: str, expected: int, step: str, to: State, note: str) -> Saved:
        def act(connection: Connection, head: Row[Any], now: datetime) -> None:
            latest = _load(connection, by, id)
            _allow(latest, step, by)
            told = {"state": to, "note": note or latest.note}
            asked = {"submitter": by.subject} if step == "submit" else {}
            connection.execute(update(versions).where(_version(id, head.number)).values(**told, **asked))
            keeping.note(connection, by, f"scorecard {to}", id, now, number=head.number)

        return self._changed(by, id, expected, act)

    def _changed(
        self, by: Principal, id: str, expected: int, act: Callable[[Connection, Row[Any], datetime], None]
    ) -> Saved:
        now = self.now()

        def change(connection: Connection) -> Saved:
            act(connection, _take(connection, by, id, expected, now), now)
            return _load(connection, by, id)

        return self._write(change)


def _take(connection: Connection, by: Principal, id: str, expected: int, now: datetime) -> Row[Any]:
    """Take the next revision, which holds others off until the transaction ends, and return the head before it."""
    head = _head(connection, by, id)
    fresh = update(scorecards).where(scorecards.c.id == id, scorecards.c.revision == expected)
    if connection.execute(fresh.values(revision=expected + 1, updated=now)).rowcount == 0:
        raise Outdated(head.revision)
    return head


def _head(connection: Connection, by: Principal, id: str) -> Row[Any]:
    mine = and_(scorecards.c.id == id, scorecards.c.workspace == by.workspace)
    row = connection.execute(select(scorecards).where(mine)).first()
    if row is None:
        raise UnknownName("scorecard", id)
    return row


def _allow(latest: Saved, step: str, by: Principal) -> None:
    if latest.state not in OPEN_TO[step]:
        raise WrongState(_WRONG[latest.state])
    if step == "approve" and by.subject in {latest.submitter, latest.author}:
        raise WrongState("error.own_approval")


_WRONG = {
    "draft": "error.state_draft",
    "submitted": "error.state_submitted",
    "approved": "error.state_approved",
    "returned": "error.state_returned",
}


def _next(
    connection: Connection, by: Principal, head: Row[Any], card: Scorecard, name: str | None, note: str, now: datetime
) -> None:
    number, named = head.number + 1, name or head.name
    connection.execute(update(scorecards).where(scorecards.c.id == head.id).values(number=number, name=named))
    _add(connection, by, head.id, number, named, card, note, now)
    keeping.note(connection, by, "scorecard changed", head.id, now, number=number)


def _add(
    connection: Connection,
    by: Principal,
    id: str,
    number: int,
    name: str,
    card: Scorecard,
    note: str,
    now: datetime,
) -> None:
    row = {
        "scorecard": id,
        "number": number,
        "name": name,
        "state": "draft",
        "author": by.subject,
        "submitter": None,
        "note": note,
        "role": card.role or "",
        "profile": card.profile,
        "body": card.model_dump_json(exclude={"dimensions"}),
        "created": now,
    }
    connection.execute(insert(versions).values(row))


def _version(id: str, number: int) -> ColumnElement[bool]:
    return and_(versions.c.scorecard == id, versions.c.number == number)


def _joined(*more: Any) -> Select[Any]:
    return select(*HEADING, *more).join(versions, versions.c.scorecard == scorecards.c.id)


def _load(connection: Connection, by: Principal, id: str, number: int | None = None) -> Saved:
    head = _head(connection, by, id)
    wanted = head.number if number is None else number
    row = connection.execute(_joined(versions.c.body).where(_version(id, wanted))).first()
    if row is None:
        raise UnknownName("version", str(wanted))
    plain = {name: value for name, value in row._mapping.items() if name != "body"}
    return Saved(**plain, card=Scorecard.model_validate_json(row.body))


def _listed(
    connection: Connection, by: Principal, most: int, before: str | None, name: str
) -> tuple[SavedHeading, ...]:
    which = _joined().where(scorecards.c.workspace == by.workspace, versions.c.number == scorecards.c.number)
    if name:
        which = which.where(scorecards.c.name.icontains(name, autoescape=True))
    if before is not None:
        place, at = _head(connection, by, before), scorecards.c.updated
        which = which.where(or_(at < place.updated, and_(at == place.updated, scorecards.c.id < before)))
    return _headings(connection, which.order_by(scorecards.c.updated.desc(), scorecards.c.id.desc()).limit(most))


def _headings(connection: Connection, which: Select[Any]) -> tuple[SavedHeading, ...]:
    return tuple(SavedHeading.model_validate(dict(row._mapping)) for row in connection.execute(which))
