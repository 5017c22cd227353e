"""Lines that are to keep the weight they have: "lock revenue", "margin to 20 but leave visits alone", 回款不动."""

import re

from assistant.actions import Action, Revise, Wish
from assistant.language.offline.freed import named_in
from assistant.language.offline.lines import displayed
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance

_NAME = r"(?P<{}>[^,.;!?\d]{{2,60}}?)"
_AS_IT_IS = (
    r"(?:as (?:it|they) (?:is|are)|as is|where (?:it|they) (?:is|are)|alone|unchanged|untouched|the same|fixed|in place"
    r"|at (?:its|their) (?:current |present )?weights?|at what (?:it|they) (?:is|are|has|have))"
)
_HELD = spoken(
    rf"(?:^|[,.;]|\b(?:and|but|please)\b)\s*(?:please\s+)?(?:lock|freeze|fix|pin)(?: down)?\s+{_NAME.format('lock')}"
    rf"(?:\s+{_AS_IT_IS})?(?=\s*(?:[,.;!]|$|\bbut\b))",
    rf"\b(?:keep|leave|hold)\s+{_NAME.format('keep')}\s+{_AS_IT_IS}(?=\s*(?:[,.;!]|$|\b(?:and|but)\b))",
    rf"\b(?:don't|do not|dont) (?:touch|change|move|alter)\s+{_NAME.format('touch')}(?=\s*(?:[,.;!]|$|\bbut\b))",
    rf"(?:^|[,.;]|\bbut\b)\s*{_NAME.format('stays')}\s+(?:stays?|must stay|should stay|remains?|is to stay)\s+"
    rf"(?:{_AS_IT_IS}|put)(?=\s*(?:[,.;!]|$))",
    r"(?:锁定|锁住|固定住?|别动|不要动|别碰|不动)(?P<zh>[^，。；！!?？\d]{2,16}?)(?:的?权重|这一?[项条个])?(?=[，。；！!,;]|$|吧)",
    r"(?:^|[，。；,;])(?:但是?|不过|把|让)?(?P<zh2>[^，。；！!?？\d]{2,16}?)(?:的?权重|这一?[项条个])?"
    r"(?:保持不[变动]|维持不[变动]|维持原样|保持原样|照旧|不要动|别动|不动|不变|锁定|锁住|固定)(?=[，。；！!,;]|$|吧|了)",
)


def held(said: Utterance) -> Action | None:
    """Keep the weights of the lines named, beside whatever else the message asks of the card."""
    items = displayed(said.before)
    if not items or said.before.form is not None:
        return None
    found = list(_HELD.finditer(said.text))
    kept = [line for match in found for line in named_in(said, _named(match), items)]
    if not kept:
        return None
    rest = _HELD.sub(" ", said.text)
    other = said.reader.read(rest, said.language, revising=True)
    if other.roles or other.themes or other.commands:
        return None
    asked = tuple(Wish(ask=one.ask, indicator=one.mention.words, value=one.value) for one in other.wanted)
    stay = (Wish(ask="set", indicator=line.indicator or "", value=int(line.points)) for line in kept if line.indicator)
    return Revise(wishes=(*stay, *asked))  # what is changed is what the next message refers to


def _named(match: re.Match[str]) -> str:
    return next((words for words in match.groupdict().values() if words), "")
