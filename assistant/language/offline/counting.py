"""Numbers that count: the lines a card is to have, or things that are neither lines nor weights."""

import re

from assistant.language.offline.clauses import Token
from assistant.language.offline.numbers import Number
from assistant.language.offline.patterns import spoken
from assistant.models import Count

_MOST_LINES = 100
# "three OEMs": a number and what it counts.
_THING = re.compile(r"\s+([a-z]{3,})", re.IGNORECASE)
# What makes a number an amount of money: "2.5m", "$400".
_SCALE = re.compile(
    r"\s?(?:k|m|mn|mio|bn|million|thousand|billion|eur|usd|gbp|euros?|dollars?|[€$£])(?![a-z])|[万亿元]"
)
_CURRENCY = re.compile(r"[€$£¥]\s?$")
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
# What a bare measure word counts that is no line: 8个人, 5个百分点; or no number of them: 第2个, 最后两个, 每月5个.
_NO_LINES_ZH = re.compile(
    r"[个项条](?:人|销售|业务|代表|员工|下属|同事|经理|新?客|老客|客户|大客户|订单|单子?|月|季度?|星期|小时|区|省|市|门?店|团队|部门"
    r"|渠道|经销|产品|商机|百分点|点|版本|方案|岗位|战略|重点|问题|建议)"
)
_NO_NUMBER_ZH = re.compile(
    r"(?:第|最后|倒数|[前后这那哪头][面边]?|其中|每(?:个?[月季年周天日]度?|人)|签了?|开发了?|新增了?|客户|订单|商机|拜访|目标\S{0,6})\s*$"
    r"|(?:去掉|删掉?|砍掉?|减掉?|拿掉|(?<![最至不])[再多少]加?|加上?|增加|减少)了?\s*$|的\s*$"
)
# Before a number that stands alone: 减到5, "make it six".
_MAKE_IT = re.compile(r"make it\s*$|改成\s*$|减到\s*$|精简到\s*$|压缩到\s*$")
# The same where nothing follows: "too many, keep only 4", "just three please".
_ONLY = re.compile(
    r"(?:^|[,.;:!]|\b(?:please|but|so|keep|to|down|the|best|top|do|have|want|with|use|manage|it|be))\s*"
    r"(?:only|just|keep|keep it to|keep it at|cut (?:it )?(?:down )?to|limit (?:it )?to|trim (?:it )?(?:down )?to)\s*$"
)
# A number behind the complaint: "that's too many, five max", 太多了，5个.
_TOO_MANY = re.compile(
    r"(?:too many|too long|too much|太多|太长)[^\d]{0,12}?[,.;:!，。；]\s*(?:i want|i'd like|so|max|at most)?\s*$"
)
_NOTHING_MORE = re.compile(r"\s*(?:please|pls|then|max|in all|will do|instead)?\s*(?:[,.;!?]|$)")
_MOST_ALONE = 12
"""A larger number that stands alone is a weight: "make it fifteen"."""


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
        if _counts_lines(token, clause, text) or (alone and whole <= _MOST_ALONE and _said_alone(token, text)):
            return _bounded(whole, kinds)
    return None


def _said_alone(token: Token, text: str) -> bool:
    """Tell whether a number with nothing beside it is said to be all that is wanted."""
    before = text[: token.start]
    if _MAKE_IT.search(before):
        return True
    return bool((_ONLY.search(before) or _TOO_MANY.search(before)) and _NOTHING_MORE.match(text, token.end))


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
    return counted and not (_NO_LINES_ZH.match(text, token.end) or _NO_NUMBER_ZH.search(text[: token.start]))


def _bounded(value: int, kinds: set[str]) -> Count:
    if "at_most" in kinds:
        return Count(at_most=value)
    if "at_least" in kinds:
        return Count(at_least=value)
    return Count(at_least=value, at_most=value)


def of_things(text: str, number: Number) -> bool:
    """Tell whether a number counts things, as in "three OEMs": neither a weight nor a number of lines."""
    if _SCALE.match(text, number.end) or _CURRENCY.search(text[: number.start]):
        return True
    if number.percent or (after := _THING.match(text, number.end)) is None:
        return False
    return after[1].lower() not in _NO_THINGS


def one_line(text: str, number: Number) -> bool:
    """Tell whether a number only says that one line is meant: "add one more: returns", 加一条退货率."""
    if number.percent or number.whole != 1 or text[number.start].isdigit():
        return False
    return not _LINES.match(text[number.end :])
