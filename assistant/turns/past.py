"""Versions of the card: undone, gone back to, shown again."""

from assistant.actions import Reset, Restore, Show, Undo
from assistant.conversation import Conversation, DraftVersion, Held, Reply, Version
from assistant.turns.scene import Done, Scene
from assistant.wording import worded


def undo(scene: Scene, action: Undo) -> Done:
    """Go back along the way that led to the version in hand."""
    steps = scene.conversation.steps
    if len(steps) < 2:
        return scene.say(worded("chat.nothing_to_undo", scene.language))
    before = scene.back_to(steps[: max(1, len(steps) - action.steps)])
    return before, shown(scene, _in_hand(before), worded("chat.undone", scene.language))


def restore(scene: Scene, action: Restore) -> Done:
    """Put an earlier version in hand as a new one, so that this too can be undone."""
    made = scene.conversation.made
    number = action.version if action.version > 0 else made + 1 + action.version
    if not 1 <= number <= made:
        key = "chat.no_such_version" if made else "chat.no_card"
        return scene.say(worded(key, scene.language, **({"number": action.version, "made": made} if made else {})))
    version = scene.version(number)
    said = worded("chat.restored", scene.language, number=number)
    return scene.keep(version), shown(scene, version, said)


def show(scene: Scene, action: Show) -> Done:
    version = scene.conversation.in_hand
    if version is None:
        return scene.say(worded("chat.no_card", scene.language))
    if isinstance(version, DraftVersion):
        return scene.after(), scene.reply(kind="card", suggestion=version.suggestion)
    return scene.after(), shown(scene, version)


def reset(scene: Scene, action: Reset) -> Done:
    """Start over; the versions made stay in the record of the conversation."""
    empty = scene.after(current=None, form=None, steps=())
    return empty, scene.reply(worded("chat.reset", scene.language))


def shown(scene: Scene, version: Version, *said: str) -> Reply:
    """Return a version as it is shown when it comes back."""
    if isinstance(version, DraftVersion):
        return scene.reply(*said, kind="changed", suggestion=version.suggestion)
    checked = scene.advisor.checked(version.card, scene.language)
    return scene.reply(*said, kind="checked", checked=checked, held=version)


def _in_hand(conversation: Conversation) -> Held | DraftVersion:
    version = conversation.in_hand
    if version is None:
        raise AssertionError("a step leads to a version")
    return version
