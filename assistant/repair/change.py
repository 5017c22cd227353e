"""What a repair gives back."""

from typing import Literal

from pydantic import JsonValue

from assistant.models import Finding, Scorecard
from knowledge.models import Frozen

ChangeKind = Literal["weight", "dropped", "added", "replaced", "field", "gate", "monitor"]


class Change(Frozen):
    """One thing that a repair did to a card."""

    kind: ChangeKind
    line: str
    """The name of the line, as the card given has it, in the reader's language."""
    place_before: int | None = None
    """Which line of the card given, from 0."""
    place_after: int | None = None
    field: str | None = None
    before: JsonValue = None
    after: JsonValue = None
    rules: tuple[str, ...]
    """Codes of the rules that it serves."""
    text: str
    what: str | None = None
    """Of a field: what was filled in, without line and rules, for surfaces that show a line's fields together."""


class Repaired(Frozen):
    """The nearest card that the rules let pass, how it differs, and what is left for a person."""

    scorecard: Scorecard
    changes: tuple[Change, ...] = ()
    left: tuple[Finding, ...] = ()
    """What a program cannot put right; ``fix`` says why and what to do."""
