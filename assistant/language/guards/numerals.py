"""Every figure that a sentence states, however it is written: 35%, ３５, 三成五, 百分之三十五, thirty-five, half."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_ZH = "〇零一二两三四五六七八九十百千万亿"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_WORDS = (
    rf"zero|{_ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
)
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_UNIT = r"\s*(?P<unit>%|percent\b|per cent\b|percentage points?\b|points?\b|个?百分点|个点|分(?!之)|点)"
_FIGURE = re.compile(
    rf"(?P<below>[{_ZH}]+|\d+)分之(?P<above>[{_ZH}]+(?:点[{_ZH}]+)?|\d+(?:\.\d+)?)"
    rf"|(?P<tenths>[{_ZH}]|(?<![\d.])\d)成(?![为功交本长员就立果熟效效品单])(?P<five>[{_ZH}])?(?P<half>半)?"
    rf"|(?<![a-z\d.])(?P<digits>\d+(?:\.\d+)?)(?![a-z\d])(?:{_UNIT})?"
    r"|(?P<moiety>一半|半数|\bhalf\b(?![- ]year))"
    r"|(?P<twice>\btwice\b|\bdoubl(?:e[sd]?|ing)\b(?![- ]count)|翻番|\b\w+fold\b|\btimes (?:as|the)\b"
    rf"|[{_ZH}\d]*倍)"
    rf"|(?P<run>[{_ZH}]+(?:点[{_ZH}]+)?)(?:{_UNIT.replace('unit', 'run_unit')})?"
    rf"|\b(?P<many>a|{_ONES})[- ](?P<part>half|halves|third|quarter|fourth|fifth|tenth)s?\b(?!-)"
    rf"|\b(?P<english>(?:{_WORDS})(?:[\s-]+(?:and\s+)?(?:{_WORDS}))*)\b(?:{_UNIT.replace('unit', 'word_unit')})?"
    r"|(?P<dozen>\bdozens?\b)|(?P<whole>百分百)"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# Words that hold a numeral and count nothing.
_IDIOM_ZH = re.compile(
    r"百分百(?!达)|第[一二三四五六七八九十]+|其[一二三]|(?:[统唯单专逐同每任某这那哪另万划]|(?<!分)之)一|进一步|两者|二者|三者|两个?方面|两端|两头|两边"
    r"|一(?:些|起|定|致|般|旦|直|律|同|并|切|系列|方面?|边|下|样|步|体|线|贯|味|时|来|点(?![零〇一二三四五六七八九])|是|旁|套|则|共|目)"
    r"|十分(?=[重清明必关适合])|千万(?=别|不)|(?<!只有)(?<!仅有)(?<![只仅就])一(?=[个种张份类段句次年季月条项家名位层步天])"
)
_IDIOM_EN = re.compile(
    r"\bone of\b|\bone (?:more|another|way|thing|side|reason|place|hand|line|that|which|where|by one)\b"
    r"|\b(?:no|each|every|this|that|which|any|another) one\b|\bone-(?:sided|off|time)\b"
    r"|\ba (?:third|quarter)\b(?!s? of)"
)
_WEIGHING = re.compile(
    r"(?:权重|占比|占到?|[→至]|\bweigh\w*(?: (?:of|at|is|by|as))?|\bat|\bcarr(?:y|ies)|\bgets?|\btakes?)"
    r"[为是约:：\s]*(?:about |around )?$"
)
_REMEMBERED = 2048
"""Texts whose figures are remembered: the lines of a card are looked at in every turn."""
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[a-z])[a-z0-9]+\b")


@dataclass(frozen=True, slots=True)
class Figure:
    start: int
    end: int
    value: float | None
    """``None`` where it is some figure that cannot be read."""
    weight: bool
    """Whether it is stated as a share, as points or as a weight."""


def figures(text: str) -> list[Figure]:
    """Return the figures in a plain text, left to right; small idioms such as "one of" and 第一 are none."""
    return list(_remembered(text))


@lru_cache(_REMEMBERED)
def _remembered(text: str) -> tuple[Figure, ...]:
    counted = _blanked(_blanked(text, _IDIOM_ZH), _IDIOM_EN)
    return tuple(_figure(match, counted) for match in _FIGURE.finditer(counted))


def codes(text: str) -> Iterator[str]:
    """Yield words of letters and digits, such as Q3 or B2B."""
    for match in _CODE.finditer(text):
        yield match.group()


def without_thousands(text: str) -> str:
    """Return a text whose long numbers have no commas, so that each is one figure."""
    return _THOUSANDS.sub("", text)


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


def _figure(match: re.Match[str], text: str) -> Figure:
    value = _value(match)
    unit = match["unit"] or match["run_unit"] or match["word_unit"]
    share = any(match[name] for name in ("below", "tenths", "many", "moiety", "whole"))
    weighed = bool(unit) or share or bool(_WEIGHING.search(text[: match.start()]))
    return Figure(match.start(), match.end(), value, weighed)


def _value(match: re.Match[str]) -> float | None:
    if match["below"]:
        below, above = _chinese(match["below"]), _chinese(match["above"])
        return round(100 * above / below, 4) if below and above is not None else None
    if match["tenths"]:
        tenths, five = _chinese(match["tenths"]), _chinese(match["five"] or "零")
        return None if tenths is None or five is None else 10 * tenths + five + (5 if match["half"] else 0)
    if match["digits"]:
        return float(match["digits"])
    if match["run"]:
        return _chinese(match["run"])
    if match["many"]:
        return round(100 * (_english(match["many"]) or 0) / _PARTS[match["part"]], 4)
    return _english(match["english"]) if match["english"] else _word(match)


def _word(match: re.Match[str]) -> float | None:
    return {"moiety": 50.0, "twice": None, "dozen": 12.0, "whole": 100.0}[match.lastgroup or "moiety"]


def _chinese(text: str) -> float | None:
    from cn2an import cn2an  # slow to import, and most sentences hold digits

    if text[0].isdigit():
        return float(text)
    try:
        return float(cn2an(f"一{text}" if text[0] in "百千万亿" else text, "smart"))
    except (ValueError, KeyError):
        return None


def _english(text: str) -> float | None:
    from text_to_num import text2num

    try:
        return 1.0 if text == "a" else float(text2num(" ".join(text.replace("-", " ").split()), "en"))
    except ValueError:
        return None
