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
# A list inside a sentence: "could you review this? Revenue 50, calls 30, attitude 20. It's for a sales rep".
_LINE = r"[^\d,，;；、:：.。?？!！\n]{2,40}?\s*[:：=]?\s*\d{1,3}\s*(?:%|％|分|percent|points?)?"
_RUN = re.compile(rf"{_LINE}(?:\s*(?:[,，;；、/+]|\band\b|和)\s*(?:and\s+)?{_LINE}){{2,}}", re.IGNORECASE)
_LOOKED_AT = re.compile(
    r"\b(?:check|review|audit|assess|feedback|opinion|look at|what do you think|any good|is this|ok|okay|sound|valid)\b"
    r"|检查|看看|看一下|看下|审|把关|怎么样|合理|行不行|行吗|可以吗|有没有问题|诊断",
    re.IGNORECASE,
)
_TO_CHANGE = re.compile(
    r"^\W*(?:please |can you |could you |now )?(?:set|put|make|change|give|raise|lower)\b|^(?:请|帮我)?(?:把|将|设|改)",
    re.IGNORECASE,
)
# What stands before the first name of such a list: "pls check revenue 40, ...", 帮我看看销售额40.
_LEAD = re.compile(
    r"\s*(?:(?:please|pls|can you|could you|check|review|audit|assess|look at|this|it|my|our|the|card|scorecard|ok"
    r"|is)\b\s*)+"
    r"|\s*(?:请|帮我|帮忙|检查|审核|审一下|看看|看一下|看下|一下|这张|这个|表|把关|下)+",
    re.IGNORECASE,
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
    if (run := _listed(message)) is not None:
        return run
    card = _judged(message) or (message if asked and not _TO_CHANGE.match(message) else "")
    return Pasted(card, message[:MOST_TALK]) if len(list(items_in(card, ""))) >= TABLE_ROWS else None


def _listed(message: str) -> Pasted | None:
    """Return the list of weights, about a hundred in all, inside a message that wants it looked at."""
    if not _LOOKED_AT.search(message) or _TO_CHANGE.match(message) or (run := _RUN.search(message)) is None:
        return None
    if not WHOLE[0] <= sum(map(float, _FIGURE.findall(run.group()))) <= WHOLE[1]:
        return None
    lead = _LEAD.match(run.group())
    card = run.group()[lead.end() if lead else 0 :]
    return Pasted(card, f"{message[: run.start()]} {message[run.end() :]}".strip()[:MOST_TALK])


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
