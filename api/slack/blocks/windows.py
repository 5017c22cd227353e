"""The windows of a card: weights and locks, what would move, and where to share."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    PlainTextObject,
)
from slack_sdk.models.views import View

from api.slack.asked import Place, Pressed
from api.slack.blocks.text import Block, listing, paragraphs, short
from assistant.wording import plain_number, worded
from knowledge.models import Frozen, Language

LABEL = 75
"""Characters of an option; a label may have more."""
NAME = 150
"""Characters of a line's name above its field."""
MOST_OPTIONS = 10
"""Boxes of one group."""
MOST_LINES = 40
"""Lines that a window holds."""
ADJUST, APPLY, SHARE = "scorecraft_adjust", "scorecraft_apply", "scorecraft_share"


class Row(Frozen):
    """A line of a card in the window: what it is called by, by us and by the person, and its weight."""

    line: str
    name: str
    weight: int | None


class Move(Frozen):
    """A line whose weight would change; ``None`` where it is not on the card."""

    name: str
    before: float | None
    after: float | None


class Carried(Frozen):
    """What a window carries from its opening to its end."""

    pressed: Pressed
    place: Place
    language: Language
    in_hand: int | None = None
    """The version in hand when the window was opened."""
    marks: tuple[tuple[int, int, bool], ...] = ()
    """Lines that were set, by their place on the card: the weight, and whether it must stay."""


def adjusting(rows: Sequence[Row], carried: Carried, language: Language) -> dict[str, object]:
    """Return the window in which weights are set."""
    blocks = [*paragraphs([worded("slack.window_how", language)])]
    blocks += [_number(place, row, language) for place, row in enumerate(rows[:MOST_LINES])]
    blocks += _locks(rows[:MOST_LINES], language)
    return _window(ADJUST, "slack.window", "slack.window_check", blocks, carried, language)


def moving(set_: Sequence[Move], other: Sequence[Move], carried: Carried, language: Language) -> dict[str, object]:
    """Return the window that shows what the weights come to, before they are taken."""
    blocks = [
        *listing(worded("slack.window_set", language), [_move(one, language) for one in set_]),
        *listing(worded("slack.window_else", language), [_move(one, language) for one in other]),
    ]
    return _window(APPLY, "slack.window_moved", "slack.window_apply", blocks, carried, language)


def sharing(carried: Carried, language: Language) -> dict[str, object]:
    """Return the window in which a channel is chosen; those with people of others are not offered."""
    chooser = ConversationSelectElement(
        action_id="value",
        default_to_current_conversation=True,
        filter=ConversationFilter(
            include=["public", "private"], exclude_bot_users=True, exclude_external_shared_channels=True
        ),
    )
    label = PlainTextObject(text=worded("slack.share_where", language), emoji=False)
    block: Block = InputBlock(block_id="channel", label=label, element=chooser).to_dict()
    return _window(SHARE, "slack.share_window", "slack.share_yes", [block], carried, language)


def notice(text: str, language: Language) -> dict[str, object]:
    """Return a window that says something and can only be closed."""
    made: dict[str, object] = View(
        type="modal",
        title=PlainTextObject(text=worded("slack.window", language), emoji=False),
        close=PlainTextObject(text=worded("slack.close", language), emoji=False),
        blocks=list(paragraphs([text])),
    ).to_dict()
    return made


def block_of(place: int) -> str:
    return f"weight_{place}"


def _number(place: int, row: Row, language: Language) -> Block:
    hint = worded("slack.window_range", language, now=row.weight) if row.weight is not None else None
    element = NumberInputElement(
        action_id="value", is_decimal_allowed=False, initial_value=row.weight, min_value=0, max_value=100
    )
    made: Block = InputBlock(
        block_id=block_of(place),
        label=PlainTextObject(text=short(row.name, NAME), emoji=False),
        hint=PlainTextObject(text=hint, emoji=False) if hint else None,
        element=element,
        optional=row.weight is None,
    ).to_dict()
    return made


def _locks(rows: Sequence[Row], language: Language) -> Iterator[Block]:
    for start in range(0, len(rows), MOST_OPTIONS):
        options = [
            Option(value=block_of(place), text=PlainTextObject(text=short(row.name, LABEL), emoji=False))
            for place, row in enumerate(rows[start : start + MOST_OPTIONS], start)
        ]
        made: Block = InputBlock(
            block_id=f"locks_{start}",
            label=PlainTextObject(text=worded("slack.window_locks", language), emoji=False),
            element=CheckboxesElement(action_id="value", options=options),
            optional=True,
        ).to_dict()
        yield made


def _move(one: Move, language: Language) -> str:
    before = _weight(one.before) or worded("slack.window_new", language)
    after = _weight(one.after) or worded("slack.window_gone", language)
    return worded("slack.window_move", language, name=short(one.name, NAME), before=before, after=after)


def _weight(value: float | None) -> str:
    return "" if value is None else f"{plain_number(float(value))}%"


def _window(
    callback: str, title: str, submit: str, blocks: Sequence[Block], carried: Carried, language: Language
) -> dict[str, object]:
    said = [PlainTextObject(text=worded(key, language), emoji=False) for key in (title, submit, "slack.cancel")]
    made: dict[str, object] = View(
        type="modal",
        callback_id=callback,
        title=said[0],
        submit=said[1],
        close=said[2],
        private_metadata=carried.model_dump_json(exclude_defaults=True),
        blocks=list(blocks),
    ).to_dict()
    return made
