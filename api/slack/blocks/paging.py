"""Long answers in several messages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from api.slack.blocks.text import Block

MOST = 50
"""Blocks of a message."""
LONGEST = 12_000
"""Characters of a message; Slack refuses those much longer."""
NOTICE = 300
"""Characters of what a notification shows."""


@dataclass(frozen=True)
class Post:
    """One message: what it shows, and what a notification or a screen reader says of it."""

    blocks: tuple[Block, ...]
    text: str


def paged(blocks: Iterable[Block], text: str) -> tuple[Post, ...]:
    """Return blocks as the fewest messages that hold them, in their order."""
    notice = literal(" ".join(text.split())[:NOTICE])
    return tuple(Post(tuple(page), notice) for page in _pages(blocks))


def size(block: Any) -> int:
    """Return the number of characters that a block shows."""
    if isinstance(block, dict):
        return sum(
            len(value) if key == "text" and isinstance(value, str) else size(value) for key, value in block.items()
        )
    return sum(map(size, block)) if isinstance(block, list) else 0


def literal(text: str) -> str:
    """Return a text for a field that Slack would take for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pages(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    page: list[Block] = []
    length = 0
    for block in blocks:
        if page and (len(page) == MOST or length + size(block) > LONGEST):
            yield page
            page, length = [], 0
        page.append(block)
        length += size(block)
    if page:
        yield page
