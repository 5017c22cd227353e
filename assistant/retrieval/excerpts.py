"""The part of a passage that speaks to a question: whole sentences, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assistant.retrieval.chunks import size
from assistant.retrieval.sentences import sentences
from assistant.retrieval.tokens import tokens

MOST = 200.0
"""Units of an excerpt, as ``chunks.size`` counts them; a single sentence may be longer."""
GAP = " … "
LONGEST = 3 * MOST
"""Units of a sentence that is shown whole; what is longer is none."""
_ROW = re.compile(r"^\s*\|")
_RULE = re.compile(r"^\s*\|[\s:|-]+\|?\s*$")


@dataclass(frozen=True, slots=True)
class _Part:
    """What is shown whole or not at all; ``before`` parts it from what stands before it."""

    text: str
    before: str = ""


def excerpt(text: str, question: str, most: float = MOST) -> str:
    """Return the sentences, items and rows of a passage that share most with a question, up to a length.

    Where none shares a word with it, as between two languages, the beginning of the passage is returned.
    """
    parts = list(_parts(text, most))
    asked = set(tokens(question))
    shares = [len(asked & set(tokens(part.text))) / (1 + 0.002 * size(part.text)) for part in parts]
    best = max(shares, default=0)
    ranked = sorted(range(len(parts)), key=lambda place: (-shares[place], place))
    # What shares next to nothing would only be there to fill.
    return _joined(parts, _fitting(parts, [place for place in ranked if shares[place] >= best / 3], most))


def _fitting(parts: list[_Part], ranked: list[int], most: float) -> list[int]:
    """Return the places of the best parts that fit, in the order of the text; the first always does."""
    taken, total = ranked[:1], sum(size(parts[place].text) for place in ranked[:1])
    for place in ranked[1:]:
        total += size(parts[place].text)
        if total > most:
            break
        taken.append(place)
    return sorted(taken)


def _joined(parts: list[_Part], places: list[int]) -> str:
    shown, last = "", -1
    for place in places:
        part = parts[place]
        if shown:
            shown += part.before if place == last + 1 else "\n" if "\n" in part.before else GAP
        shown += _shortened(part.text)
        last = place
    return shown


def _shortened(text: str) -> str:
    return text if size(text) <= LONGEST else text[: int(MOST)].rstrip() + "…"


def _parts(text: str, most: float) -> Iterator[_Part]:
    """Yield sentences and items; a table is one part if it is short, otherwise each row with its headings."""
    for in_table, lines in groupby(text.strip().splitlines(), key=lambda line: bool(_ROW.match(line))):
        run = list(lines)
        if in_table:
            yield from (_Part(row, "\n") for row in _table(run, most))
        else:
            yield from (part for line in run if line.strip() for part in _line(line))


def _line(line: str) -> Iterator[_Part]:
    before = "\n"
    for sentence in sentences(line.rstrip()):
        yield _Part(sentence.strip(), before)
        before = sentence[len(sentence.rstrip()) :]


def _table(lines: list[str], most: float) -> list[str]:
    if size(table := "\n".join(lines)) <= most or len(lines) < 3 or not _RULE.match(lines[1]):
        return [table]
    headings = _cells(lines[0])
    return ["; ".join(_named(headings, _cells(line))) for line in lines[2:]]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _named(headings: list[str], cells: list[str]) -> Iterator[str]:
    for place, cell in enumerate(cells):
        heading = headings[place] if place < len(headings) else ""
        if cell:
            yield f"{heading}: {cell}" if heading else cell
