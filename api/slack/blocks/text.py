"""The pieces of Block Kit that text is made of, each within Slack's limits."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ContextBlock,
    HeaderBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextListElement,
    RichTextSectionElement,
)

Block = dict[str, Any]
Part = RichTextElementParts.Text
Line = str | Sequence[Part]
"""A line of text, or its parts."""
LONGEST = 3000
"""Characters of a block."""
HEADER = 150
PIECE = LONGEST - HEADER - 1
"""Characters of a line that still go below a title."""
NOTE = 2000
NOTES = 10
"""Elements of a context block."""
POINTS = 5
"""Points of weight for which a bar has a mark."""


def words(text: str, *, bold: bool = False, italic: bool = False) -> Part:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return Part(text=text, style=style or None)


def short(text: str, most: int) -> str:
    """Return a text cut to what a place holds."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def header(text: str) -> Block:
    return _block(HeaderBlock(text=PlainTextObject(text=short(text, HEADER), emoji=False)))


def paragraphs(lines: Iterable[Line]) -> Iterator[Block]:
    """Yield blocks with each line as a paragraph of its own."""
    for group in _grouped(lines):
        yield _rich(RichTextSectionElement(elements=[part for parts in _spaced(group) for part in parts]))


def listing(title: str, lines: Iterable[Line]) -> Iterator[Block]:
    """Yield a title in bold with a list below it; nothing where there are no lines."""
    head = [RichTextSectionElement(elements=[words(short(title, HEADER), bold=True)])] if title else []
    for group in _grouped(_joined(lines), len(short(title, HEADER))):
        rows = [RichTextSectionElement(elements=list(parts)) for parts in group]
        yield _rich(*head, RichTextListElement(style="bullet", elements=rows))
        head = []


def small(lines: Sequence[str]) -> Iterator[Block]:
    """Yield notes in small grey print."""
    group: list[PlainTextObject] = []
    for line in (short(line, NOTE) for line in lines if line):
        if group and (len(group) == NOTES or sum(len(one.text) for one in group) + len(line) > LONGEST):
            yield _block(ContextBlock(elements=group))
            group = []
        group.append(PlainTextObject(text=line, emoji=False))
    if group:
        yield _block(ContextBlock(elements=group))


def bar(weight: float) -> str:
    """Return a weight as a bar, a mark for every five points."""
    return "▰" * max(1, round(weight / POINTS)) if weight > 0 else ""


def _rich(*elements: Any) -> Block:
    return _block(RichTextBlock(elements=list(elements)))


def _block(made: Any) -> Block:
    found: Block = made.to_dict()
    return found


def _spaced(group: list[list[Part]]) -> Iterator[list[Part]]:
    for number, parts in enumerate(group):
        yield [*([words("\n")] if number else []), *parts]


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines, those that are indented as part of the one above."""
    held: Line | None = None
    for line in lines:
        if isinstance(line, str) and isinstance(held, str) and line.startswith(" "):
            held = f"{held}\n{line.strip()}"
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _grouped(lines: Iterable[Line], taken: int = 0) -> Iterator[list[list[Part]]]:
    """Yield lines in groups that a block holds; a line longer than a block goes on in the next.

    ``taken`` characters of the first are taken already.
    """
    group: list[list[Part]] = []
    size = taken
    for parts in (piece for line in lines for piece in _pieces(line)):
        length = sum(len(part.text) + 1 for part in parts)
        if group and size + length > LONGEST:
            yield group
            group, size = [], 0
        group.append(parts)
        size += length
    if group:
        yield group


def _pieces(line: Line) -> Iterator[list[Part]]:
    parts = [words(line)] if isinstance(line, str) else list(line)
    parts = [part for part in parts if part.text]
    if sum(len(part.text) + 1 for part in parts) <= PIECE:
        if parts:
            yield parts
        return
    for part in parts:
        for start in range(0, len(part.text), PIECE - 1):
            yield [Part(text=part.text[start : start + PIECE - 1], style=part.style)]
