"""The sentences of a Markdown text as they are quoted: without marks, tables left out."""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.retrieval.sentences import sentences

_EXAMPLE = re.compile(r"例[：:，如]|例如|Example", re.IGNORECASE)


def prose(text: str, *, lists: bool = True) -> list[str]:
    """Return the sentences of paragraphs in their order, and those of lists unless they are left out."""
    return [part for line in _lines(text, lists) for sentence in sentences(line) if (part := sentence.strip())]


def quotable(text: str, *, lists: bool = True) -> list[str]:
    """Return the sentences that stand by themselves: no example, nothing that only leads to a list."""
    return [
        sentence for sentence in prose(text, lists=lists) if not _EXAMPLE.match(sentence) and sentence[-1] not in ":："
    ]


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _lines(text: str, lists: bool) -> Iterator[str]:
    tokens = _markdown().parse(text)
    for index, token in enumerate(tokens):
        if token.type == "inline" and tokens[index - 1].type == "paragraph_open" and (lists or token.level == 1):
            yield " ".join(_plain(token).split("\n")) if token.content.isascii() else _plain(token).replace("\n", "")


def _plain(token: Token) -> str:
    return "".join("\n" if part.type == "softbreak" else part.content for part in token.children or ())
