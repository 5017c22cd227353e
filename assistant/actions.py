"""What a message asks for, as data: the same actions from typed words, a language model, a button or a program.

Indicators and positions stand as ids or in the person's words; what the words mean is decided when they are carried
out, by the catalogue's names, so that no id outside the catalogue gets through.
"""

from typing import Annotated, Literal

from pydantic import Field

from assistant.models import Context, Evidence, WeightStep
from knowledge.models import Frozen, Id

Ask = Literal["include", "exclude", "no_data", "set", "at_least", "at_most", "by"]
Name = Annotated[str, Field(min_length=1, max_length=200)]
"""An id of the catalogue, or words that name something of it."""


class Wish(Frozen):
    """A wish about one indicator; ``value`` is a weight in per cent, or points up or down for ``by``."""

    ask: Ask
    indicator: Name
    value: Annotated[int, Field(ge=-100, le=1000)] | None = None


class Said(Frozen):
    """What a message says about a card to be: all of it optional."""

    themes: tuple[Id, ...] = ()
    """Strategic priorities, the first-named first."""
    profile: Id | None = None
    context: Context = Context()
    wishes: tuple[Wish, ...] = ()
    at_least: WeightStep | None = None
    """The fewest lines wanted."""
    at_most: WeightStep | None = None
    """The most lines wanted."""
    evidence: tuple[Evidence, ...] = ()
    """The words that all this was read from."""


class Draft(Said):
    """Propose a card for a position; without ``role`` for the position so far, else it is asked for."""

    kind: Literal["draft"] = "draft"
    role: Name | None = None


class Revise(Said):
    """Change the card in hand."""

    kind: Literal["revise"] = "revise"
    direction: Literal["open", "bold", "cash_safe", "balanced", "growth", "stretch"] | None = None
    """``open``: "more conservative", ``bold``: "more ambitious"; both must be asked about. ``stretch``: easier or
    harder targets, which is no matter of weights."""
    lines: tuple["LineChange", ...] = ()
    """Changes to lines by their names, on a person's own form."""


class LineChange(Frozen):
    """Another weight for a line of a person's own form; ``None`` takes it off."""

    name: Name
    weight: WeightStep | None = None
    add: bool = False
    """Whether an indicator of the catalogue may come on the form where no line has the name."""


class Check(Frozen):
    """Check the card in hand; ``role`` and the rest say what it is for."""

    kind: Literal["check"] = "check"
    role: Name | None = None
    themes: tuple[Id, ...] = ()
    profile: Id | None = None
    context: Context = Context()


class Repair(Frozen):
    """Bring the card in hand into line; ``strict`` removes warnings too."""

    kind: Literal["repair"] = "repair"
    strict: bool = False


class Review(Frozen):
    """Say what to keep, change and drop on last year's form."""

    kind: Literal["review"] = "review"
    role: Name | None = None
    themes: tuple[Id, ...] = ()
    profile: Id | None = None
    context: Context = Context()


class Game(Frozen):
    """Say how a clever seller would game the card in hand."""

    kind: Literal["game"] = "game"


class Readiness(Frozen):
    """Say which data each department must get ready for the card in hand."""

    kind: Literal["readiness"] = "readiness"


class Score(Frozen):
    """Score the card in hand with hypothetical actuals: ``name=value`` separated by commas."""

    kind: Literal["score"] = "score"
    actuals: str = ""


class Explain(Frozen):
    """Say why a KPI stands on the card with its weight, or why it does not; without names, of every line."""

    kind: Literal["explain"] = "explain"
    indicators: tuple[Name, ...] = ()


class Define(Frozen):
    """Say what KPIs mean and how they are computed."""

    kind: Literal["define"] = "define"
    indicators: tuple[Name, ...] = ()


class Question(Frozen):
    """Answer a question on KPI design from the guidance and the company's documents."""

    kind: Literal["ask"] = "ask"
    question: Annotated[str, Field(min_length=1, max_length=2000)]
    role: Name | None = None
    """A position that the question names, for which a draft may be offered."""
    border: bool = False
    """Whether it lies beside the task, such as forced rankings: what the guidance says around it, no more."""


class Compare(Frozen):
    """Put cards side by side: of positions, of priorities, or of versions of the card in hand."""

    kind: Literal["compare"] = "compare"
    roles: tuple[Name, ...] = ()
    themes: tuple[Id, ...] = ()
    versions: tuple[int, ...] = ()


class Alternatives(Frozen):
    """Show other good cards beside the one in hand."""

    kind: Literal["alternatives"] = "alternatives"


class Export(Frozen):
    """Write the card in hand to a file."""

    kind: Literal["export"] = "export"
    target: Literal["xlsx", "docx", "md", "csv", "json", "yaml"] = "xlsx"
    language: Literal["zh", "en", "both"] | None = None


class Undo(Frozen):
    """Go back to the version before."""

    kind: Literal["undo"] = "undo"
    steps: Annotated[int, Field(ge=1, le=1000)] = 1


class Restore(Frozen):
    """Go back to a version by its number, from 1; negative counts from the end."""

    kind: Literal["restore"] = "restore"
    version: int


class Show(Frozen):
    """Show the card in hand again."""

    kind: Literal["show"] = "show"


class Listing(Frozen):
    """List what is known; indicators for the position so far where there is one."""

    kind: Literal["list"] = "list"
    what: Literal["roles", "indicators", "themes", "rules", "profiles", "versions"]
    role: Name | None = None


class Reset(Frozen):
    """Start over."""

    kind: Literal["reset"] = "reset"


class Help(Frozen):
    """Say what can be done here."""

    kind: Literal["help"] = "help"


class Thanks(Frozen):
    """Take thanks or an "OK" for what they are."""

    kind: Literal["thanks"] = "thanks"


class Leave(Frozen):
    """End the conversation."""

    kind: Literal["leave"] = "leave"


class Decline(Frozen):
    """Say in a sentence that this is not done here, and what is."""

    kind: Literal["decline"] = "decline"
    why: Literal["person", "distribution", "pay", "law", "secret", "targets", "topic"] = "topic"


class PersonCase(Frozen):
    """A question about one person's card: it is designed for the position, with ramp and territory, no verdict."""

    kind: Literal["person"] = "person"
    remedy: Literal["ramp", "territory", "position"] | None = None


Action = Annotated[
    Draft | Revise | Check | Repair | Review | Game | Readiness | Score | Explain | Define | Question | Compare
    | Alternatives | Export | Undo | Restore | Show | Listing | Reset | Help | Thanks | Leave | Decline | PersonCase,
    Field(discriminator="kind"),
]  # fmt: skip
MOST_ACTIONS = 6
"""Actions that one message is taken to hold at most."""
