"""What the buttons and windows of a card stand for."""

from api.export import export
from api.slack.asked import Asked, Weight
from api.slack.blocks.cards import reasons as shown_reasons
from api.slack.blocks.cards import title
from api.slack.blocks.text import Block
from assistant.actions import (
    Action,
    Alternatives,
    Check,
    Explain,
    Export,
    Game,
    LineChange,
    Repair,
    Restore,
    Revise,
    Wish,
)
from assistant.advisor import Advisor
from assistant.conversation import Conversation, DraftVersion, Held, Reply
from assistant.errors import BadInput
from assistant.models import Scorecard
from assistant.principal import Principal
from knowledge.models import Catalogue, Language

Version = DraftVersion | Held
DEEDS: dict[str, Action] = {
    "explain": Explain(),
    "alternatives": Alternatives(),
    "repair": Repair(),
    "game": Game(),
    "export": Export(),
}


def actions(asked: Asked, conversation: Conversation) -> tuple[Action, ...]:
    """Return what a press asks for, after the card it belongs to was put in hand again where another one is."""
    deed = _deed(asked, conversation)
    wanted = asked.pressed.version if asked.pressed else None
    now = number_in_hand(conversation)
    return (deed,) if wanted in {None, now} else (Restore(version=wanted or 1), deed)


def _deed(asked: Asked, conversation: Conversation) -> Action:
    if asked.deed == "adjust":
        return revision(asked.weights, conversation)
    return Check(role=asked.text) if asked.deed == "position" else DEEDS[asked.deed or ""]


def revision(weights: tuple[Weight, ...], conversation: Conversation) -> Revise:
    """Return weights that were set in a window as wishes: a nought takes a line off, a lock keeps one as it is."""
    meant = [one for one in weights if one.locked or one.weight != one.was]
    if conversation.form is not None:
        return Revise(lines=tuple(LineChange(name=one.line, weight=one.weight or None) for one in meant))
    return Revise(wishes=tuple(_wish(one) for one in meant))


def _wish(one: Weight) -> Wish:
    if one.weight == 0:
        return Wish(ask="exclude", indicator=one.line)
    return Wish(ask="set", indicator=one.line, value=one.weight)


def version(advisor: Advisor, by: Principal, id: str, number: int | None) -> Version:
    """Return the card that a button belongs to; ``BadInput`` where it is not kept any more."""
    conversation = advisor.store.load(by, id).conversation
    now = number_in_hand(conversation)
    if number in {None, now} and conversation.in_hand is not None:
        return conversation.in_hand
    try:
        return advisor.store.version(by, id, number or 0)
    except KeyError:
        raise BadInput("slack.card_gone") from None


def number_in_hand(conversation: Conversation) -> int | None:
    """Return the number of the version in hand."""
    return conversation.steps[-1].number if conversation.steps else None


def card_of(version: Version) -> Scorecard:
    return version.suggestion.scorecard if isinstance(version, DraftVersion) else version.card


def reasons(advisor: Advisor, by: Principal, id: str, language: Language) -> list[Block]:
    """Return what the draft in hand rests on."""
    current = advisor.store.load(by, id).conversation.current
    return list(shown_reasons(current.suggestion, advisor.catalogue, language)) if current else []


def exported(card: Scorecard, reply: Reply, catalogue: Catalogue) -> tuple[str, bytes]:
    """Return a form's file, with a name that says what it is."""
    target, language = reply.target or "xlsx", reply.form_language or reply.language
    name = title(card, catalogue, reply.language).replace("/", " ").replace(":", " –")
    return f"{name}.{target}", export(card, catalogue, target, language)
