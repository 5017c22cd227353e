"""Weights said by what they are now: all of them equal, the rest equally, one of them doubled or halved."""

from collections.abc import Iterable

from assistant.actions import Action, Explain, LineChange, Revise, Wish
from assistant.language.offline.freed import freed, named_in
from assistant.language.offline.lexicon import plain
from assistant.language.offline.lines import displayed
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance
from assistant.language.offline.wanted import STEP
from assistant.models import ScorecardItem

_EQUAL = spoken(
    r"\bequal(?:ly)? weight(?:s|ing|ed)?\b",
    r"\bweigh(?:t|ted)? (?:them |all |everything |the lines )*(?:equally|the same|evenly)\b",
    r"\b(?:all|the) (?:weights|lines|kpis) (?:are |to be |should be )?(?:equal|the same|even)\b|\bsame weights?\b",
    r"\b(?:spread|split|share|distribute|divide) (?:\w+ ){0,4}(?:equally|evenly)\b|\ball (?:equal|the same)\b",
    r"\b(?:rest|others?|remaining(?: \w+)?) (?:\w+ ){0,2}(?:equally|evenly|equal)\b",
    r"(?:权重)?(?:平均分配|平均分|平分|均分|等权重?|均等)|权重(?:都|全部?)?(?:一样|相同|相等)",
)
_REST = spoken(r"\brest\b|\bothers?\b|\bremaining\b|\bremainder\b", r"其[他它余]|剩下|剩余|别的")
_DOUBLE = spoken(r"\b(?:double|twice)\b", r"翻倍|翻一倍|加倍|加一倍|两倍")
_TRIPLE = spoken(r"\b(?:triple|treble)\b", r"三倍")
_HALF = spoken(r"\b(?:halve|half|cut (?:\w+ ){1,4}in half)\b", r"减半|砍半|砍一半|减一半|降一半")
_WHY = spoken(r"\b(?:why|what|how|is|are|should)\b", r"为什么|为何|怎么|吗|该不该|好不好")
# "Double our revenue" is a strategy, "halve the weight of revenue" is none.
_AIM = spoken(r"\b(?:our|we|target|next year|this year|business|company)\b", r"今年|明年|我们|公司|目标|业绩")
_SHORT = 60
"""Characters of a message that doubles or halves something."""
_LEAST = 2
# One line above all others: "make satisfaction the heaviest", 回款权重最高.
_ABOVE_ALL = spoken(
    r"\b(?:make|should be|must be|has to be|needs to be|put|to be)\b.{2,50}\b(?:the )?(?:heaviest|biggest|largest"
    r"|highest"
    r"|most important|number one|top)\b",
    r"\b(?:should be|must be|has to be|needs to be)\s+(?:the )?(?:heaviest|biggest|largest|highest|most important"
    r"|number one)\b",
    r"(?:要|应该|改成|设成|让|把|权重|放).{0,12}(?:最重|最高|最大|排第一|放第一)(?!的)",
)
_WEIGHTS = spoken(r"对调|互换|调换|权重", r"\bweights\b")
_SWAPPED = spoken(
    r"对调|互换|调换|换一?下权重",
    r"\bswap (?:the )?weights\b",
    r"^\W*(?:please |can you |could you )?swap\b(?:(?!\bfor\b)[^,.;\d])+\b(?:and|with)\b[^,.;\d]*$"
    r"|\bexchange (?:the )?weights\b",
)


def proportioned(said: Utterance) -> Action | None:
    """Take a change of weights by what they are now; every figure then stands in the change itself."""
    items = displayed(said.before)
    if not items or _WHY.search(said.message):
        return None
    if _EQUAL.search(said.message):
        return _equal(said, items)
    if _SWAPPED.search(said.message) and (swapped := _exchanged(said, items)) is not None:
        return swapped
    if (given := freed(said, items)) is not None:
        return given
    if _ABOVE_ALL.search(said.message) and not said.reading.roles:
        return _heaviest(said, items)
    return _multiplied(said, items)


def _equal(said: Utterance, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Give all lines the same, or those that the person has not weighed what is left."""
    asked = said.reading.wanted
    if said.reading.roles or said.reading.themes or any(one.ask != "set" for one in asked):
        return None
    own = {id: int(one.value or 0) for one in asked for id in (_on_card(one.mention.choices, items),) if id}
    if len(own) < len(asked):
        return None
    kept = (_weighed(said, items) | own) if _REST.search(said.message) else own
    open_ones = [item for item in items if item.indicator not in kept]
    left = 100 - sum(kept.values())
    if len(open_ones) < _LEAST or left < len(open_ones):
        return None
    share, over = divmod(left, len(open_ones))
    return _changed(said, [*_kept(items, own), *((item, share + (n < over)) for n, item in enumerate(open_ones))])


def _kept(items: tuple[ScorecardItem, ...], own: dict[str, int]) -> Iterable[tuple[ScorecardItem, int]]:
    return ((item, own[item.indicator]) for item in items if item.indicator in own)


def _weighed(said: Utterance, items: tuple[ScorecardItem, ...]) -> dict[str, int]:
    """Return the weights that stand because the person gave them."""
    current = said.before.current
    pins = current.brief.pins if current and said.before.form is None else ()
    given = {pin.indicator for pin in pins if pin.at_least and pin.at_least == pin.at_most}
    return {item.indicator: int(item.points) for item in items if item.indicator in given}


def _exchanged(said: Utterance, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Give each of two lines the weight of the other; which of them is not on the card, and why, is said."""
    pair = named_in(said, said.text, items)
    if len(pair) != _LEAST:
        names = tuple(hit.words for hit in said.reader.indicators.lexicon.find(plain(said.text)))
        return Explain(indicators=names) if len(names) == _LEAST and _WEIGHTS.search(said.message) else None
    return _changed(said, [(pair[0], int(pair[1].points)), (pair[1], int(pair[0].points))])


def _heaviest(said: Utterance, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Give the one line that is named a step more than the heaviest other."""
    lines = named_in(said, said.text, items)
    if len(lines) != 1:
        return None
    most = max(int(item.points) for item in items if item is not lines[0])
    return _changed(said, [(lines[0], most + STEP)]) if lines[0].points <= most else None


def _multiplied(said: Utterance, items: tuple[ScorecardItem, ...]) -> Action | None:
    """Double or halve the one line that is named."""
    ways = ((_DOUBLE, 2.0), (_TRIPLE, 3.0), (_HALF, 0.5))
    times = next((times for words, times in ways if words.search(said.message)), None)
    if times is None or len(said.message) > _SHORT or _AIM.search(said.message) or said.reading.roles:
        return None
    lines = named_in(said, said.text, items)
    return _changed(said, [(lines[0], max(1, round(lines[0].points * times)))]) if len(lines) == 1 else None


def _changed(said: Utterance, weights: list[tuple[ScorecardItem, int]]) -> Revise:
    """Return the change, by the names of the lines on a person's own form."""
    if said.before.form is not None:
        return Revise(lines=tuple(LineChange(name=item.name.say(said.language), weight=w) for item, w in weights))
    wishes = (Wish(ask="set", indicator=item.indicator, value=w) for item, w in weights if item.indicator)
    return Revise(wishes=tuple(wishes))


def _on_card(choices: tuple[str, ...], items: tuple[ScorecardItem, ...]) -> str | None:
    return next((item.indicator for item in items if item.indicator in choices), None)
