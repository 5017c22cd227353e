"""What chat surfaces need: messages taken and still to be answered, and the language that people asked for."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"


def upgrade() -> None:
    _inbox()
    _people()


def _when(name: str, *, needed: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def _text(name: str, *, key: bool = False, needed: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=not needed)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(_text(name) for name in ("key", "lane", "source", "status")),
        _text("body", needed=False),
        *(_number(name) for name in ("tries", "steps", "unclear")),
        _when("due"),
        _when("leased", needed=False),
        _when("created"),
        _when("updated"),
        sa.UniqueConstraint("key", name="inbox_key"),
    )
    op.create_index("inbox_waiting", "inbox", ["status", "due"])
    op.create_index("inbox_lane", "inbox", ["lane", "status"])
    op.create_index("inbox_source", "inbox", ["source"])


def _people() -> None:
    op.create_table(
        "people", _text("workspace", key=True), _text("subject", key=True), _text("language"), _when("updated")
    )
