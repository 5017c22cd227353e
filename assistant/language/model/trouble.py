"""What went wrong with one request, told without any of its text."""

from assistant.errors import Cause

Mention = str
"""What a server's refusal speaks of: ``format``, ``temperature``, ``length`` or ``quota``."""


class Trouble(Exception):
    """A failed request; ``after`` are the seconds the server asked to wait."""

    def __init__(
        self,
        cause: Cause,
        status: int | None = None,
        after: float | None = None,
        mentions: frozenset[Mention] = frozenset(),
    ) -> None:
        super().__init__(cause)
        self.cause, self.status, self.after, self.mentions = cause, status, after, mentions

    @property
    def passing(self) -> bool:
        """Whether the same request can succeed a moment later."""
        if self.cause == "limit":
            return "quota" not in self.mentions
        return self.cause in {"refused", "server"} and "format" not in self.mentions

    @property
    def counts(self) -> bool:
        """Whether it speaks against the server, rather than against one request or answer."""
        return self.cause in {"refused", "certificate", "key", "limit", "server", "slow", "cut"}
