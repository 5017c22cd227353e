"""Weights said in ways that name no indicator: "too heavy, 15", "no, 20 then", 降到10."""

import re

from assistant.language.offline.numbers import spelled
from assistant.language.offline.patterns import spoken

# What stands between the name and the weight that is wanted: 毛利太重了，15, "visits look a bit too high, make it 10".
_FEELS = r"(?:有点|有些|是不是|觉得|感觉)*\s*(?:太|偏|过)"
_ENDS = r"了?(?:点|些)?\s*[，,。.]*\s*(?=\d)"
_SEEMS = r"\s+(?:is|looks|seems|feels)?\s*(?:a bit|a little|far|way|much)?\s*too\s+"
_THEN = r"\s*[,.;:]*\s*(?:make it|to|at)?\s*(?=\d)"
_HEAVY = spoken(rf"{_FEELS}(?:重|高|大|多){_ENDS}", rf"{_SEEMS}(?:heavy|high|much){_THEN}")
_LIGHT = spoken(rf"{_FEELS}(?:轻|低|小|少){_ENDS}", rf"{_SEEMS}(?:light|low|little|small){_THEN}")
# Points that go: "take 10 off profit", "knock 5 points off visits".
_OFF = spoken(
    r"\b(?:take|knock|shave|trim|cut|deduct|subtract)\s+(?P<points>\d{1,2})\s*(?:%|percent|points?)?\s+(?:off|from)\s+"
    r"(?P<name>(?:(?!\band\b)[^,.;!?\n])+)(?![^.;]*\b(?:to|onto|into|give)\b)"
)
# Points that go to another: "take 5 points off revenue and give them to new customers".
_HANDED_ON = spoken(
    r"\b(?:take|knock|shave|trim|cut|deduct|subtract)\s+(?P<points>\d{1,2})\s*(?:%|percent|points?|pts)?\s+(?:off|from)\s+"
    r"(?P<name>[^,.;!?\n]+?)\s*,?\s*(?:and\s+)?(?:give|put|add|move|shift|hand)\s+"
    r"(?:(?:them|it|those|these|that|the points|the rest)\s+)?(?:on ?to|to|on|into)\s+"
)
# Points to add or take, by a word that also puts a line on: 回款加5个点, 销售额减5个百分点.
_POINTS = r"(?=\s*\d{1,2}\s*(?:个百分点|个点|百分点|点(?![\d半])))"
_PLUS = re.compile(rf"(?<![增再多追])加{_POINTS}")
_MINUS = re.compile(rf"(?<![增])(?:减掉?|扣掉?|砍掉?|降){_POINTS}")
# A weight and nothing it could be that of: 还是20吧, 至少15, 那就调到10.
_BARE_ZH = re.compile(
    r"^(?:还是|就|那就|改回|回到|恢复到)\s*\d{1,3}\s*(?:%|分)?\s*(?:吧|了|好了)?[。.]?$"
    r"|^(?:权重|占|给|配|放|算|就|给个|定个|至少|最多|不低于|不超过|最少|起码)?\s*(?:是|为)?\s*"
    r"\d{1,3}\s*(?:%|分|个点|个百分点)?\s*(?:吧|就行|就好|好了|即可)?[。.]?$"
    r"|^(?:那|那就|还是|再|就|先|要不|请|麻烦|帮我|给我|嗯|算了|还)*[，,]?\s*"
    r"(?:提高|降低|调整|调高|调低|改|降|升|提|调|加|减|涨|设|定|压|拉)(?:到|成|为|回|低|高|一点|点)*\s*\d{1,3}"
)
# More or less of what was spoken of, without a figure: "a notch less", "heavier still", 再低一点.
_RELATIVE = spoken(
    r"^(?:(?:a (?:bit|little|notch|touch|tad)|slightly|somewhat|still|even|much|then|ok|and|but|no|make it|go)[, ]+)*"
    r"(?:(?P<up>heavier|more weight|higher|more)|(?P<down>lighter|less weight|lower|less))"
    r"(?:\s+(?:still|again|please|than that|then))*[.!]?$",
    r"^(?:那|就|还是|再|稍微|略|往)*(?:(?P<up_zh>高|重|多|上调|提高|加)|(?P<down_zh>低|轻|少|下调|降低|降|减))"
    r"(?:一点点?|一些|点|些)(?:吧|好了|就好)?[。.!！]?$",
)
# The same with a name: "a bit more on collection".
_MORE_ON = re.compile(
    r"^\W*(?:(?:a (?:bit|little|touch|tad)|slightly|somewhat|much|please|ok|and|then|i'd like|we need|put|give)[, ]+)*"
    r"(?P<way>more|less|heavier|lighter)(?: weight| points| emphasis)? (?:on"
    r"|for) (?P<name>[^,.;!?\d]{3,50})(?P<end>[.!]?)$",
    re.IGNORECASE,
)
_SHARE = r"\d{1,3}\s*(?:%|percent|points?)?"
# The same in English: "no, make it 20", "at least 15 please", "then down to 10".
_BARE_EN = spoken(
    r"^(?:(?:no|oh|hmm|ok|okay|sorry|actually|wait|rather|well|and|then|so|make it|say|let's say|call it"
    r"|let's do|let's have"
    r"|(?:i'd|i would|we'd|we would) (?:rather have|rather see|rather|prefer|say|go for|go with|like)|i prefer)[, ]+)+"
    rf"{_SHARE}(?:\s+(?:then|please|instead))?[.!]?$",
    r"^\d{1,3}\s*(?:%|percent|points?)(?:\s+(?:then|please|instead|is enough|will do|is fine|it is))*[.!]?$",
    rf"^(?:at least|at most|no more than|no less than|up to|max|min)\s+{_SHARE}(?:\s+(?:there|please|then))?[.!]?$",
    r"^(?:then|ok|okay|no|actually|hmm|please|so|well|let's|and|sorry|rather)*[, ]*"
    r"(?:lower|reduce|raise|increase|cut|bump|drop|bring|go|make|set|down|up|back)?\s*(?:it\s+)?(?:down|up|back)?\s*"
    rf"(?:to|at|by)\s+{_SHARE}(?:\s+(?:then|please|instead|is enough))?[.!]?$",
)
# What leads up to a bare figure and says nothing.
_LEAD = re.compile(
    r"^(?:(?:no|oh|hmm|ok|okay|sorry|actually|wait|rather|well|and|then|so|say|let's)\b[, ]*)+", re.IGNORECASE
)
# "down to 10... no, too low, 15": the last figure is meant.
_CORRECTION = re.compile(
    r"(?P<first>\d{1,3})(?P<unit>\s*[%％分]?)[^\d]{0,12}?"
    r"(?:不对|不不|错了|说错|算了，还是|还是|no wait|wait no|sorry|actually|i mean|rather|scratch that)"
    r"[^\d]{0,24}?(?P<second>\d{1,3})(?=\s*(?:%|％|分|吧|点|个点|then|instead|[.。,，!！]|$))",
    re.IGNORECASE,
)
# Weights in words: "make it fifteen", "twenty-five percent". Smaller ones are mostly numbers of lines.
_IN_WORDS = re.compile(
    r"\b(?:fifteen|twenty[- ]five|twenty|thirty[- ]five|thirty|forty[- ]five|forty|fifty|sixty)\b"
    r"|\b(?:five|ten)(?= (?:percent|per cent|points)\b)",
    re.IGNORECASE,
)


