"""Points that one line gives up for another: 把拜访量删了，权重给回款, "raise margin by 5, take it from revenue"."""

from assistant.actions import Action, Revise, Wish
from assistant.language.offline.lexicon import plain
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance
from assistant.language.offline.wanted import STEP
from assistant.models import ScorecardItem

_GIVEN = spoken(
    r"[，,。；;\s](?:然后|再)?(?:把)?(?:它的?|这部分|多?的)?"
    r"(?:权重|分值|分数|(?:降|省|减|腾|多|空|让|剩)(?:下来|出来|下|出)的?(?:权重|分值|分数|分|点|部分)?)"
    r"(?:都|全部?|就)?(?:给|加到|加给|匀给|挪给|补给|放到|转给|分给)(?P<to>.+)$",
    r"(?:[,;.]|\band\b|\bthen\b)\s*(?:then\s+)?(?:give|move|put|add|shift|hand|use)\s+(?:all\s+)?"
    r"(?:its|the|that|those|their|whatever is|what is|what's)?\s*(?:freed|saved|left|spare|freed-up)?\s*"
    r"(?:weight|weights|points|share|difference|lot|rest|them|that|it)\s*(?:left|saved|freed|over|up)*\s*"
    r"(?:to|on|onto|into|for)\s+(?P<en>.+)$",
)
# What pays for a line that gains: "take it from revenue", "at the expense of visits", 从销售额里扣.
_TAKEN = spoken(
    r"(?:^|[,;.]|\band\b|\bbut\b|\bthen\b)?\s*(?:\b(?:no|ok|please|just|you can|and)[, ]+)*"
    r"\b(?:take|taking|taken|get|draw|drawn|pull|coming|come|comes)\s+(?:it|them|that|those|this|the \w+)?\s*"
    r"(?:all )?(?:from|off|out of|away from)\s+(?P<from>[^,.;]+?)(?:\s+instead)?[.!]*$",
    r"[, ]*\bat the (?:expense|cost) of\s+(?P<cost>[^,.;]+?)[.!]*$",
    r"(?:^|[，,。；;])(?:这[几些]?[个点分]*|就|都|请)*从(?P<zh>[^，。；\d]{2,14}?)(?:里面?|中|上|那里|那边|身上)*"
    r"(?:扣|出|拿|减|匀|抽|补|挪|取)(?:掉|过来|过去|来|出来)?(?:吧|就行)?[。.!！]?$",
)


def freed(said: Utterance, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Take what one line gives up as what another gets, where the message says so."""
    if said.before.form is not None:
        return None
    if (told := _GIVEN.search(said.text)) is not None:
        return _handed_on(said, said.text[: told.start()], told["to"] or told["en"], items)
    if (told := _TAKEN.search(said.text)) is None:
        return None
    givers = named_in(said, told["from"] or told["cost"] or told["zh"], items)
    if len(givers) != 1:
        return None
    before = said.text[: told.start()].strip(" ,.;，。；")
    if before:
        return _paid(said, before, givers[0], items)
    less = Wish(ask="by", indicator=givers[0].indicator or "", value=-STEP)
    return Revise(wishes=(less,)) if said.last == "revise" and givers[0].points > STEP else None


def _handed_on(said: Utterance, giving: str, to: str, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Lower or drop one line and raise another by as much."""
    heirs = named_in(said, to, items)
    wishes = said.reader.read(giving, said.language, revising=True).wanted
    if len(heirs) != 1 or len(wishes) != 1 or len(givers := _called(said, wishes[0].mention.choices, items)) != 1:
        return None
    giver, heir, asked = givers[0], heirs[0], wishes[0]
    left = {"exclude": 0, "set": asked.value or 0, "by": giver.points + (asked.value or 0)}.get(asked.ask)
    if left is None or giver == heir or not 0 <= left < giver.points:
        return None
    gets = int(heir.points + giver.points) - left
    kept = Wish(ask=asked.ask, indicator=giver.indicator or asked.mention.words, value=asked.value)
    return Revise(wishes=(kept, Wish(ask="set", indicator=heir.indicator or "", value=gets)))


def _paid(said: Utterance, gaining: str, giver: ScorecardItem, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Raise or add one line and lower the one that pays by as much."""
    wishes = said.reader.read(gaining, said.language, revising=True).wanted
    if len(wishes) != 1 or len(wishes[0].mention.choices) == 0:
        return None
    asked, now = wishes[0], _called(said, wishes[0].mention.choices, items)
    had = int(now[0].points) if len(now) == 1 else 0
    gets = {"set": asked.value or 0, "by": had + (asked.value or STEP), "include": had or STEP}.get(asked.ask)
    heir = now[0].indicator if len(now) == 1 else asked.mention.usual
    if gets is None or heir is None or heir == giver.indicator or not had < gets < had + giver.points:
        return None
    return _set({heir: gets, giver.indicator or "": int(giver.points) - (gets - had)})


def _set(weights: dict[str, int]) -> Revise:
    return Revise(wishes=tuple(Wish(ask="set", indicator=id, value=int(weight)) for id, weight in weights.items()))


def named_in(said: Utterance, text: str, items: tuple[ScorecardItem, ...]) -> list[ScorecardItem]:
    """Return the lines of the card that a text names, an open word by any of its meanings."""
    meanings = [said.reader.indicators.of(hit) for hit in said.reader.indicators.lexicon.find(plain(text))]
    return [item for one in meanings for item in _called(said, (*filter(None, (one.id,)), *one.choices), items)]


def _called(said: Utterance, ids: tuple[str, ...], items: tuple[ScorecardItem, ...]) -> list[ScorecardItem]:
    """Return the lines that a name means, or else those which measure the same result in another way."""
    families = {said.reader.catalogue.indicators[id].family for id in ids}
    kin = [one for one in items if one.indicator and said.reader.catalogue.indicators[one.indicator].family in families]
    return _of(ids, items) or kin


def _of(ids: tuple[str, ...], items: tuple[ScorecardItem, ...]) -> list[ScorecardItem]:
    return [item for item in items if item.indicator in ids]
