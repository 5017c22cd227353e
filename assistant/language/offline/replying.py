"""A short answer to the question that waits: a number, a name, a word of one of the choices."""

import re
from collections.abc import Callable

from assistant.actions import Action, Draft, PersonCase, Revise
from assistant.conversation import Pending
from assistant.language.offline.letters import has_han, pairs, stems
from assistant.language.offline.lexicon import plain
from assistant.language.offline.ordinals import place_of
from assistant.language.offline.patterns import spoken
from assistant.language.offline.reader import Reader
from assistant.language.offline.talk import Talk
from assistant.models import Evidence
from knowledge.models import Role
from knowledge.terms import Span
from knowledge.words import folded

SHORT = 40
"""Characters of any answer."""
WORDS_ZH = 14
"""Characters of a Chinese answer in a word or two."""
WORDS_EN = 32
"""Characters of an English one."""
# One of the choices by its place: 2, 第二个, "the first one", "option 3 please".
_NUMBER = re.compile(
    r"^\D{0,6}?(?:第|option|no\.?|number|选|choose|the)?\s*"
    r"(?P<n>[1-9]|[一二三四五]|first|second|third|last)"
    r"(?:st|nd|rd|th)?\s*(?:个|项|种|条|号|one|option|please|吧|。|\.|、|\)|）)*$",
    re.IGNORECASE,
)
# A place in words that only say which one: "let's go with the second", 就用第一个吧.
_PLACE = re.compile(
    r"(?:\b(?:take|use|go with|go for|prefer|like|want|have|pick|choose)\s+(?:the |option |number |no\.? ?)?|用|选|要"
    r"|换成|就)"
    r"第?(first|second|third|[1-3]|[一二三])(?![\d%])",
    re.IGNORECASE,
)
# What stands around the name of a choice and says nothing: 我要…的那种, "it's the … one".
_COURTESY = re.compile(
    r"^(?:是|就|就是|选|要|按|the|it's|its|a|an|我要|应该是|指的是|是指)\s*|(?:吧|的|那个|那种|please|one|了|岗|型|类)+$"
)
# What is asked of a line of the card, while cards stand to be chosen from: "drop the first one", 第二项降到10.
_ANOTHER_WISH = spoken(
    r"\d\s*%|\d\d|\b(?:drop|remove|delete|lower|raise|cut|add|set|why|what|without|lose|show|only|don't like|kpis?"
    r"|lines?)\b",
    r"去|删|降|提|加|为什么|怎么|什么|[个项条]指标|不要|只|[第]\S[项条]",
)
_USUAL = frozenset({"sales_representative", "sales_manager"})
"""Who is meant where several of the choices lead nobody, or several lead people: whoever sells."""
_SHARED = 2
"""So many words shared with what a position does say that it is meant."""
_ALIKE = 70
"""Likeness, up to 100, at which a name is taken for that of a choice."""
_CLEAR = 5
"""How much less likely the next one must be."""


def completed(pending: Pending, message: str, reader: Reader, talk: Talk) -> Action | None:
    """Return the action that an answer completes; ``None`` where a message is no answer to the question."""
    answer = message.strip()
    if not answer or len(answer) > SHORT:
        return None
    if pending.about == "alternative" and _ANOTHER_WISH.search(answer):
        return None
    chosen = _numbered(pending, answer) or _labelled(pending, answer) or _by_words(pending, answer, reader, talk)
    return _with(pending.action, chosen, pending.words or answer) if chosen else None


def _numbered(pending: Pending, answer: str) -> str | None:
    match = _NUMBER.match(answer)
    if match is None or not pending.choices:
        return None
    word = match["n"].lower()
    place = len(pending.choices) if word == "last" else place_of(word)
    return pending.choices[place - 1].id if place <= len(pending.choices) else None


def _labelled(pending: Pending, answer: str) -> str | None:
    said = folded(answer.rstrip(".。!！"))
    return next((one.id for one in pending.choices if folded(one.label) == said), None)


