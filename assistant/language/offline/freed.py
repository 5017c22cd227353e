"""Points that one line gives up and another is to have: 把拜访量删了，权重给回款, 毛利降到10，省下来的给新客户."""

from assistant.actions import Action, Revise, Wish
from assistant.language.offline.lexicon import plain
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance
from assistant.models import ScorecardItem

_GIVEN = spoken(
    r"[，,。；;\s](?:然后|再)?(?:把)?(?:它的?|这部分|多?的)?"
    r"(?:权重|分值|分数|(?:降|省|减|腾|多|空|让|剩)(?:下来|出来|下|出)的?(?:权重|分值|分数|分|点|部分)?)"
    r"(?:都|全部?|就)?(?:给|加到|加给|匀给|挪给|补给|放到|转给|分给)(?P<to>.+)$"
)


def freed(said: Utterance, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Take what a line is dropped or lowered by as what another one gets, where the message says so."""
    told = _GIVEN.search(said.text)
    if told is None or said.before.form is not None:
        return None
    heirs = _lines(said, told["to"], items)
    wishes = said.reader.read(said.text[: told.start()], said.language, revising=True).wanted
    if len(heirs) != 1 or len(wishes) != 1 or len(givers := _of(wishes[0].mention.choices, items)) != 1:
        return None
    giver, heir, asked = givers[0], heirs[0], wishes[0]
    left = {"exclude": 0, "set": asked.value or 0, "by": giver.points + (asked.value or 0)}.get(asked.ask)
    if left is None or giver == heir or not 0 <= left < giver.points:
        return None
    gets = int(heir.points + giver.points) - left
    kept = Wish(ask=asked.ask, indicator=giver.indicator or asked.mention.words, value=asked.value)
    return Revise(wishes=(kept, Wish(ask="set", indicator=heir.indicator or "", value=gets)))


def named_lines(said: Utterance, items: tuple[ScorecardItem, ...]) -> list[ScorecardItem]:
    """Return the lines of the card that a message names, an open word by any of its meanings."""
    return _lines(said, said.text, items)


def _lines(said: Utterance, text: str, items: tuple[ScorecardItem, ...]) -> list[ScorecardItem]:
    meanings = [said.reader.indicators.of(hit) for hit in said.reader.indicators.lexicon.find(plain(text))]
    return _of([id for one in meanings for id in (one.id, *one.choices) if id], items)


def _of(ids: tuple[str, ...] | list[str], items: tuple[ScorecardItem, ...]) -> list[ScorecardItem]:
    return [item for item in items if item.indicator in ids]
