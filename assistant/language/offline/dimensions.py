"""Dimensions of the card in what is asked of it: "fewer activity metrics", "more on customers", 过程类指标不要."""

import re
from typing import NamedTuple

from assistant.actions import Action, Revise, Wish
from assistant.language.offline.lines import displayed
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance
from assistant.language.offline.wanted import STEP
from assistant.models import ScorecardItem
from knowledge.terms import Dimension

_LINES = r"(?:kpis?|metrics?|measures?|indicators?|lines?|items?)"
_THE = r"(?:the |all |all the |any |of the |some |on |on the |from |from the )*"
_FEWER = r"\b(?:fewer|less|reduce|cut(?: back| down)?(?: on)?|trim|too many)\b"
_NONE = r"\b(?:drop|remove|delete|no(?: more)?|without|lose|get rid of)\b"
_FEWER_ZH = r"(?:少[放要考]?(?:一?些|一?点|几个)?|减少|压缩|精简)"
_NONE_ZH = r"(?:去掉|删掉|不要|砍掉|取消|拿掉|别放)"
_MORE_WEIGHT = r"\b(?:more|heavier|extra)(?: weight| points| emphasis)?\s+(?:on|for|to|towards?)"
_LESS_WEIGHT = r"\b(?:less|lighter|too much|a bit much|fewer points)(?: weight| emphasis)?\s+(?:on|for|to)"


class _Talk(NamedTuple):
    """What is said of the lines of one dimension."""

    none: re.Pattern[str]
    fewer: re.Pattern[str]
    more: re.Pattern[str]
    less: re.Pattern[str]


def _talk(english: str, chinese: str) -> _Talk:
    named = rf"{_THE}\b(?:{english})(?:-based|-type)?\s+{_LINES}"
    named_zh = rf"(?:那些|所有|全部|几个)?(?:{chinese})(?:性|类|型|方面|维度)?的?(?:考核)?(?:指标|项)"
    part_zh = rf"(?:{chinese})(?:性|类|型|方面|维度|这块|那块)的?(?:考核)?(?:指标|项)?(?:的)?(?:权重|占比|比重)?"
    end = r"(?:\s+(?:side|part|dimension|metrics|kpis|measures))?(?:\s+(?:for me|please|then|i think))*\W*$"
    of_it = rf"\s+(?:the |our )?(?:{english}){end}"
    less_zh = rf"{part_zh}(?:再)?(?:轻|低|少|降低?|减)(?:一?[点些])|{part_zh}(?:有点|是不是)?(?:太|偏)(?:重|高|多|大)"
    return _Talk(
        none=spoken(rf"{_NONE}\s+{named}", rf"{_NONE_ZH}{named_zh}|{named_zh}(?:都|全)?{_NONE_ZH}"),
        fewer=spoken(rf"{_FEWER}\s+{named}", rf"{_FEWER_ZH}{named_zh}|{named_zh}(?:太多|多了|少一?[点些])"),
        more=spoken(rf"{_MORE_WEIGHT}{of_it}", rf"{part_zh}(?:再)?(?:重|高|多|加重?|提高|上调)(?:一?[点些])"),
        less=spoken(rf"{_LESS_WEIGHT}{of_it}", less_zh),
    )


_TALK = {
    Dimension.PROCESS: _talk(
        r"process|activity|activities|behaviou?rs?|behaviou?ral|efforts?|inputs?",
        r"过程|活动|行为|动作|流程|运营",
    ),
    Dimension.FINANCIAL: _talk(r"financials?|finance|money|results?", r"财务|结果"),
    Dimension.CUSTOMER: _talk(r"customers?|clients?", r"客户"),
    Dimension.PEOPLE: _talk(r"people|learning|team|training", r"学习成长|学习与成长|成长|人员|团队|能力"),
}


def dimensioned(said: Utterance) -> Action | None:
    """Take a wish about the lines of a dimension: the lightest goes, or all go, or the heaviest moves."""
    items = displayed(said.before)
    if not items or said.before.form is not None or said.reading.roles or said.reading.themes:
        return None
    for dimension, talk in _TALK.items():
        lines = [item for item in items if item.dimension is dimension and item.indicator]
        if lines and (wishes := _wishes(said.message, talk, lines)):
            return Revise(wishes=wishes)
    return None


def _wishes(message: str, talk: _Talk, lines: list[ScorecardItem]) -> tuple[Wish, ...]:
    if talk.none.search(message):
        return tuple(Wish(ask="exclude", indicator=item.indicator or "") for item in lines)
    if talk.fewer.search(message):
        return (Wish(ask="exclude", indicator=min(lines, key=_points).indicator or ""),)
    step = STEP if talk.more.search(message) else -STEP if talk.less.search(message) else 0
    return (Wish(ask="by", indicator=max(lines, key=_points).indicator or "", value=step),) if step else ()


def _points(item: ScorecardItem) -> float:
    return item.points
