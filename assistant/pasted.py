"""A card inside a message: the lines that are the card, and what is said around them."""

import re
from dataclasses import dataclass

from assistant.intake.tables.lines import items_in

# A table of this many rows, or a list of this many lines with weights, is a card; a wish or two is not.
TABLE_ROWS = 2
LISTED = 3
# Weights that come to about this much are a card, however few.
WHOLE = (95.0, 105.0)
# "Revenue 40, collection 30, margin 30 - good for a rep?"; what is to be changed or supposed begins with a verb.
_OPINION = re.compile(
    r"^(?!(?:what|if|can|could|should|would|make|set|put|change|how|and|suppose)\b|如果|把|能不能|要是)"
    r"(?P<card>.*\d\s*[%％]?)"
    r"\s*[-–—,，.。;；:：]*\s*[^\d]{0,60}[?？]$",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
MOST_TALK = 400


@dataclass(frozen=True, slots=True)
class Pasted:
    """``card`` is the text of the card, ``talk`` the rest of the message."""

    card: str
    talk: str


def pasted(message: str, *, asked: bool) -> Pasted | None:
    """Return the card in a message, ``None`` where there is none.

    ``asked`` says that the message speaks of checking or mending: a list inside a sentence then counts too.
    """
    lines = message.splitlines()
    table = [line for line in lines if _in_table(line)]
    if len(table) >= TABLE_ROWS:
        return Pasted("\n".join(table), _rest(lines, table))
    if len(lines) > 1:
        listed = [line for line in lines if any(items_in(line, ""))]
        if len(listed) >= LISTED or (len(listed) >= TABLE_ROWS and (asked or _whole(listed))):
            return Pasted("\n".join(listed), _rest(lines, listed))
    card = _judged(message) or (message if asked else "")
    return Pasted(card, message[:MOST_TALK]) if len(list(items_in(card, ""))) >= TABLE_ROWS else None


def _judged(message: str) -> str:
    """Return the list of weights, about a hundred in all, of which a message asks what to think; empty without one."""
    match = _OPINION.match(message.strip())
    whole = sum(map(float, _FIGURE.findall(match["card"]))) if match else 0.0
    return match["card"] if match and WHOLE[0] <= whole <= WHOLE[1] else ""


def _in_table(line: str) -> bool:
    return line.count("|") >= 2 or line.count("\t") >= 1


def _rest(lines: list[str], taken: list[str]) -> str:
    return "\n".join(line for line in lines if line not in taken).strip()[:MOST_TALK]


def _whole(listed: list[str]) -> bool:
    """Tell whether the weights of some lines come to about a hundred."""
    texts = [line.weight.text.strip(" %％分") for text in listed for line in items_in(text, "") if line.weight]
    try:
        return WHOLE[0] <= sum(map(float, texts)) <= WHOLE[1]
    except ValueError:
        return False
