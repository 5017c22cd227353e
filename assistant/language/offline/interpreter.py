"""The offline interpreter: a message over a conversation in, actions out. Deterministic, and no model is called."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from assistant.actions import Action, Draft, Explain, Help, Question, Restore, Revise, Show, Thanks, Undo
from assistant.conversation import Conversation
from assistant.language.interpretation import Interpretation, shortened
from assistant.language.offline import cards, commands, drafts, earlier, ellipsis, listings, questions, social
from assistant.language.offline.cardtalk import form_language
from assistant.language.offline.dimensions import dimensioned
from assistant.language.offline.holding import held
from assistant.language.offline.parts import parted
from assistant.language.offline.proportions import proportioned
from assistant.language.offline.reader import Reader, language_of
from assistant.language.offline.replying import completed
from assistant.language.offline.resizing import resized
from assistant.language.offline.results import results
from assistant.language.offline.talk import Talk
from assistant.language.offline.utterance import Utterance
from assistant.models import Context
from knowledge.models import Language

# The particular before the general; the first that takes a message has it.
READERS: tuple[Callable[[Utterance], Action | None], ...] = (
    social.courtesy,
    results,
    social.person,
    earlier.past,
    listings.listed,
    proportioned,
    dimensioned,
    resized,
    held,
    cards.direction,
    earlier.shown_again,
    earlier.once_more,
    cards.commanded_over,
    cards.of_form,
    ellipsis.asked_again,
    questions.question,
    commands.commanded,
    drafts.drafted,
    social.at_least_courtesy,
)
_NAME = 40
"""Characters of a message that may be nothing but a position's name."""
_NEAR = 3


class Offline:
    """Reads messages with the catalogue's words and what the conversation was about."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @cached_property
    def talk(self) -> Talk:
        return Talk(self.reader.catalogue)

    def read(
        self, message: str, conversation: Conversation, *, brought: bool = False, first: Interpretation | None = None
    ) -> Interpretation:
        """Read a message; there is nothing in ``first`` that this reading does not know itself."""
        language = language_of(message, conversation.language)
        if conversation.pending is not None:
            action = completed(conversation.pending, message, self.reader, self.talk)
            if action is not None:
                return Interpretation(language=language, actions=(action,))
        return _interpreted(Utterance(self.reader, self.talk, conversation, message, language, brought))


def _interpreted(said: Utterance) -> Interpretation:
    parts = [] if said.brought else [(part, _read(part)) for part in _parts(said)]
    found = [cards.of_brought(said)] if said.brought else [action for _, read in parts for action in read]
    found = _undone(_polite(found))
    return Interpretation(
        language=_answered_in(said, found),
        actions=shortened(tuple(found)),
        left=said.reading.left if _open(found) else (),
        passed=tuple(clause for part, read in parts for clause in _passed(part, read)),
        lost=not found,
        near=() if found else _near(said),
    )


def _parts(said: Utterance) -> list[Utterance]:
    """Return the requests of a message that are carried out one after the other."""
    texts = parted(said.text, said.reader, said.talk, shown=said.shown)
    return [replace(said, message=text) for text in texts] if len(texts) > 1 else [said]


def _read(said: Utterance) -> list[Action]:
    """Return what a message asks for, by the first reader that takes it."""
    return next(([action] for read in READERS if (action := read(said)) is not None), [])


def _passed(part: Utterance, actions: list[Action]) -> tuple[str, ...]:
    """Return the clauses that say nothing to a draft or a change by words; other readings look at more than those."""
    drawn = any(isinstance(one, Draft | Revise) and (one.evidence or one.context != Context()) for one in actions)
    return tuple(one for one in part.reading.passed if "thanks" not in part.talk.hits(one)) if drawn else ()


def _answered_in(said: Utterance, actions: list[Action]) -> Language:
    """Return the language of the answer: that of the message, unless it asks for the other one."""
    asked = form_language(said.message)
    told = any(isinstance(action, Show | Explain | Help) for action in actions)
    return asked if told and asked in {"zh", "en"} else said.language


def _near(said: Utterance) -> tuple[str, ...]:
    """Return names of positions that a short message nobody understood looks like."""
    if not said.message.strip() or len(said.message) > _NAME:
        return ()
    names = said.reader.catalogue.roles
    found = said.reader.roles.meaning(said.message).nearest[:_NEAR]
    return tuple(names[match.id].name.say(said.language) for match in found)


def _polite(actions: list[Action]) -> list[Action]:
    """Leave thanks out where a message asks for something too, and a general question beside something particular."""
    for kind in (Thanks, Question):
        actions = [one for one in actions if not isinstance(one, kind)] or actions[:1]
    return actions


def _undone(actions: list[Action]) -> list[Action]:
    """Leave out a change that says nothing beside the number of lines where a message undoes the last one."""
    if not any(isinstance(one, Undo | Restore) for one in actions):
        return actions
    return [one for one in actions if not (isinstance(one, Revise) and _keeps(one))]


def _keeps(change: Revise) -> bool:
    """Tell whether a change asks for nothing but what undoing brings back."""
    return not change.themes and all(wish.ask == "include" for wish in change.wishes)


def _open(actions: list[Action]) -> bool:
    """Tell whether a message may say more than was found: none was, or one that takes any strategy or question."""
    return not actions or any(isinstance(action, Draft | Revise | Question) for action in actions)
