"""Who asks: every capability is called on behalf of a principal."""

from typing import Annotated, Literal

from pydantic import Field

from assistant.errors import NotAllowed
from knowledge.models import Frozen

Scope = Literal["read", "write", "approve", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "write", "approve", "admin")
WORKSPACE = r"^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?$"
"""Names that an index can carry."""


class Principal(Frozen):
    """A person or a program within a workspace; nothing of one workspace is seen from another."""

    workspace: Annotated[str, Field(pattern=WORKSPACE)]
    subject: Annotated[str, Field(min_length=1, max_length=200)]
    """Stable id: of an API key, a Slack user, an account."""
    name: str = ""
    scopes: frozenset[Scope] = frozenset(SCOPES)
    """``read``: draft, check, search and look at what is kept; ``write``: hold conversations, keep scorecards, bring in
    documents; ``approve``: approve scorecards or send them back; ``admin``: see and delete what others of the workspace
    have left, and manage its keys."""

    def must(self, scope: Scope) -> None:
        """Refuse what this principal may not do, with ``NotAllowed``."""
        if scope not in self.scopes:
            raise NotAllowed(scope)


LOCAL = Principal(workspace="local", subject="local")
"""Whoever works on this machine without an account."""
