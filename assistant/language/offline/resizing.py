"""A card that is to be shorter or longer, without the number of lines that are wanted."""

import re

from assistant.actions import Action, Revise
from assistant.language.offline.lines import displayed
from assistant.language.offline.ordinals import place_of
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance

# Fewer lines by a number: 再少一个, 去掉两项, 砍两个指标.
_FEWER = re.compile(
    r"(?:(?:再|还)?(?:少|减|去|砍|删|拿)(?:掉|少|去)?|精简掉?)(?P<n>[一二两三四1-4])(?:个|项|条)(?:指标|KPI|kpi)?(?:吧|就行|就好|看看|试试)?[。.!！]?$"
)
_MOST_FEWER = 4
_LINES = r"(?:kpis?|metrics?|measures?|indicators?|lines?|items?|rows?)"
_FEELS = (
    r"(?:\b(?:that's|that is|these are|this is|there are|it's|it has|we have|way|far|still|just|a bit|a little|hm+|ok"
    r"|but|and)\b\W*)*"
)
_TOO_MANY = spoken(
    rf"^\W*{_FEELS}too (?:many|much|long)(?: (?:{_LINES}|things|stuff|here|on it|on the card|of them))*\W*$",
    r"^\W*(?:the |this )?(?:card|list|scorecard|it)(?: is|'s| looks| feels)? (?:still |a bit |far |way )*too long\W*$",
    r"\b(?:shorten|simplify|slim down|trim down|condense|streamline|pare down|cut down)\s+(?:it|this|that|the (?:card"
    r"|list|scorecard))\b",
    rf"^\W*(?:can|could|make|i'd like|i want|we want|let's|keep)?\b.{{0,24}}\b(?:shorter|simpler|leaner|slimmer"
    rf"|fewer {_LINES})\b(?:\W|\b(?:please|then|card|scorecard|list|version|one|form|would be (?:good|nice"
    rf"|better))\b)*$",
    r"^(?:这|表|指标|考核项|条目|项目?|感觉|觉得|还是|有点|是不是|也|的|数量?|一共|总共)*(?:太多|偏多|有点多|多了点|太长|过多|太复杂)了?(?:吧|点|些)?[。.!！，,]*"
    r"(?:精简|简化|减少?|砍|压缩|少)?(?:一下|一点|一些|点|几个)?(?:吧)?[。.!！]*$",
    r"^(?:能|可以|帮我|请|再|把|它|表|这张|不能)*(?:精简|简化|简单|压缩|短|瘦身)(?:一点|一些|一下|点|些)?(?:吧|吗|么|行吗|可以吗)?[。.!！?？]*$",
    r"^(?:再)?(?:少|减|砍)(?:几个|几项|一些|一点|点)(?:指标)?(?:吧)?[。.!！]*$",
)
_TOO_FEW = spoken(
    rf"^\W*{_FEELS}(?:too few|not enough)(?: {_LINES})?(?: here| on it| on the card)?\W*$",
    r"^(?:指标|考核项|条目|感觉|还是|有点|是不是|也)*(?:太少|偏少)了?(?:吧|点|些)?[。.!！]*$",
)
_COMFORTABLE = 5
"""Lines from which a card that is too long goes down one by one."""


def resized(said: Utterance) -> Action | None:
    """Take a wish for another number of lines that names none of them."""
    items, message = displayed(said.before), said.message.strip()
    if not items or said.reading.mentions or said.reading.roles or said.reading.themes:
        return None
    if fewer := _FEWER.search(message):
        return _of(len(items) - min(_MOST_FEWER, place_of(fewer["n"])))
    if said.reading.count or said.before.form is not None:
        return None
    if _TOO_FEW.search(message):
        return _of(len(items) + 1)
    return _of(max(len(items) - 2, min(len(items) - 1, _COMFORTABLE))) if _TOO_MANY.search(message) else None


def _of(lines: int) -> Action:
    """Keep so many lines; a number that no card may have is refused as any other."""
    return Revise(at_least=max(1, lines), at_most=max(1, lines))
