"""What is said of a card to be, or of another strategy for the one in hand."""

from collections.abc import Iterable

from assistant.actions import Action, Draft, Question, Revise, Wish
from assistant.conversation import Exchange
from assistant.language.offline.patterns import spoken
from assistant.language.offline.questions import LONGEST
from assistant.language.offline.utterance import Utterance
from assistant.language.reading import Reading
from assistant.models import Context
from assistant.requests import merged

# Talk of strategy in which no priority was recognised; a card is wanted all the same.
_STRATEGY_TALK = spoken(
    r"今年|明年|战略|公司(?:要|想|打算|准备)|我们(?:要|想|打算|准备)|老板(?:要|想|说)|董事会",
    r"\b(?:this year|next year|our (?:goal|aim|plan|strategy|board|ceo|cfo)|the (?:company|board|boss) wants"
    r"|we (?:want|plan|aim|need|intend|would like)|strategy is|priority is)\b",
)
# A card is wanted, whatever for: "I need KPIs", "design a scorecard".
_CARD_WANTED = spoken(
    r"\b(?:need|want|like|design|make|create|build|draft|write|prepare|give me|set up)\s+(?:\w+\s+){0,3}?"
    r"(?:kpis?|score ?cards?|card)\b|^\W*(?:kpis?|score ?cards?)\s+for\b",
    r"(?:要|做|出|设计|制定|起草|来)[^，。；？?]{0,8}(?:考核表|绩效表|考核指标|绩效指标|绩效|KPI)",
    r"(?:KPI|绩效|考核表?)(?:要|得|想|最好)(?!求|点)",
    r"^\W*(?:销售|业务)(?:人员|岗位?|团队)?的?(?:KPI|绩效|考核)(?:表|方案|指标|考核)?\W*$",
)
_LATELY = 3
"""Exchanges back to which a priority holds for another position."""


def drafted(said: Utterance) -> Action | None:
    """Take a message as what it says of a card: a draft, or a change of the one in hand."""
    reading, before = said.reading, said.before
    if reading.empty or _only_asks(reading):
        return _of_little(said)
    role, told = said.role, _told(said)
    if not role and reading.context == Context() and not any(told.values()):
        return _of_none(said)
    told["context"] = reading.context
    if role is None and before.current is None:
        role = said.role_before
    if role is not None and not reading.themes and not said.shown:
        told["themes"] = _themes(before.recent[-_LATELY:])
    waiting = before.pending.action if before.pending else None
    if isinstance(waiting, Draft):
        return joined(waiting, Draft.model_validate({**told, "role": role}))
    if role is None and before.current is not None:
        return Revise.model_validate(told)
    return Draft.model_validate({**told, "role": role})


def _of_little(said: Utterance) -> Action | None:
    """Take a message that says nothing of a card itself: one that asks for it, strategy talk, or a question."""
    reading = said.reading
    if reading.empty and reading.drafting and (role := said.role_before) is not None:
        return Draft(role=role, themes=_themes(said.before.recent))
    if reading.empty and not said.shown and not reading.asking and _STRATEGY_TALK.search(said.message):
        return Draft()
    return Question(question=said.message[:LONGEST]) if reading.asking else _of_none(said)


def _of_none(said: Utterance) -> Action | None:
    """Take a message that wants a card for a position it does not name: with what it says is to be on it."""
    if said.shown or said.reading.asking or said.reading.commands or not _CARD_WANTED.search(said.message):
        return None
    named = tuple(Wish(ask="include", indicator=name) for name in said.indicators)
    return Draft(role=said.role_before, wishes=named)


def _told(said: Utterance) -> dict[str, object]:
    """Return what a message says of a card beside the position and its circumstances."""
    reading, count = said.reading, said.reading.count
    return {
        "themes": reading.themes,
        "profile": reading.profile,
        "wishes": said.wishes,
        "at_least": count.at_least if count and count.at_least > 1 else None,
        "at_most": count.at_most if count and count.at_most < 100 else None,
        "evidence": reading.evidence,
    }


def _only_asks(reading: Reading) -> bool:
    """Tell whether a question says nothing that a card could be drafted or changed from."""
    said = (reading.roles, reading.themes, reading.wanted, reading.unread, reading.profile, reading.count)
    return reading.asking and not any(said)


def _themes(recent: Iterable[Exchange]) -> tuple[str, ...]:
    """Return the priorities that were last spoken of."""
    return next((one.themes for one in reversed(tuple(recent)) if one.themes), ())


def joined(first: Draft, second: Draft) -> Draft:
    """Return what a draft that waits for its position and a later message ask for together; the later one wins."""
    return second.model_copy(
        update={
            "role": second.role or first.role,
            "themes": second.themes or first.themes,
            "profile": second.profile or first.profile,
            "context": merged(first.context, second.context),
            "wishes": (*first.wishes, *second.wishes),
            "at_least": second.at_least or first.at_least,
            "at_most": second.at_most or first.at_most,
            "evidence": (*first.evidence, *second.evidence),
        }
    )
