"""Buttons below an answer, and what they carry."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    Option,
    PlainTextObject,
    StaticSelectElement,
)

from api.slack.asked import Deed, Pressed
from api.slack.blocks.text import Block, short
from assistant.conversation import Choice, Reply
from assistant.models import Finding
from assistant.storage.models import Verdict
from assistant.wording import worded
from knowledge.models import Catalogue, Frozen, Language
from knowledge.terms import Severity

PREFIX = "scorecraft_"
BUTTON = 75
"""Characters on a button."""
NAMES: dict[Deed, str] = {
    "adjust": "slack.adjust",
    "explain": "slack.explain",
    "alternatives": "slack.alternatives",
    "export": "slack.export",
    "repair": "slack.repair",
    "game": "slack.game",
    "share": "slack.share",
}


class Controls(Frozen):
    """What stands below the answers of a turn."""

    conversation: str
    turn: int
    private: bool
    """Whether only the person sees the answer, so that it can be shared."""
    here: bool = False
    """Whether it would be shared into the channel it was asked in."""
    feedback: bool = True


def offered(reply: Reply) -> tuple[Deed, ...]:
    """Return what can be done with the card of a reply."""
    if reply.kind in {"card", "changed"} and reply.suggestion is not None:
        mend: tuple[Deed, ...] = ("repair",) if any(map(_mendable, reply.suggestion.findings)) else ()
        return ("adjust", "explain", "alternatives", *mend, "game", "export")
    if reply.kind == "checked" and reply.checked is not None:
        return ("repair", "adjust", "game", "export")
    return ("adjust", "game", "export") if reply.kind == "repaired" else ()


def _mendable(finding: Finding) -> bool:
    return finding.severity is not Severity.ADVICE


def buttons(reply: Reply, controls: Controls) -> Iterator[Block]:
    """Yield the buttons of a card; the first is what most people want next."""
    share: tuple[Deed, ...] = ("share",) if controls.private else ()
    deeds = offered(reply)
    if not deeds:
        return
    carried = Pressed(conversation=controls.conversation, version=reply.version, turn=controls.turn).model_dump_json()
    shown = (*deeds, *share)
    yield _row(_button(deed, carried, reply.language, controls, first=deed == shown[0]) for deed in shown)


def choices(found: Sequence[Choice], controls: Controls) -> Iterator[Block]:
    """Yield the answers that a question offers as buttons."""
    if found:
        yield _row(
            ButtonElement(
                text=PlainTextObject(text=short(one.label, BUTTON), emoji=False),
                action_id=f"{PREFIX}choose_{number}",
                value=Pressed(
                    conversation=controls.conversation, turn=controls.turn, words=one.label
                ).model_dump_json(),
            )
            for number, one in enumerate(found[:25])
        )


def positions(reply: Reply, catalogue: Catalogue, controls: Controls) -> Iterator[Block]:
    """Yield the positions that a form may be for, where it names none: half of the rules need it."""
    if reply.checked is None or not reply.checked.skipped:
        return
    asking = PlainTextObject(text=worded("slack.position", reply.language), emoji=False)
    options = [
        Option(value=id, text=PlainTextObject(text=short(role.name.say(reply.language), BUTTON), emoji=False))
        for id, role in catalogue.roles.items()
    ]
    carried = Pressed(conversation=controls.conversation, version=reply.version, turn=controls.turn)
    element = StaticSelectElement(action_id=f"{PREFIX}position", placeholder=asking, options=options)
    made: Block = ActionsBlock(elements=[element], block_id=carried.model_dump_json(exclude_defaults=True)).to_dict()
    yield made


def feedback(controls: Controls, language: Language) -> Iterator[Block]:
    """Yield the buttons for good and bad."""
    if not controls.feedback or not controls.turn:
        return
    carried = Pressed(conversation=controls.conversation, turn=controls.turn)
    marks: tuple[Verdict, Verdict] = ("up", "down")
    good, bad = (
        FeedbackButtonObject(
            text=PlainTextObject(text=worded(key, language), emoji=False),
            value=carried.model_copy(update={"verdict": verdict}).model_dump_json(),
        )
        for verdict, key in zip(marks, ("slack.good", "slack.bad"), strict=True)
    )
    element = FeedbackButtonsElement(action_id=f"{PREFIX}feedback", positive_button=good, negative_button=bad)
    made: Block = ContextActionsBlock(elements=[element]).to_dict()
    yield made


def _row(found: "Iterator[ButtonElement]") -> Block:
    made: Block = ActionsBlock(elements=list(found)).to_dict()
    return made


def _button(deed: Deed, carried: str, language: Language, controls: Controls, *, first: bool) -> ButtonElement:
    name = "slack.share_here" if deed == "share" and controls.here else NAMES[deed]
    return ButtonElement(
        text=PlainTextObject(text=worded(name, language), emoji=False),
        action_id=f"{PREFIX}{deed}",
        value=carried,
        style="primary" if first else None,
        confirm=_sure(language) if deed == "share" and controls.here else None,
    )


def _sure(language: Language) -> ConfirmObject:
    keys = ("slack.share_title", "slack.share_text", "slack.share_yes", "slack.cancel")
    title, text, yes, no = (PlainTextObject(text=worded(key, language), emoji=False) for key in keys)
    return ConfirmObject(title=title, text=text, confirm=yes, deny=no)
