"""Numbers as people write them: 25, 25%, 百分之二十五, 三成, six."""

import re
from contextlib import suppress
from dataclasses import dataclass

_CHINESE = "零一二两三四五六七八九十百"
_ENGLISH = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty[- ]five|twenty|thirty|forty|fifty|sixty"
)
_NUMBER = re.compile(
    rf"(?P<share>百分之(?P<of>[{_CHINESE}]+|\d+(?:\.\d+)?))"
    rf"|(?P<tenths>[{_CHINESE}]+|\d+)成(?P<half>半)?"
    rf"|(?<![a-z\d.])(?P<digits>\d+(?:\.\d+)?)\s*(?P<percent>%|percent|per cent|个点|个百分点|点|points?)?"
    rf"|(?P<chinese>[{_CHINESE}]+)(?P<unit>个百分点|个点|个|项|条|分(?=$|[\s，,。.！!；;吧就]))"
    rf"|(?P<tens>[{_CHINESE}]*[十百][{_CHINESE}]*)(?=$|[\s，,。.！!；;吧])"
    rf"|(?<!the )(?<!those )(?<!these )(?<!other )(?<!last )(?<!first )(?<![a-z])(?P<english>{_ENGLISH})"
    rf"(?![a-z])(?:\s*(?P<word>percent|per cent|points?))?"
)
# A sign of its own, not the dash of a range.
_MINUS = re.compile(r"(?:(?<![a-z0-9)）%％-])[-−－]|\bminus |\bnegative |负)\s*$")


@dataclass(frozen=True, slots=True)
class Number:
    start: int
    end: int
    value: float
    percent: bool
    """Whether the text itself says that it is a weight."""

    @property
    def whole(self) -> int | None:
        return int(self.value) if self.value.is_integer() else None


def numbers(text: str) -> list[Number]:
    """Return the numbers in a plain text, left to right; numerals that make no one number, as in 十五六个, are none."""
    found = []
    for match in _NUMBER.finditer(text):
        with suppress(_NoNumber):
            found.append(_number(match))
    return found


class _NoNumber(Exception):
    """Numerals in a row that make no number."""


def _number(match: re.Match[str]) -> Number:
    start, end, percent = match.start(), match.end(), True
    if match["share"]:
        value = _chinese(match["of"])
    elif match["tenths"]:
        value = 10 * _chinese(match["tenths"]) + (5 if match["half"] else 0)
    elif match["digits"]:
        value, percent = float(match["digits"]), bool(match["percent"])
    elif match["tens"]:
        value, percent = _chinese(match["tens"]), False
    elif match["chinese"]:
        value, percent = _chinese(match["chinese"]), match["unit"][-1] in "点分"
        end -= 0 if percent else len(match["unit"])
    else:
        value, percent = spelled(match["english"]), bool(match["word"])
    if _MINUS.search(match.string[: match.start()]):
        value = -value
    return Number(start, end, value, percent)


def _chinese(text: str) -> float:
    from cn2an import cn2an  # slow to import, and most messages write digits

    if text[0].isdigit():
        return float(text)
    try:
        return float(cn2an(f"一{text}" if text[0] == "百" else text, "smart"))
    except (ValueError, KeyError) as error:
        raise _NoNumber from error


def spelled(text: str) -> float:
    """Return the number that English words are: "twenty-five"."""
    from text_to_num import text2num

    return float(text2num(text.replace("-", " "), "en"))
