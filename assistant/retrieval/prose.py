"""The sentences of a Markdown text as they are quoted: without marks, tables left out."""

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.retrieval.sentences import sentences

_EXAMPLE = re.compile(r"例[：:，如]|例如|Example|A worked|Worked", re.IGNORECASE)
# A line that goes on: no space between Chinese characters, one between words.
_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_SUM = re.compile(r"\d[\d.,%]*\s*[＝=÷×＋+]\s*[（(]?\d")


def prose(text: str, *, lists: bool = True) -> list[str]:
    """Return the sentences of paragraphs in their order, and those of lists unless they are left out."""
    return [part for line in _lines(text, lists) for sentence in sentences(line) if (part := sentence.strip())]


def quotable(text: str, *, lists: bool = True) -> list[str]:
    """Return the sentences that stand by themselves: no example or sum, nothing that only leads to a list."""
    said = prose(text, lists=lists)
    return [one for one in said if not (is_example(one) or _SUM.search(one) or one[-1] in ":：")]


def is_example(text: str) -> bool:
    """Tell whether a heading or a sentence begins an example, which says little out of its place."""
    return _EXAMPLE.match(text) is not None


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _lines(text: str, lists: bool) -> Iterator[str]:
    tokens = _markdown().parse(text)
    for index, token in enumerate(tokens):
        if token.type == "inline" and tokens[index - 1].type == "paragraph_open" and (lists or token.level == 1):
            yield _BETWEEN_HAN.sub("", _plain(token)).replace("\n", " ")


def _plain(token: Token) -> str:
    return "".join("\n" if part.type == "softbreak" else part.content for part in token.children or ())