def _by_words(pending: Pending, answer: str, reader: Reader, talk: Talk) -> str | None:
    readers: dict[str, Callable[[], str | None]] = {
        "role": lambda: _role(pending, answer, reader, talk),
        "direction": lambda: _toward(pending, answer, talk),
        "remedy": lambda: _toward(pending, answer, talk),
        "alternative": lambda: _alternative(pending, answer),
    }
    return readers[pending.about]() if pending.about in readers else None


def _alternative(pending: Pending, answer: str) -> str | None:
    """Return the one card of those offered that an answer names or counts: "let's take the growth one"."""
    said = folded(answer)
    found = [one.id for one in pending.choices if folded(one.label) in said]
    if len(found) == 1:
        return found[0]
    places = {place_of(word.lower()) for word in _PLACE.findall(answer)}
    return pending.choices[places.pop() - 1].id if len(places) == 1 and max(places) <= len(pending.choices) else None


def _role(pending: Pending, answer: str, reader: Reader, talk: Talk) -> str | None:
    """Return the position named among those offered, also by a part of its name that only one of them has."""
    offered = [choice.id for choice in pending.choices]
    if (spanned := by_span(answer, offered, reader, talk)) is not None:
        return spanned
    meaning = reader.roles.meaning(answer)
    if meaning.id in offered:
        return meaning.id
    said = folded(_COURTESY.sub("", plain(answer).strip(" 。.!！")))
    near = [one.id for one in pending.choices if said and said in folded(one.label)]
    if len(near) == 1:
        return near[0]
    return _by_work(answer, offered, reader) or _alike(answer, offered, reader)


def by_span(answer: str, offered: list[str], reader: Reader, talk: Talk) -> str | None:
    """Return the one choice that leads people, or the one that does not, where the answer says which."""
    hits = talk.hits(answer)
    if "leads_team" not in hits and "works_alone" not in hits:
        return None
    alone = "works_alone" in hits
    roles = reader.catalogue.roles
    found = [id for id in offered if (roles[id].span is Span.INDIVIDUAL) == alone]
    usual = [id for id in found if id in _USUAL]
    return found[0] if len(found) == 1 else usual[0] if len(usual) == 1 else None


def _by_work(answer: str, offered: list[str], reader: Reader) -> str | None:
    """Return the choice whose duties an answer speaks of, where no other's are."""
    scores = {id: _overlap(answer, reader.catalogue.roles[id]) for id in offered}
    best = max(scores.values(), default=0)
    found = [id for id, score in scores.items() if score == best]
    return found[0] if best >= _SHARED and len(found) == 1 else None


def _overlap(answer: str, role: Role) -> int:
    """Count the words, in Chinese the pairs of characters, that an answer shares with what a position does."""
    texts = [*(duty.text for duty in role.duties), role.summary]
    does = " ".join(part for text in texts for part in (text.zh, text.en))
    return sum(pair in does for pair in pairs(answer)) + len(stems(answer) & stems(does))


def _alike(answer: str, offered: list[str], reader: Reader) -> str | None:
    """Return the choice that is clearly the most like an answer."""
    found = [match for match in reader.roles.search(answer, most=5) if match.id in offered]
    clear = found and (len(found) == 1 or found[0].score - found[1].score >= _CLEAR)
    return found[0].id if clear and found[0].score >= _ALIKE else None


def _toward(pending: Pending, answer: str, talk: Talk) -> str | None:
    """Return the one choice whose words an answer uses."""
    if len(answer) > (WORDS_ZH if has_han(answer) else WORDS_EN):
        return None
    ids = {"cash_safe": "toward_cash", "ramp": "toward_ramp"}
    hits = talk.hits(answer)
    found = [one.id for one in pending.choices if ids.get(one.id, f"toward_{one.id}") in hits]
    return found[0] if len(found) == 1 else None


def _with(action: Action, chosen: str, words: str) -> Action | None:
    """Return an action with what was asked about filled in."""
    if isinstance(action, Draft):
        heard = Evidence(kind="role", id=chosen, words=words)
        return action.model_copy(update={"role": chosen, "evidence": (heard, *action.evidence)})
    if isinstance(action, Revise):
        return action.model_copy(update={"direction": chosen})
    if isinstance(action, PersonCase):
        return action.model_copy(update={"remedy": chosen})
    return None