def corrected(message: str) -> str:
    """Return a message with weights in figures, one taken back in the same breath replaced by the one meant."""
    message = _IN_WORDS.sub(lambda match: f"{spelled(match.group().lower()):g}", message)
    return _CORRECTION.sub(lambda match: f"{match['second']}{match['unit']}", message)


def _more_on(found: re.Match[str]) -> str:
    more = found["way"].lower() in {"more", "heavier"}
    return f"{'raise' if more else 'lower'} the weight of {found['name']} a bit{found['end']}"


def directed(text: str, *, chinese: bool) -> str:
    """Return a text with "too heavy" and "too light" before a figure put as the change that is wanted."""
    if chinese:
        text = _MINUS.sub("减少", _PLUS.sub("提高", text))
    text = _MORE_ON.sub(_more_on, text)
    text = _HANDED_ON.sub(lambda found: f"move {found['points']} points from {found['name'].strip()} to ", text)
    text = _OFF.sub(lambda found: f", lower {found['name'].strip()} by {found['points']}", text)
    text = _LIGHT.sub("提高到" if chinese else " raised to ", text)
    return _HEAVY.sub("降到" if chinese else " lowered to ", text)


def relative(clause: str, name: str) -> str | None:
    """Return a clause that says only "more" or "less" as the change of a line's weight; ``None`` for any other."""
    found = _RELATIVE.match(clause.strip())
    if found is None:
        return None
    if found["up_zh"] or found["down_zh"]:
        return f"{name}权重{'调高' if found['up_zh'] else '调低'}一点"
    return f"{'raise' if found['up'] else 'lower'} the weight of {name} a bit"


def is_bare(clause: str) -> bool:
    """Tell whether a clause is a weight and nothing it could be that of."""
    said = clause.strip()
    return (_BARE_ZH.match(said) or _BARE_EN.match(said)) is not None


def without_lead(clause: str) -> str:
    """Return a clause without "no, well," and the like before it."""
    return _LEAD.sub("", clause)
