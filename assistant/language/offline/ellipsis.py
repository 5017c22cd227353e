"""Elliptic questions: "and margin?", "那总监呢？" ask again what was asked before, of something else."""

import re

from assistant.actions import Action, Check, Compare, Define, Draft, Explain, Revise
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance
from assistant.models import Context

_ELLIPTIC = spoken(
    r"^(?:那|那么|还有|那如果是|要是|如果是|换成|改成)?.{1,24}(?:呢|怎么样|如何|呐)\s*[?？。]?$",
    r"^(?:and|but|so|ok|okay)?[, ]*(?:what about|how about|and|and what about"
    r"|same(?: thing)?(?: again)?(?: but)? for|what of)\s+.{2,60}\??$",
    r"^(?:and|but|so|ok|okay)?[, ]*(?:what|how) (?:would|does|will|might|should) (?:\w+ ){1,3}look(?: like)? "
    r"(?:for|with|as) .{2,60}\??$",
    r"^(?:(?:and|but|so|ok|okay|now|then)[, ]+)*for (?:an?|the|our|my) .{2,40}\?$",
)
_FIRST_QUESTION = re.compile(r"(?<=[?？])")
_PASSING = frozenset({"thanks", "help"})
"""Actions that one asks on over."""


def asked_again(said: Utterance) -> Action | None:
    """Return what an elliptic message asks for; ``None`` where it is none, or nothing was asked before."""
    message, reading = said.text.strip(), said.reading
    first = _FIRST_QUESTION.split(message, maxsplit=1)[0]
    if not (_ELLIPTIC.match(message) or _ELLIPTIC.match(first)) or not said.before.recent:
        return None
    kinds = (kind for one in reversed(said.before.recent) for kind in one.actions if kind not in _PASSING)
    kind = next(kinds, "")
    if said.shown and reading.context != Context() and not (reading.roles or reading.mentions or reading.themes):
        return Revise(context=reading.context, evidence=reading.evidence)
    if reading.roles and not reading.themes:
        return _of_role(said, kind)
    if reading.mentions and not reading.wanted:
        return _of_indicator(said, kind)
    return Revise(themes=reading.themes, evidence=reading.evidence) if reading.themes and said.before.current else None


def _of_role(said: Utterance, kind: str) -> Action:
    role = said.role or said.reading.roles[0].name
    if kind == "compare":
        named = next((one.roles for one in reversed(said.before.recent) if one.roles), ())
        return Compare(roles=(*named[:1], role))
    if kind == "check" and said.before.form is not None:
        return Check(role=role)
    return Draft(role=role)


def _of_indicator(said: Utterance, kind: str) -> Action:
    commands = said.reading.commands
    if "why" in commands or "why_not" in commands:
        return Explain(indicators=said.indicators)
    if kind == "define" or "define" in commands or said.before.current is None:
        return Define(indicators=said.indicators)
    return Explain(indicators=said.indicators)
