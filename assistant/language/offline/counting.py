"""Numbers that count: the lines a card is to have, or things that are neither lines nor weights."""

import re

from assistant.language.offline.clauses import Token
from assistant.language.offline.numbers import Number
from assistant.language.offline.patterns import spoken
from assistant.models import Count

_MOST_LINES = 100
# "three OEMs": a number and what it counts.
_THING = re.compile(r"\s+([a-z]{3,})", re.IGNORECASE)
# Words behind a number that are no things counted: what belongs to weights and lines, and grammar.
_NO_THINGS = frozenset(
    [
        "percent", "per", "points", "point", "pts", "weight", "max", "min", "total", "overall", "each", "more", "less",
        "lines", "line", "items", "item", "kpis", "kpi", "measures", "measure", "indicators", "indicator", "metrics",
        "metric", "for", "and", "but", "with", "from", "off", "plus", "not", "the", "this", "that",
        "there", "here", "then", "now", "again", "instead", "please", "too", "enough", "altogether",
        "are", "has", "have", "should", "would", "will", "can", "could", "may", "must",
        "seems", "looks", "sounds", "feels",
    ]
)  # fmt: skip
# Lines, behind a number word: 一项指标, "one more KPI".
_LINES = re.compile(r"\s*(?:个指标|项指标|kpi|item|line|measure|metric|indicator|percent|point|%)")
# The number of lines said as such: "KPI count: 6", 指标数量为6.
_STATED = re.compile(
    r"(?:number of (?:kpis|items|lines|indicators|measures|metrics)|kpi count|指标(?:数量?|个数)|几项)"
    r"\s*[:：=是为]?\s*(\d{1,2})"
)
# What is found wrong is not what is wanted: 8个太多了, "nine items are too many".
_COMPLAINT = spoken(r"\s*(?:个|项|条|items|lines|kpis|measures)?\s*(?:是|有点|就)?(?:太|是太|is |are )(?:少|多|too)")
# Before a number that stands alone: 减到5, "make it six".
_MAKE_IT = re.compile(r"make it\s*$|改成\s*$|减到\s*$|精简到\s*$|压缩到\s*$")


def count(clause: list[Token], text: str, alone: bool) -> Count | None:
    """Return the wished number of items; ``alone`` says that the message names nothing else the number could count."""
    kinds = {token.kind for token in clause}
    if stated := _STATED.search(text):
        return _bounded(int(stated[1]), kinds)
    for token in clause:
        whole = _whole(token)
        if whole is None or (whole == 1 and kinds & {"indicator", "include"}):
            continue  # "add one more line: returns"
        if _COMPLAINT.match(text, token.end):
            continue
        if _counts_lines(token, clause, text) or (alone and _MAKE_IT.search(text[: token.start])):
            return _bounded(whole, kinds)
    return None


def _whole(token: Token) -> int | None:
    """Return the number that a token is, where so many lines can be wanted."""
    number = token.number
    if number is None or number.percent or number.whole is None:
        return None
    return number.whole if 1 <= number.whole <= _MOST_LINES else None


def _counts_lines(token: Token, clause: list[Token], text: str) -> bool:
    """Tell whether a word for lines follows a number; 6个月 counts months."""
    after = next((other for other in clause if other.start >= token.end), None)
    counted = after is not None and after.kind == "items" and not text[token.end : after.start].strip()
    return counted and not text.startswith("个月", token.end)


def _bounded(value: int, kinds: set[str]) -> Count:
    if "at_most" in kinds:
        return Count(at_most=value)
    if "at_least" in kinds:
        return Count(at_least=value)
    return Count(at_least=value, at_most=value)


def of_things(text: str, number: Number) -> bool:
    """Tell whether a number counts things, as in "three OEMs": neither a weight nor a number of lines."""
    if number.percent or (after := _THING.match(text, number.end)) is None:
        return False
    return after[1].lower() not in _NO_THINGS


def one_line(text: str, number: Number) -> bool:
    """Tell whether a number only says that one line is meant: "add one more: returns", 加一条退货率."""
    if number.percent or number.whole != 1 or text[number.start].isdigit():
        return False
    return not _LINES.match(text[number.end :])
