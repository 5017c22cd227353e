"""The scripted dialogues, and the judge of what each turn came to; shared by the tests and the benchmark."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from assistant.conversation import Conversation, Reply
from assistant.models import Scorecard
from knowledge import documents
from knowledge.models import Frozen, Id, Language

FOLDER = Path(__file__).parent / "cases" / "dialogues"
TRIALS = FOLDER.parent / "trials"
"""Dialogues written down after the program was tried: a record of what works, not a measure."""
TUNING = "tuning"
OPEN = frozenset({TUNING, "more", "follow-up", "trials"})
"""Sets that may be looked into; a file with any other word behind its language is held out."""
Kind = Literal[
    "draft", "revise", "check", "repair", "review", "game", "readiness", "score", "explain", "define", "ask",
    "compare", "alternatives", "export", "undo", "restore", "show", "list", "reset", "help", "thanks", "leave",
    "decline", "person",
]  # fmt: skip
ReplyKind = Literal[
    "card", "changed", "question", "text", "answer", "comparison", "checked", "repaired", "reviewed", "gamed",
    "readiness", "scored", "export", "declined",
]  # fmt: skip
Format = Literal["xlsx", "docx", "md", "csv", "json", "yaml"]
CARDS = frozenset({"card", "changed", "repaired"})
"""Kinds of replies that a person takes for one and the same: here is the card."""
Points = dict[Id, int]
DRAFTED = frozenset({"draft", "revise"})
FACTS = frozenset({"role", "themes", "profile", "on", "off", "weights", "at_least", "at_most", "count", "most"})


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Wanted(Frozen):
    """One message, and what a colleague from HR would take it to mean."""

    type: Annotated[str, Field(min_length=1)]
    actions: Annotated[tuple[Kind, ...], Field(min_length=1)]
    """The kinds that are carried out, in order."""
    kind: ReplyKind | None = None
    role: Id | None = None
    themes: tuple[Id, ...] = ()
    profile: Id | None = None
    on: tuple[Id, ...] = ()
    off: tuple[Id, ...] = ()
    weights: Points = Field(default_factory=dict)
    at_least: Points = Field(default_factory=dict)
    at_most: Points = Field(default_factory=dict)
    count: int | None = None
    """Exactly so many lines."""
    most: int | None = None
    exports: Annotated[tuple[Format, ...], BeforeValidator(_listed)] = ()
    """The formats that will do."""
    language: Language | None = None
    """Of the reply."""

    @property
    def facts(self) -> frozenset[str]:
        """The names of the facts stated about the card."""
        return FACTS & self.model_fields_set

    @property
    def indicators(self) -> tuple[Id, ...]:
        return (*self.on, *self.off, *self.weights, *self.at_least, *self.at_most)


class Dialogue(Frozen):
    id: Annotated[str, Field(min_length=1)]
    language: Language
    """Of the surface, at the start."""
    turns: Annotated[tuple[Wanted, ...], Field(min_length=3, max_length=10)]
    set: str = TUNING
    """What stands in its file's name behind the language."""

    @property
    def held_out(self) -> bool:
        """Whether nothing may be adapted to it: neither its words nor its failures are shown anywhere."""
        return self.set not in OPEN


class _Written(Frozen):
    """A dialogue as its file has it, where its set is the file's."""

    id: str
    language: Language
    turns: tuple[Wanted, ...]


def load(folder: Path = FOLDER) -> tuple[Dialogue, ...]:
    """Return the dialogues of all files, the files by name; a key that is not known is an error."""
    return tuple(one for file in sorted(folder.glob("*.yaml")) for one in read(file))


def read(file: Path) -> tuple[Dialogue, ...]:
    written = TypeAdapter(tuple[_Written, ...]).validate_python(documents.read(file, file.name).data)
    group = file.stem.partition("-")[2] or TUNING
    return tuple(Dialogue(id=one.id, language=one.language, turns=one.turns, set=group) for one in written)


# The judge.


def flaws(wanted: Wanted, conversation: Conversation, replies: Sequence[Reply]) -> tuple[str, ...]:
    """Return what a turn got wrong, given the conversation after it; nothing where it was understood."""
    return (*_actions(wanted, conversation, replies), *_kinds(wanted, replies), *_facts(wanted, conversation, replies))


