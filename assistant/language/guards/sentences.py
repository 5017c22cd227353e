"""Pieces of a stream joined into sentences, each as soon as its end is certain."""

import re
from collections.abc import Iterable, Iterator

_END = re.compile(r"[。！？!?…]+[”’」』）)\"]*|\.+[”’\")]*|\n+")
_SHORT = re.compile(
    r"(?:^|[\s(（])(?:e\.g|i\.e|etc|vs|approx|incl|cf|fig|no|mr|mrs|ms|dr|st|inc|ltd|co|[a-z])$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:^|\n)\s*\d{1,2}$")
_LEADING = re.compile(r"^\s*(?:[-*•·–—]\s+|\d{1,2}[.、)）]\s*)")


class Sentences:
    """Takes text as it comes and gives sentences."""

    def __init__(self) -> None:
        self._held = ""

    def add(self, piece: str) -> Iterator[str]:
        """Yield the sentences that a piece brings to their end."""
        self._held += piece
        while (end := _end(self._held)) is not None:
            sentence, self._held = self._held[:end], self._held[end:]
            if tidied := tidy(sentence):
                yield tidied

    def rest(self) -> str:
        """Return what is left when the stream has ended."""
        held, self._held = tidy(self._held), ""
        return held

    def __len__(self) -> int:
        return len(self._held)


def split(pieces: Iterable[str], most: int) -> Iterator[str]:
    """Yield sentences; one that grows past ``most`` characters comes as it is."""
    sentences = Sentences()
    for piece in pieces:
        yield from sentences.add(piece)
        if len(sentences) > most:
            break
    if rest := sentences.rest():
        yield rest


def tidy(sentence: str) -> str:
    """Return a sentence on one line, without the mark of a list item or of emphasis."""
    bare = _LEADING.sub("", sentence.strip(" \t\r\n")).replace("**", "")
    return re.sub(r"[ \t\r\n]+", " ", bare).strip()


def _end(text: str) -> int | None:
    """Return where the first sentence ends; ``None`` until what follows shows it."""
    for match in _END.finditer(text):
        if match.end() == len(text):
            return None
        if match.group()[0] != "." or _full_stop(text, match):
            return match.end()
    return None


def _full_stop(text: str, match: re.Match[str]) -> bool:
    """Tell whether a point ends a sentence: none within a number, behind an abbreviation or before a small letter."""
    before, after = text[: match.start()], text[match.end() :]
    if not after[0].isspace():
        return "\u4e00" <= after[0] <= "\u9fff"
    if _NUMBERED.search(before) or _SHORT.search(before):
        return False
    following = after.lstrip()
    return "\n" in after or (bool(following) and not following[0].islower())
