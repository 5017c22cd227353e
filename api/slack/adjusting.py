"""The window for weights: opened on a card, checked before it closes, and what else it would move shown first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.slack import arriving, pressing
from api.slack.asked import Asked, Weight
from api.slack.blocks.windows import MOST_LINES, Carried, Move, Row, adjusting, block_of, moving, notice
from api.slack.people import Person
from api.slack.pressing import number_in_hand
from assistant.advisor import Advisor
from assistant.conversation import Conversation, DraftVersion, Reply
from assistant.errors import ScorecraftError
from assistant.language.interpretation import Mind
from assistant.models import Scorecard, ScorecardItem
from assistant.principal import Principal
from assistant.turns.scene import refused
from assistant.turns.turn import Message, Turn, settled
from assistant.wording import worded
from knowledge.models import Language

ERROR = 500
"""Characters of what is said below a field."""


@dataclass(frozen=True)
class Submitted:
    """What a submitted window comes to: what Slack is told, and what is to be done once it closes."""

    answer: dict[str, Any] | None = None
    asked: Asked | None = None


@dataclass(frozen=True)
class Adjusting:
    """One person's window over one card."""

    advisor: Advisor
    by: Principal
    person: Person
    carried: Carried

    @property
    def language(self) -> Language:
        return self.person.language

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines of the card that the button belongs to."""
        pressed = self.carried.pressed
        found = pressing.version(self.advisor, self.by, pressed.conversation, pressed.version)
        items = pressing.card_of(found).items[:MOST_LINES]
        names = Counter(item.name.say(self.language) for item in items)
        own = not isinstance(found, DraftVersion)
        return tuple(self._row(place, item, names, own=own) for place, item in enumerate(items))

    def window(self) -> dict[str, object]:
        carried = self.carried.model_copy(update={"in_hand": number_in_hand(self._conversation())})
        return adjusting(self.rows, carried, self.language)

    def checked(self, view: Mapping[str, Any]) -> Submitted:
        """Check what was entered: say what is wrong below its field, show what else moves, or take it."""
        rows, values = self.rows, arriving.state(view)
        if self._stale():
            return _errors({block_of(0): worded("slack.window_stale", self.language)})
        wrong = {block: worded("slack.window_whole", self.language) for block in _unusable(rows, values)}
        if wrong:
            return _errors(wrong)
        meant = _meant(rows, values)
        if not meant:
            return _errors({block_of(0): worded("slack.window_nothing", self.language)})
        first = block_of(rows.index(next(row for row in rows if row.line == meant[0].line)))
        try:
            reply = self._tried(meant)
        except ScorecraftError as error:
            return _errors({first: refused(error, self.language)})
        card = _card(reply)
        if card is None:
            return _errors({first: " ".join(reply.said)})
        chosen, other = self._moves(rows, card, {one.line for one in meant})
        if not other:
            return Submitted(asked=self._asked(meant))
        places = {row.line: place for place, row in enumerate(rows)}
        marks = tuple((places[one.line], one.weight, one.locked) for one in meant)
        carried = self.carried.model_copy(update={"marks": marks})
        return Submitted({"response_action": "update", "view": moving(chosen, other, carried, self.language)})

    def applied(self) -> Submitted:
        """Take what was shown, unless the card has changed since."""
        if self._stale():
            view = notice(worded("slack.window_stale", self.language), self.language)
            return Submitted({"response_action": "update", "view": view})
        rows = self.rows
        meant = [
            Weight(line=rows[place].line, weight=weight, was=rows[place].weight or 0, locked=locked)
            for place, weight, locked in self.carried.marks
            if place < len(rows)
        ]
        return Submitted(asked=self._asked(meant))

    def _stale(self) -> bool:
        """Tell whether another card has come into hand since the window was opened."""
        return number_in_hand(self._conversation()) != self.carried.in_hand

    def _tried(self, meant: Sequence[Weight]) -> Reply:
        """Return what the weights would come to; nothing of it is kept."""
        id = self.carried.pressed.conversation
        conversation = self._conversation()
        actions = pressing.actions(self._asked(meant), conversation)
        turn = Turn(
            self.advisor,
            Mind(self.advisor.made.mind.offline),
            conversation,
            self.advisor.store.versions(self.by, id),
            self.by,
        )
        return settled(turn, Message(actions=actions, language=self.language))[1][-1]

    def _conversation(self) -> Conversation:
        return self.advisor.store.load(self.by, self.carried.pressed.conversation).conversation

    def _asked(self, meant: Sequence[Weight]) -> Asked:
        place, pressed = self.carried.place, self.carried.pressed
        return Asked(
            kind="adjusted",
            user=self.person.id,
            team=place.team,
            place=place,
            conversation=pressed.conversation,
            deed="adjust",
            pressed=pressed,
            weights=tuple(meant),
        )

    def _row(self, place: int, item: ScorecardItem, names: Counter[str], *, own: bool) -> Row:
        name = item.name.say(self.language)
        line = item.indicator if not own and item.indicator else name if names[name] == 1 else f"#{place + 1}"
        whole = item.weight is not None and float(item.weight).is_integer()
        return Row(line=line, name=name, weight=int(item.points) if whole else None)

    def _moves(self, rows: Sequence[Row], card: Scorecard, meant: set[str]) -> tuple[list[Move], list[Move]]:
        """Return the lines that were set and the others that change, each with its weight before and after."""
        before: dict[str, float | None] = {row.name: row.weight for row in rows}
        after = {item.name.say(self.language): item.points for item in card.items}
        lines = {row.name: row.line for row in rows}
        chosen, other = [], []
        for name in dict.fromkeys([*before, *after]):
            move = Move(name=name, before=before.get(name), after=after.get(name))
            if lines.get(name) in meant:
                chosen.append(move)
            elif move.before != move.after:
                other.append(move)
        return chosen, other


def _errors(found: Mapping[str, str]) -> Submitted:
    return Submitted({"response_action": "errors", "errors": {block: said[:ERROR] for block, said in found.items()}})


def _unusable(rows: Sequence[Row], values: Mapping[str, Any]) -> list[str]:
    """Return the blocks that hold no whole number from 0 to 100."""
    given = {block_of(place): (values.get(block_of(place)) or {}).get("value") for place in range(len(rows))}
    return [block for block, value in given.items() if value not in {None, ""} and not _whole(str(value))]


def _whole(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) <= 100


def _meant(rows: Sequence[Row], values: Mapping[str, Any]) -> list[Weight]:
    """Return the lines whose weight was changed, or which must stay as they are."""
    boxes = [value.get("selected_options") or [] for block, value in values.items() if block.startswith("locks")]
    locked = {one["value"] for some in boxes for one in some}
    found = []
    for place, row in enumerate(rows):
        value = (values.get(block_of(place)) or {}).get("value")
        weight = int(value) if value not in {None, ""} else row.weight
        if weight is not None and (weight != row.weight or block_of(place) in locked):
            held = block_of(place) in locked
            found.append(Weight(line=row.line, weight=weight, was=row.weight or 0, locked=held))
    return found


def _card(reply: Reply) -> Scorecard | None:
    """Return the card that a change came to; ``None`` where it could not be made."""
    if reply.kind == "changed" and reply.suggestion is not None:
        return reply.suggestion.scorecard
    return reply.repaired.scorecard if reply.kind == "repaired" and reply.repaired is not None else None
