"""Which way is better on a line: as stated, by its values or its target's words, and last by its name."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assistant.models import ScorecardItem, Tiers
from knowledge.terms import Polarity, Unit

_BAND = re.compile(r"^\D{0,12}?(?:±|\+ ?/ ?-|\+-|-/\+|正负|上下浮?动?)\s?(?P<n>\d{1,6}(?:\.\d{1,4})?)")
_FIGURE = r"\s?[$¥€£]?\s?\d[\d.,]*"
# A bound stands right beside the figure: 95% collected within 30 days bounds the days only.
_AT_MOST = re.compile(
    rf"^(?:≤|<=?|不超过|不高于|不大于|不多于|低于|少于|小于|控制在|at most|under|below|within|no more than|less than"
    rf"|up to|max\.?){_FIGURE}|^{_FIGURE}\s?\S{{0,6}}?(?:以内|以下|之内|or (?:less|below|fewer|under))$"
)
_AT_LEAST = re.compile(
    rf"^(?:≥|>=?|不低于|不少于|不小于|高于|超过|至少|at least|over|above|more than|no less than|min\.?){_FIGURE}"
    rf"|^{_FIGURE}\s?\S{{0,6}}?(?:\+|以上|or (?:more|above|better|higher))$"
)
_LOWER = re.compile(
    r"周期|天数|时长|流失|离职|投诉|差错|错误|缺陷|不良|费用|开支|成本|逾期|超期|坏账|呆账|退货|退单|退款|延误|延迟|损耗|报废|故障"
    r"|事故|违规|丢单|积压|账期|(?:响应|处理|交付|等待|解决)时[间效]"
    r"|\b(?:payback|ramp(?:[- ]up)?|time[- ]to|cycles?|days|costs?|expenses?|spend(?:ing)?|churn(?:ed)?"
    r"|attrition|complaints?|turnover of (?:staff|reps|employees|people)"
    r"|(?:staff|employee|rep|team|people|personnel|labou?r|voluntary) turnover"
    r"|errors?|mistakes?|defects?|overdue|past[- ]due|dso|bad debts?|delays?|late|rework|backlog|incidents?|duration"
    r"|lead time|(?:response|handling|resolution|delivery|waiting|processing|approval) time|turnaround|downtime"
    r"|cancellations?|no[- ]shows?|vacanc(?:y|ies)|(?:product|customer|goods|sales|order) returns|returns? rate|lost)\b"
)
# More of these is better, whatever bad thing they deal with: complaints resolved, cost savings, training days.
_TURNED = re.compile(
    r"完成|达成|达标|及时|准时|满意|准确|合格|降低|下降|减少|节约|节省|压降|回收|追回|挽回|挽留|清收|收回|回款|培训|学习|通话|在线|直播"
    r"|处理(?!时|周期|天|费|成)|解决(?!时|周期|天|费|成)|控制"
    r"|\b(?:sav(?:ings?|ed)|reduc\w+|resolved|handled|closed|recover\w*|collect\w*|free|avoid\w*|satisfaction|since"
    r"|retention|training|learning|selling|field|win[- ]?back|won[- ]back|complian\w+|on[- ]time|attainment"
    r"|accura\w+|control)\b"
)
_DURATION = re.compile(
    r"(?:周期|时长|天数)$|\b(?:cycle|cycle time|(?<!on )(?<!on-)time|turnaround|payback|duration)$",
    re.MULTILINE,
)
_SPENT_WELL = re.compile(r"培训|学习|通话|在线|直播|\b(?:training|learning|selling|talk|field)\b")
_GROWS = re.compile(
    r"额|量|数|率|收入|利润|毛利|产值|新增|增长|完成|达成|达标|满意|准确|合格|业绩|覆盖|得分|评分|质量|及时"
    r"|\b(?:amounts?|sales|revenue|profits?|margin|arr|mrr|new|won|wins?|growth|rate|share|attainment|completion|completed"
    r"|satisfaction|accuracy|number|count|visits|calls|meetings|demos|deals|orders|customers|accounts|leads|pipeline|retention"
    r"|coverage|quality|scores?|nps|adoption|renewals?|quota|savings?)\b|%"
)
# Counts and rates of these may be wanted either way.
_EITHER = re.compile(r"库存|存货|折扣|人数|\b(?:inventory|stock|discounts?|headcount)\b")
# No per cent is aimed at past this: such a target is an amount or a number, whatever the catalogue's KPI is.
HIGHEST_PER_CENT = 300.0
_GROWING_UNITS = frozenset({Unit.MONEY, Unit.COUNT, Unit.PERCENT})


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way is better, and the key of the note that says how far this was assumed."""

    polarity: Polarity
    note: str | None = None


def direction(item: ScorecardItem) -> Direction:
    """Return which way is better on a line, by the surest sign there is."""
    stated = item.polarity or _by_values(item.tiers) or _by_words(item.tiers)
    return Direction(stated) if stated else _by_name(f"{item.name.zh}\n{item.name.en}", item.unit)


def share_of_target(value: float, target: float) -> float:
    """Return what a threshold or a stretch value is of its target, in per cent; beside a large target 70 is 70%."""
    return value if _per_cent_of(value, target) else 100 * value / target


def deviation(item: ScorecardItem) -> float | None:
    """Return how far off plan an actual may lie, where the target is a band such as ±10%."""
    match = _BAND.search(_plain(item.tiers.text or ""))
    return float(match["n"]) or None if match else None


def _by_values(tiers: Tiers) -> Polarity | None:
    """Return the way that threshold, target and stretch value run."""
    target = tiers.target or 0.0
    stated = (tiers.threshold, tiers.target, tiers.stretch)
    values = [value for value in stated if value is not None and not _per_cent_of(value, target)]
    if len(values) < 2 or values[0] == values[-1] or values not in (sorted(values), sorted(values, reverse=True)):
        return None
    return Polarity.HIGHER if values[0] < values[-1] else Polarity.LOWER


def _per_cent_of(value: float, target: float) -> bool:
    return target > HIGHEST_PER_CENT and 1 < value <= HIGHEST_PER_CENT and value < target / 10


def _by_words(tiers: Tiers) -> Polarity | None:
    said = _plain(tiers.text or "")
    if _AT_MOST.search(said):
        return Polarity.LOWER
    return Polarity.HIGHER if _AT_LEAST.search(said) else None


@lru_cache(4096)
def _by_name(name: str, unit: Unit | None) -> Direction:
    said = _plain(name)
    lower, turned = bool(_LOWER.search(said)), bool(_TURNED.search(said))
    if (lower and not turned) or (_DURATION.search(said) and not _SPENT_WELL.search(said)):
        return Direction(Polarity.LOWER, "scoring.note.lower_by_name")
    grows = not lower and not _EITHER.search(said) and (unit in _GROWING_UNITS or bool(_GROWS.search(said)))
    return Direction(Polarity.HIGHER, None if grows else "scoring.note.direction_open")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
