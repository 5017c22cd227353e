"""What programs need: keys, saved scorecards with their versions, idempotency receipts, uploaded documents."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"


def upgrade() -> None:
    _keys()
    _scorecards()
    _receipts()
    _uploads()


def _when(name: str, *, needed: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def _text(name: str, *more: sa.ForeignKey, key: bool = False, needed: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *more, primary_key=key, nullable=not needed)


def _number(name: str, *, key: bool = False, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, autoincrement=False, nullable=not needed)


def _keys() -> None:
    op.create_table(
        "keys",
        _text("id", key=True),
        *(_text(name) for name in ("workspace", "name", "scopes", "digest")),
        _when("created"),
        _when("expires", needed=False),
        _when("revoked", needed=False),
    )


def _scorecards() -> None:
    op.create_table(
        "scorecards",
        _text("id", key=True),
        _text("workspace"),
        _text("name"),
        _number("number"),
        _number("revision"),
        _when("created"),
        _when("updated"),
    )
    op.create_index("scorecards_latest", "scorecards", ["workspace", "updated", "id"])
    op.create_table(
        "scorecard_versions",
        _text("scorecard", sa.ForeignKey("scorecards.id", ondelete="CASCADE"), key=True),
        _number("number", key=True),
        *(_text(name) for name in ("name", "state", "author")),
        _text("submitter", needed=False),
        *(_text(name) for name in ("note", "role", "profile", "body")),
        _when("created"),
    )


def _receipts() -> None:
    op.create_table(
        "receipts",
        *(_text(name, key=True) for name in ("workspace", "subject", "key")),
        _text("fingerprint"),
        _number("status", needed=False),
        _text("headers"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        _when("begun"),
    )
    op.create_index("receipts_begun", "receipts", ["begun"])


def _uploads() -> None:
    op.create_table(
        "uploads",
        _text("id", key=True),
        *(_text(name) for name in ("workspace", "subject", "name")),
        _number("size"),
        _text("digest"),
        _text("status"),
        _number("passages"),
        _text("problem", needed=False),
        _number("tries"),
        sa.Column("data", sa.LargeBinary, nullable=True),
        _when("leased", needed=False),
        _when("created"),
        _when("updated"),
        sa.UniqueConstraint("workspace", "name", name="uploads_name"),
    )
    op.create_index("uploads_waiting", "uploads", ["status", "created"])
