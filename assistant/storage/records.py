"""What every kind of record shares: the database, the clock, and transactions whose rows can be read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import ValidationError
from sqlalchemy import Connection

from assistant.errors import StoreTrouble
from assistant.storage.database import Database

_Value = TypeVar("_Value")


def utc_now() -> datetime:
    return datetime.now(UTC)


class Records:
    """One kind of record in a database."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self.database, self.now = database, now

    def _read(self, act: Callable[[Connection], _Value]) -> _Value:
        with self._readable():
            return self.database.read(act)

    def _write(self, act: Callable[[Connection], _Value]) -> _Value:
        with self._readable():
            return self.database.write(act)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except ValidationError:
            # What it says shows the person's words.
            raise StoreTrouble("store.unreadable", self.database.place) from None
