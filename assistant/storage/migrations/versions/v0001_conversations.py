"""Conversations with their turns, versions and feedback; the audit; what was learned of model endpoints."""

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None


def upgrade() -> None:
    _conversations()
    _parts()
    _rest()


def _when(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _text(name: str, *more: sa.ForeignKey, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *more, primary_key=key, nullable=False)


def _number(name: str, *, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, autoincrement=False, nullable=False)


def _owner() -> sa.Column[str]:
    return _text("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE"), key=True)


def _conversations() -> None:
    op.create_table(
        "conversations",
        _text("id", key=True),
        *(_text(name) for name in ("workspace", "subject", "title", "language")),
        _number("version"),
        _number("turns"),
        _when("created"),
        _when("updated"),
        _text("state"),
    )
    op.create_index("conversations_latest", "conversations", ["workspace", "subject", "updated", "id"])


def _parts() -> None:
    op.create_table(
        "turns",
        _owner(),
        _number("number", key=True),
        *(_text(name) for name in ("key", "said", "replies", "prose", "note")),
        _when("created"),
        sa.UniqueConstraint("conversation", "key", name="turns_key"),
    )
    op.create_table("versions", _owner(), _number("number", key=True), _text("kind"), _text("body"), _when("created"))
    op.create_table(
        "feedback",
        _text("conversation", key=True),
        _number("turn", key=True),
        _text("subject", key=True),
        _text("verdict"),
        _text("comment"),
        _when("created"),
        sa.ForeignKeyConstraint(["conversation", "turn"], ["turns.conversation", "turns.number"], ondelete="CASCADE"),
    )


def _rest() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        *(_text(name) for name in ("workspace", "subject", "what", "conversation", "detail")),
        _when("created"),
    )
    op.create_table("learned", _text("key", key=True), _text("value"), _when("updated"))
