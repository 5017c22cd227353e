"""Markdown cut into chunks at its headings; a sentence or a table is never cut.

A chunk holds at most ``MOST`` units, where a Chinese character counts one and any other character ``LATIN``: about
what the default embedding model reads at once. A single sentence or table that is longer stays whole; only a table
beyond ``MOST_TABLE`` is parted between its rows, with its heading row repeated.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.retrieval.models import SECTION_MARK, Chunk, Origin
from assistant.retrieval.sentences import sentences
from knowledge.models import Language

VERSION = 2
"""Raise it when the same text is cut in another way."""
MOST = 450.0
MOST_TABLE = 4 * MOST
LATIN = 0.35
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    text: str
    level: int = 0


def size(text: str) -> float:
    """Return the length of a text in units."""
    han = len(_HAN.findall(text))
    return han + LATIN * (len(text) - han)


def chunks(document: str, title: str, text: str, language_of: Callable[[str], Language]) -> list[Chunk]:
    """Cut a company's document, given as Markdown."""
    key = hashlib.sha256(document.encode()).hexdigest()[:16]
    parts = enumerate(_parts(text))
    return [
        made(f"{key}-{number:05d}", document, number, title, section, part, language_of(part), "company")
        for number, (section, part) in parts
    ]


def made(
    id: str, document: str, number: int, title: str, section: str, text: str, language: Language, origin: Origin
) -> Chunk:
    return Chunk(
        id=id,
        document=document,
        number=number,
        title=title,
        section=section,
        text=text,
        language=language,
        origin=origin,
    )


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each chunk's headings and its text."""
    path: list[tuple[int, str]] = []
    held: list[_Block] = []
    for block, following in zip_longest(blocks := list(_blocks(text)), blocks[1:]):
        if block.kind != "heading":
            held.append(block)
            continue
        above = [one for one in path if one[0] < block.level]
        bare = _is_bare(block, following)
        if not bare or above != path:
            yield from ((_section(path), part) for part in _packed(held))
            held = []
        path = above if bare else [*above, (block.level, block.text)]
        held += [_Block("paragraph", block.text)] if bare else []
    yield from ((_section(path), part) for part in _packed(held))


def _is_bare(heading: _Block, following: _Block | None) -> bool:
    """Tell whether nothing stands below a heading, so that it is text itself."""
    return following is None or (following.kind == "heading" and following.level <= heading.level)


def _section(path: list[tuple[int, str]]) -> str:
    return SECTION_MARK.join(heading for _, heading in path)


@cache
def markdown() -> MarkdownIt:
    # What stands inside a paragraph is not looked at: that can take time without end. Lines that look like the targets
    # of links stay text.
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["inline", "reference"])


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the top-level parts of a Markdown text as they stand in it."""
    lines = text.splitlines()
    tokens = markdown().parse(text)
    for index, token in enumerate(tokens):
        if token.level or token.map is None or token.nesting < 0:
            continue
        yield _block(token, tokens[index + 1 : index + 2], "\n".join(lines[token.map[0] : token.map[1]]).strip("\n"))


def _block(token: Token, inside: list[Token], raw: str) -> _Block:
    if token.type == "heading_open":
        return _Block("heading", inside[0].content.strip(), int(token.tag[1:]))
    return _Block(token.type.removesuffix("_open"), raw)


def _packed(blocks: Iterable[_Block]) -> Iterator[str]:
    """Put blocks together up to the limit, parting those that are longer between sentences, items or rows."""
    held, total = "", 0.0
    for gap, piece in _pieces(blocks):
        more = size(piece)
        if held and total + more > MOST:
            yield held
            held, total = "", 0.0
        held = held + gap + piece if held else piece.lstrip("\n")
        total += more
    if held.strip():
        yield held


def _pieces(blocks: Iterable[_Block]) -> Iterator[tuple[str, str]]:
    """Yield what must not be cut, each with what stands before it in the text."""
    for block in blocks:
        for index, piece in enumerate(_uncut(block)):
            yield ("\n\n" if index == 0 else "\n" if block.kind != "paragraph" else ""), piece


def _uncut(block: _Block) -> list[str]:
    if block.kind == "table":
        return _tables(block.text)
    if size(block.text) <= MOST:
        return [block.text]
    if block.kind == "paragraph":
        return sentences(block.text)
    return [piece for line in block.text.splitlines() for piece in _line(line)]


def _line(line: str) -> list[str]:
    return [line] if size(line) <= MOST else sentences(line)


def _tables(table: str) -> list[str]:
    """Part a very long table between rows; each part begins with its heading row."""
    if size(table) <= MOST_TABLE:
        return [table]
    heading, rule, *rows = table.splitlines()
    parts, held = [], [heading, rule]
    for row in rows:
        if len(held) > 2 and size("\n".join([*held, row])) > MOST:
            parts.append("\n".join(held))
            held = [heading, rule]
        held.append(row)
    return [*parts, "\n".join(held)]
