"""Two readings of one message put together: the offline one stands, the model's fills what it leaves open."""

from collections.abc import Sequence

from assistant.actions import Action, Decline, Draft, PersonCase, Question, Revise, Wish
from assistant.conversation import Conversation
from assistant.language.interpretation import Interpretation, shortened
from assistant.language.model.grounding import Ground, Grounded
from assistant.language.offline.drafts import joined
from assistant.language.offline.lexicon import plain

FINAL = (Decline, PersonCase)
"""Readings that a model never touches."""
BESIDE = frozenset({"check", "repair", "game", "readiness", "explain", "define", "alternatives", "export", "show"})
"""What a model may find beside what was read offline: nothing that changes the card or the conversation."""
NOT_A_QUESTION = BESIDE | {"draft", "revise", "compare", "list", "review", "score", "help", "person"}
"""What a message put as a question can turn out to ask for."""


def worth_asking(ground: Ground) -> bool:
    """Tell whether a model's reading could add anything at all."""
    first = ground.said.first
    if first.complete or any(isinstance(action, FINAL) for action in first.actions):
        return False
    if _question(first) or first.lost or not first.actions:
        return True
    said = _of_a_card(first.actions)
    return ground.said.spare or (said is not None and (_lacks_strategy(said) or bool(_unread(said, ground))))


def merged(ground: Ground, read: Sequence[Grounded]) -> Interpretation:
    """Return what a message comes to by both readings; the offline one itself where the other adds nothing."""
    first = ground.said.first
    if not read or not worth_asking(ground):
        return first
    actions = _merged(ground, first, read)
    if not actions or actions == first.actions:
        return first
    left = tuple(part for part in first.left if not any(part in plain(one.quote.words) for one in read))
    return first.model_copy(update={"actions": actions, "left": left, "lost": False, "near": (), "by": "model"})


def _merged(ground: Ground, first: Interpretation, read: Sequence[Grounded]) -> tuple[Action, ...]:
    if first.lost or not first.actions:
        return shortened(tuple(_completing(ground.conversation, one.action) for one in read))
    if _question(first):
        return _instead(first, read)
    filled = tuple(_filled(ground, action, read) for action in first.actions)
    kinds = {action.kind for action in filled}
    beside = (one.action for one in read if one.action.kind in BESIDE - kinds and ground.said.apart(one.quote))
    return shortened((*filled, *beside))


def _completing(conversation: Conversation, action: Action) -> Action:
    """Return an action with what a draft that waits for its position had said before."""
    waiting = conversation.pending.action if conversation.pending else None
    return joined(waiting, action) if isinstance(waiting, Draft) and isinstance(action, Draft) else action


def _question(first: Interpretation) -> bool:
    return len(first.actions) == 1 and isinstance(first.actions[0], Question)


def _instead(first: Interpretation, read: Sequence[Grounded]) -> tuple[Action, ...]:
    """Return what a message put as a question asks for; a draft for nothing in particular is no more than it was."""
    asked = first.actions[0]
    kinds = {one.action.kind for one in read}
    if not isinstance(asked, Question) or asked.border or not kinds <= NOT_A_QUESTION:
        return first.actions
    found = [one.action for one in read]
    if any(isinstance(action, Draft) and not (action.role or action.themes or action.wishes) for action in found):
        return first.actions
    return shortened(tuple(_with_role(action, asked.role) for action in found))


def _with_role(action: Action, role: str | None) -> Action:
    """Return an action for the position that was found for certain."""
    return action.model_copy(update={"role": role}) if role and isinstance(action, Draft) else action


def _of_a_card(actions: Sequence[Action]) -> Draft | Revise | None:
    return next((action for action in actions if isinstance(action, Draft | Revise)), None)


def _lacks_strategy(said: Draft | Revise) -> bool:
    """Tell whether the words about a strategy may stand in any clause: a change of lines needs none."""
    changed = isinstance(said, Revise) and (
        said.wishes or said.lines or said.direction or said.at_least or said.at_most
    )
    return not said.themes and not changed


def _filled(ground: Ground, action: Action, read: Sequence[Grounded]) -> Action:
    """Return what is said of a card with what the model read in the words that were left over."""
    if not isinstance(action, Draft | Revise) or action is not _of_a_card(ground.said.first.actions):
        return action
    for one in read:
        if isinstance(one.action, Draft | Revise):
            action = _added(ground, action, one.action, apart=ground.said.apart(one.quote))
    return action


def _added(ground: Ground, action: Draft | Revise, more: Draft | Revise, *, apart: bool) -> Draft | Revise:
    wishes = _new(ground, action, more.wishes)
    themes = more.themes if apart or _lacks_strategy(action) else ()
    new = tuple(id for id in themes if id not in action.themes)
    added = {*new, *(wish.indicator for wish in wishes)}
    kept = tuple(wish for wish in action.wishes if not (wishes and wish in _unread(action, ground)))
    counted = action.at_least or action.at_most
    filled = action.model_copy(
        update={
            "themes": (*action.themes, *new),
            "wishes": (*kept, *wishes),
            "evidence": (*action.evidence, *(said for said in more.evidence if said.id in added)),
            "at_least": action.at_least if counted else more.at_least,
            "at_most": action.at_most if counted else more.at_most,
        }
    )
    return _placed(filled, more)


def _placed(action: Draft | Revise, more: Draft | Revise) -> Draft | Revise:
    """Return a draft for the position that the model read, where no other was found."""
    if not isinstance(action, Draft) or not isinstance(more, Draft) or action.role or not more.role:
        return action
    heard = tuple(said for said in more.evidence if said.kind == "role")
    return action.model_copy(update={"role": more.role, "evidence": (*heard, *action.evidence)})


def _new(ground: Ground, action: Draft | Revise, wishes: tuple[Wish, ...]) -> tuple[Wish, ...]:
    """Return the wishes about indicators of which the offline reading says nothing."""
    known = {id for wish in action.wishes for id in _ids(ground, wish)}
    return tuple(wish for wish in wishes if wish.indicator not in known)


def _ids(ground: Ground, wish: Wish) -> tuple[str, ...]:
    meaning = ground.reader.indicators.meaning(wish.indicator)
    return (meaning.id,) if meaning.id else meaning.question.choices if meaning.question else ()


def _unread(action: Draft | Revise, ground: Ground) -> list[Wish]:
    """Return the wishes whose indicator the catalogue does not know."""
    return [wish for wish in action.wishes if not _ids(ground, wish)]