def carried_out(conversation: Conversation, replies: Sequence[Reply]) -> tuple[str, ...]:
    """Return the kinds of actions of the last turn, by what became of them.

    A card that came without a word was checked; a question that nothing answers was declined.
    """
    kinds = conversation.recent[-1].actions
    if not kinds:
        return tuple("check" for reply in replies if reply.checked is not None)
    declined = bool(replies) and replies[-1].kind == "declined"
    return tuple("decline" if declined and kind == "ask" else kind for kind in kinds)


def shown(replies: Sequence[Reply]) -> tuple[Scorecard, ...]:
    """Return the cards that the replies propose; what people brought is none of them."""
    found = (
        (
            reply.suggestion and reply.suggestion.scorecard,
            reply.repaired and reply.repaired.scorecard,
            reply.review and reply.review.proposal,
        )
        for reply in replies
    )
    return tuple(card for cards in found for card in cards if card is not None)


def _actions(wanted: Wanted, conversation: Conversation, replies: Sequence[Reply]) -> Iterator[str]:
    got = carried_out(conversation, replies)
    pairs = zip(got, wanted.actions, strict=False)
    if len(got) != len(wanted.actions) or not all(_same(one, other) for one, other in pairs):
        yield f"actions {', '.join(got) or 'none'}"


def _same(kind: str, wanted: str) -> bool:
    """Tell whether an action is the one wanted; the card's facts tell a new draft from a change, not its name."""
    return kind == wanted or {kind, wanted} <= DRAFTED


def _kinds(wanted: Wanted, replies: Sequence[Reply]) -> Iterator[str]:
    kinds = [reply.kind for reply in replies]
    if wanted.kind is None or wanted.kind in kinds:
        return
    # A person's case may be answered in words or with a question: both give no verdict.
    if not (wanted.kind in CARDS and CARDS & set(kinds)) and wanted.actions != ("person",):
        yield f"kind {', '.join(kinds) or 'none'}"


def _facts(wanted: Wanted, conversation: Conversation, replies: Sequence[Reply]) -> Iterator[str]:
    card = _card(conversation, replies)
    if card is not None:
        yield from _named(wanted, card)
        yield from _counted(wanted, card)
        yield from _weighed(wanted, card.weights())
    else:
        yield from _waiting(wanted, conversation)
    if wanted.exports and not any(reply.target in wanted.exports for reply in replies):
        yield "exports"
    if wanted.language and replies[-1].language != wanted.language:
        yield f"language {replies[-1].language}"


def _card(conversation: Conversation, replies: Sequence[Reply]) -> Scorecard | None:
    """Return the card last shown, else the one in hand."""
    for reply in reversed(replies):
        if made := reply.suggestion or reply.repaired:
            return made.scorecard
        if reply.held is not None:
            return reply.held.card
    version = conversation.in_hand
    if version is None:
        return None
    return version.card if version.kind == "form" else version.suggestion.scorecard


def _waiting(wanted: Wanted, conversation: Conversation) -> Iterator[str]:
    """While a question waits there is no card: the priorities stand on the action that the answer completes."""
    pending = conversation.pending
    missing = wanted.facts - ({"themes"} if pending else set())
    if missing:
        yield f"no card for {', '.join(sorted(missing))}"
    if pending and wanted.themes and tuple(getattr(pending.action, "themes", ())) != wanted.themes:
        yield "themes that wait"


def _named(wanted: Wanted, card: Scorecard) -> Iterator[str]:
    if wanted.role and card.role != wanted.role:
        yield f"role {card.role}"
    if "themes" in wanted.facts and card.themes != wanted.themes:
        yield f"themes {', '.join(card.themes) or 'none'}"
    if wanted.profile and card.profile != wanted.profile:
        yield f"profile {card.profile}"


def _counted(wanted: Wanted, card: Scorecard) -> Iterator[str]:
    lines = len(card.items)
    if wanted.count not in {None, lines} or lines > (wanted.most or lines):
        yield f"{lines} lines"


def _weighed(wanted: Wanted, weights: dict[str, int]) -> Iterator[str]:
    yield from (f"{id} is missing" for id in wanted.on if id not in weights)
    yield from (f"{id} is still on" for id in wanted.off if id in weights)
    yield from (f"{id} {weights.get(id)}" for id, points in wanted.weights.items() if weights.get(id) != points)
    yield from (f"{id} {weights.get(id)}" for id, points in wanted.at_least.items() if weights.get(id, 0) < points)
    yield from (f"{id} {weights.get(id)}" for id, points in wanted.at_most.items() if weights.get(id, 0) > points)
