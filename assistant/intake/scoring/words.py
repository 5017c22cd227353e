"""A scoring rule's words in one form: half-width, digits instead of numerals, one clause at a time."""

import re
import unicodedata

# A cell holds a rule of a few lines; what follows is no rule any more.
LONGEST = 4000
NUMBER = r"(?<![\d.])\d{1,9}(?:\.\d{1,4})?"
POINTS = r"(?:分|points?\b|pts?\b|marks?\b)"
UNIT = (
    r"%|个?工作日|个月|小时|分钟|万元|亿元|[分次例起件项个家单天日周月年人户处台套笔名条份元万亿级期批]"
    r"|working days?|business days?|(?:day|hour|week|month|year|time|unit|customer|deal|point)s?\b"
)

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMERAL = r"[零一二两三四五六七八九十百]{1,5}"
_SHARE = re.compile(rf"百分之({_NUMERAL}|{NUMBER})")
_COUNTED = re.compile(rf"({_NUMERAL})(?=%|个百分点|个点|分(?!之)|次|例|起|件|项|个|家|单|天|日|周|倍|万元|档)")
_LISTED = re.compile(r"(?:^|(?<=[\s;。]))\d{1,2}[.、)](?!\d)")
_INCLUDED = re.compile(r"\(\s{0,3}(?:含|不含|包括|不包括|inclusive|exclusive)[^()]{0,8}\)")
_PER_CENT = re.compile(r"个?百分点|个点|percentage points?|per ?cent(?:age)?\b|\bpp\b|\bpct\b")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# A comma before what is given or taken joins it to its bound.
_BREAK = re.compile(
    r"[;。\n\r!、()|]|,(?!\s?(?:得|计|扣|为|给|记|则|该项|本项|不得分|不计分))|\.(?!\d)|\s{2,9}"
    r"|(?<=[分%])\s{1,5}(?=[一-鿿≥≤<>])"
    r"|(?<=分)(?=低于|高于|不足|未|超|每|≥|≤|<|>|达|完成|大于|小于|少于|不到|否则|上限|最多|最高|扣完|扣满)"
)
_FRACTION = re.compile(r"(?<![\d./])(\d{1,2})/(\d{1,2})(?![\d./])")


def plain_rule(text: str) -> str:
    """Return a rule in half-width lower case with its numerals as digits."""
    said = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    said = _INCLUDED.sub("", said.replace("\u2212", "-").replace("–", "-").replace("—", "-"))
    said = _PER_CENT.sub("%", _SHARE.sub(lambda match: f"{number(match[1]):g}%", said))
    said = _COUNTED.sub(lambda match: f"{number(match[1]):g}", said)
    said = _LISTED.sub(";", said)
    said = _FRACTION.sub(_share_of_whole, said)
    return _THOUSANDS.sub("", said).replace(" %", "%")


def clauses(plain: str) -> list[str]:
    """Split a plain rule into its clauses."""
    return [clause.strip(" ,:") for clause in _BREAK.split(plain) if clause and clause.strip(" ,:")]


def number(text: str) -> float:
    """Return a number in digits or in numerals up to 999."""
    if text[0].isascii():
        return float(text)
    total, digit = 0, 0
    for numeral in text:
        if numeral in "十百":
            total += (digit or 1) * (10 if numeral == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[numeral]
    return float(total + digit)


def _share_of_whole(match: re.Match[str]) -> str:
    part, whole = int(match[1]), int(match[2])
    return f"{100 * part / whole:.2f}%" if 0 < part <= whole else match[0]
