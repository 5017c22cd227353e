"""How wide columns are, and how much room text takes in a spreadsheet, which fits no merged cell to its text."""

from unicodedata import east_asian_width

from api.export.form import Key
from api.export.layout import Layout

LINES: dict[Layout, float] = {"zh": 13.2, "both": 13.2, "en": 12.2}
"""Height of a line of 9-point text in the font of each layout, in points."""
DENSITY: dict[Layout, float] = {"zh": 1.14, "both": 1.14, "en": 1.24}
"""How many digits of that text fit where a column counts one."""
PADDING = 5.0
HIGHEST = 409.0
"""The highest row that spreadsheets allow."""

WIDTHS: dict[Key, float] = {
    "dimension": 11,
    "indicator": 14.5,
    "definition": 33,
    "threshold": 9.5,
    "target": 9.5,
    "stretch": 9.5,
    "weight": 8,
    "scoring": 25,
    "source": 16.5,
    "provider": 9.5,
    "rater": 10,
    "period": 8.5,
    "score": 7.5,
    "weighted": 10,
}
CENTRED: frozenset[Key] = frozenset({"threshold", "target", "stretch", "weight", "provider", "rater", "period"})


def width(text: str) -> int:
    """Return the width of a text in digits; Chinese characters and their punctuation are two wide."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def lines(text: str, room: float) -> int:
    """Return the number of lines that a text takes in a column."""
    return sum(_wrapped(line, max(room, 2.0)) for line in text.split("\n"))


def height(text: str, wide: float, layout: Layout) -> float:
    """Return the height that a text needs in a column, whose width counts larger digits than the text's."""
    return lines(text, wide * DENSITY[layout] - 1.5) * LINES[layout] + PADDING


def _wrapped(line: str, room: float) -> int:
    taken, used = 1, 0.0
    for word in _words(line):
        size = width(word)
        if used and used + size > room:
            taken, used = taken + 1, 0.0
        over = max(0, -(-size // int(room)) - 1)
        taken, used = taken + over, used + size - over * int(room)
    return taken


def _words(line: str) -> list[str]:
    """Return what stays together on a line: words with the blank behind them, Chinese characters one by one."""
    words, word = [], ""
    for sign in line:
        word += sign
        if sign in " -/" or width(sign) == 2:
            words.append(word)
            word = ""
    return [*words, word] if word else words


def spans(shares: tuple[int, ...], widths: tuple[float, ...]) -> list[tuple[int, int]]:
    """Split columns of a table among those of a smaller one, first and last column of each; none goes empty."""
    ends: list[int] = []
    total, passed = sum(widths), 0
    for place, share in enumerate(shares[:-1]):
        passed += share
        wanted = total * passed / sum(shares)
        low, high = (ends[-1] + 1 if ends else 0), len(widths) - (len(shares) - place)
        ends.append(min(range(low, high + 1), key=lambda end: abs(sum(widths[: end + 1]) - wanted)))
    starts = [0, *(end + 1 for end in ends)]
    return list(zip(starts, [*ends, len(widths) - 1], strict=True))
