"""The tables as the newest migration leaves them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

UNSTORABLE = str.maketrans({0: "�", **dict.fromkeys(range(0xD800, 0xE000), "�")})
"""PostgreSQL takes no NUL, and neither database half a surrogate pair."""


class Words(TypeDecorator[str]):
    """Text that a person or a program sent; what cannot be stored stands as the replacement character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return value.translate(UNSTORABLE) if value is not None else None


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()


def _conversation(**more: Any) -> Column[Any]:
    return Column("conversation", Words, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, **more)


conversations = Table(
    "conversations",
    metadata,
    Column("id", Words, primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("subject", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("language", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("state", Text, nullable=False),
)
turns = Table(
    "turns",
    metadata,
    _conversation(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("key", Words, nullable=False),
    Column("said", Words, nullable=False),
    Column("replies", Text, nullable=False),
    Column("prose", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("created", Moment, nullable=False),
)
versions = Table(
    "versions",
    metadata,
    _conversation(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created", Moment, nullable=False),
)
feedback = Table(
    "feedback",
    metadata,
    Column("conversation", Words, primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("subject", Words, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("comment", Words, nullable=False),
    Column("created", Moment, nullable=False),
    ForeignKeyConstraint(["conversation", "turn"], ["turns.conversation", "turns.number"], ondelete="CASCADE"),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("subject", Words, nullable=False),
    Column("what", Text, nullable=False),
    Column("conversation", Words, nullable=False),
    Column("detail", Text, nullable=False),
    Column("created", Moment, nullable=False),
)
learned = Table(
    "learned",
    metadata,
    Column("key", Words, primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated", Moment, nullable=False),
)
keys = Table(
    "keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=True),
    Column("revoked", Moment, nullable=True),
)
scorecards = Table(
    "scorecards",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
)
scorecard_versions = Table(
    "scorecard_versions",
    metadata,
    Column("scorecard", Text, ForeignKey("scorecards.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("author", Words, nullable=False),
    Column("submitter", Words, nullable=True),
    Column("note", Words, nullable=False),
    Column("role", Text, nullable=False),
    Column("profile", Words, nullable=False),
    Column("body", Text, nullable=False),
    Column("created", Moment, nullable=False),
)
receipts = Table(
    "receipts",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("subject", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("fingerprint", Text, nullable=False),
    Column("status", Integer, nullable=True),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("begun", Moment, nullable=False),
)
uploads = Table(
    "uploads",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workspace", Text, nullable=False),
    Column("subject", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("problem", Text, nullable=True),
    Column("tries", Integer, nullable=False),
    Column("data", LargeBinary, nullable=True),
    Column("leased", Moment, nullable=True),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
)
inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Words, nullable=False),
    Column("lane", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("status", Text, nullable=False),
    Column("body", Words, nullable=True),
    Column("tries", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("unclear", Integer, nullable=False),
    Column("due", Moment, nullable=False),
    Column("leased", Moment, nullable=True),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
)
people = Table(
    "people",
    metadata,
    Column("workspace", Text, primary_key=True),
    Column("subject", Words, primary_key=True),
    Column("language", Text, nullable=False),
    Column("updated", Moment, nullable=False),
)
