"""Which function carries out which action."""

from collections.abc import Callable, Sequence
from typing import Any

from assistant.actions import Action, Revise
from assistant.conversation import Conversation, Reply
from assistant.errors import ScorecraftError, UnknownName
from assistant.turns import drafting, forms, past, telling
from assistant.turns.scene import Done, Scene, refused

DEEDS: dict[str, Callable[[Scene, Any], Done]] = {
    "draft": drafting.draft,
    "check": forms.check,
    "repair": forms.repair,
    "review": forms.review,
    "game": forms.game,
    "readiness": forms.readiness,
    "score": forms.score,
    "export": forms.export,
    "explain": telling.explain,
    "define": telling.define,
    "ask": telling.ask,
    "compare": telling.compare,
    "alternatives": telling.alternatives,
    "list": telling.listing,
    "help": telling.help_,
    "thanks": telling.thanks,
    "leave": telling.leave,
    "decline": telling.decline,
    "person": telling.person,
    "undo": past.undo,
    "restore": past.restore,
    "show": past.show,
    "reset": past.reset,
}


def carry_out(scene: Scene, actions: Sequence[Action]) -> tuple[Conversation, tuple[Reply, ...]]:
    """Carry out actions one after the other; what cannot be done is said, and nothing after it is done."""
    replies: list[Reply] = []
    for action in actions:
        try:
            conversation, reply = deed(scene, action)
        except ScorecraftError as error:
            return scene.conversation, (*replies, scene.reply(refused(error, scene.language)))
        scene = Scene(scene.advisor, conversation, scene.versions, scene.by)
        replies.append(reply.model_copy(update={"version": scene.number}))
        if reply.kind == "question":
            break
    return scene.conversation, tuple(replies)


def deed(scene: Scene, action: Action) -> Done:
    """Carry out one action; ``UnknownName`` where it names a priority or a rule set there is not."""
    for theme in getattr(action, "themes", ()):
        if theme not in scene.catalogue.themes:
            raise UnknownName("theme", theme)
    profile = getattr(action, "profile", None)
    if profile is not None and profile not in scene.catalogue.profiles:
        raise UnknownName("profile", profile, tuple(scene.catalogue.profiles))
    if isinstance(action, Revise):
        form = scene.conversation.form
        own = form is not None and not (action.themes or action.direction or action.profile)
        return forms.change_lines(scene, form, action) if form and own else drafting.revise(scene, action)
    return DEEDS[action.kind](scene, action)
