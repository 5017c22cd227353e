"""The unit that a line states itself: in its target, or in brackets behind its name."""

import re
import unicodedata
from typing import Any

from assistant.intake.cells.figures import SCALE
from knowledge.terms import Unit

_CURRENCY = r"(?:us|hk|a|s)?[$¥€£]|usd|eur|gbp|rmb|cny|hkd|人民币|美元|欧元"
_YUAN = r"[万亿千百]*元|[万亿千百]*美元|[万亿千百]*欧元"
_BOUND = (
    r"(?:[≥≤<>=~]+|不低于|不高于|不少于|不超过|达到|至少|至多|小于|大于|低于|高于|at least|at most|no more than|"
    r"up to|under|below|above|over|within|less than|more than|min\.?|max\.?)*"
)
_STATED = re.compile(
    rf"{_BOUND}\s*(?P<currency>{_CURRENCY})?\s*\d+(?:,\d{{3}})*(?:\.\d+)?\s*(?P<scale>{SCALE})?\s*"
    rf"(?P<unit>{_CURRENCY}|元|%|天|日|个?工作日|个月|小时|"
    r"(?:(?:working|business|calendar) )?days?|months?|hours?|hrs?|x)?"
    r"\s*(?:以内|以上|以下|之内|内|or (?:less|more|better)|/.*|per .*)?"
)
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]+)[)\]]")
_WORDS = (
    (Unit.MONEY, re.compile(rf"(?:{_CURRENCY})\s*(?:{SCALE})?|{_YUAN}|(?:单位[::]?)?\s*(?:{_YUAN})")),
    (Unit.PERCENT, re.compile(r"%|percent")),
    (Unit.DAYS, re.compile(r"天|日|个?工作日|(?:in )?(?:(?:working|business|calendar) )?days?")),
    (Unit.HOURS, re.compile(r"小时|(?:in )?(?:hours?|hrs?)")),
    (Unit.RATIO, re.compile(r"x|倍|times")),
    (None, re.compile(r"个?月|(?:in )?months?")),
)


def stated_unit(name: str, target: str, usual: Unit | None) -> dict[str, Any]:
    """Return the unit of a line as a field, empty where it states none; months are a unit that has no name here."""
    match = _STATED.fullmatch(_plain(target))
    if match and (found := _of_figure(match, usual)):
        return found
    inside = [one["inside"] for one in _BRACKETED.finditer(_plain(name))]
    return next((found for text in reversed(inside) if (found := _of_word(text))), {})


def _of_figure(match: re.Match[str], usual: Unit | None) -> dict[str, Any]:
    if match["currency"]:
        return {"unit": Unit.MONEY}
    if match["unit"]:
        return _of_word(match["unit"])
    # Ten thousand may count anything; only beside a rate is it money for certain.
    money = match["scale"] in {"万", "百万", "千万", "亿"} and usual in {None, Unit.MONEY, Unit.PERCENT}
    return {"unit": Unit.MONEY} if money else {}


def _of_word(text: str) -> dict[str, Any]:
    return next(({"unit": one} for one, words in _WORDS if words.fullmatch(text.strip())), {})


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
