"""Everything Scorecraft refuses, under one root.

ScorecraftError
├── UnknownName      an id or a title that names nothing; carries the nearest matches
├── AmbiguousName    a title that means several things; carries the choices
├── BadInput         input of the wrong form; names the place
│   └── BadProfile   a company's rule set that cannot be used; holds every problem in it
├── NotAllowed       a principal without the scope that something needs
├── Unavailable      something that should be there is not: the index, a server, a model
├── ModelUnavailable a language model that gave nothing usable; carries the cause
├── StoreTrouble     conversations cannot be kept or found; names the database
├── Outdated         a change to something that somebody else changed meanwhile
├── WrongState       a step that the state of a scorecard does not allow
└── WishConflict     wishes that no valid scorecard meets; carries the colliding ones

A message is a phrase key with its variables, so that each surface says it in its reader's language.
"""

from collections.abc import Mapping
from typing import Any, Literal

from assistant.wording import worded
from knowledge.models import Language


class ScorecraftError(Exception):
    """The root: catch this to catch everything Scorecraft refuses."""

    key: str

    def __init__(self, **variables: Any) -> None:
        self.variables = variables
        super().__init__(self.say("en"))

    def say(self, language: Language, listings: Mapping[str, str] | None = None) -> str:
        """Return the message; ``listings`` says where a surface lists the names of a kind, otherwise commands do."""
        return worded(self.key, language, **self.variables)


class BadInput(ScorecraftError):
    """Input of the wrong form; ``key`` is the phrase that names the place and the way out."""

    def __init__(self, key: str, **variables: Any) -> None:
        self.key = key
        super().__init__(**variables)


class BadProfile(BadInput):
    """A company's rule set that cannot be used; each problem says its file, line and what was expected."""

    def __init__(self, path: str, problems: tuple[Any, ...]) -> None:
        self.problems = problems
        super().__init__("error.profile", path=path, count=len(problems))

    def say(self, language: Language, listings: Mapping[str, str] | None = None) -> str:
        return "\n".join([super().say(language), *(problem.say(language) for problem in self.problems)])


class Unavailable(ScorecraftError):
    """Something outside the request that does not answer; ``key`` is the phrase that says what, and the way out."""

    def __init__(self, key: str, **variables: Any) -> None:
        self.key = key
        super().__init__(**variables)


class NotAllowed(ScorecraftError):
    """``scope`` is what the principal lacks."""

    key = "error.not_allowed"

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(scope=scope)


LISTINGS = {
    "role": "scorecraft roles",
    "indicator": "scorecraft indicators",
    "theme": "scorecraft themes",
    "rule": "scorecraft rules",
    "document": "scorecraft documents",
    "conversation": "scorecraft conversations",
    "key": "scorecraft keys list",
}
"""Where all names of a kind are found, on the command line."""


class UnknownName(ScorecraftError):
    """``kind`` is role, indicator, theme, stage, profile or rule; ``nearest`` are names to offer, best first.

    Its message says where to see all of them.
    """

    def __init__(self, kind: str, name: str, nearest: tuple[Any, ...] = ()) -> None:
        self.key = f"error.unknown_{kind}" if nearest else f"error.unknown_{kind}_alone"
        self.kind, self.name, self.nearest = kind, name, nearest
        super().__init__(name=name, nearest=nearest)

    def say(self, language: Language, listings: Mapping[str, str] | None = None) -> str:
        listing = (LISTINGS | dict(listings or {})).get(self.kind, "")
        return worded(self.key, language, **self.variables, listing=listing)


class AmbiguousName(ScorecraftError):
    """``choices`` are the texts of what the name can mean; ``ids`` their ids in the same order."""

    key = "error.ambiguous"

    def __init__(self, name: str, question: Any, choices: tuple[Any, ...], ids: tuple[str, ...]) -> None:
        self.name, self.question, self.choices, self.ids = name, question, choices, ids
        super().__init__(name=name, question=question, choices=choices)


class WishConflict(ScorecraftError):
    """``wishes`` collide: drop any one of them and the rest can be met; ``drop`` is the fewest to give up.

    ``low`` and ``high`` are the allowed numbers of items, ``most`` the highest weight: the limits they collide on.
    """

    def __init__(self, wishes: tuple[Any, ...], drop: tuple[Any, ...], low: int, high: int, most: int) -> None:
        self.wishes, self.drop = wishes, drop
        self.key = "error.conflict" if len(wishes) > 1 else "error.conflict_one"
        super().__init__(wishes=wishes, drop=drop, low=low, high=high, most=most)


Cause = Literal[
    "refused",
    "certificate",
    "key",
    "settings",
    "limit",
    "server",
    "slow",
    "cut",
    "garbled",
    "empty",
    "endless",
    "declined",
    "busy",
    "resting",
    "unfit",
]
_MODEL_PHRASES: dict[Cause, str] = {
    "refused": "model.refused",
    "certificate": "model.certificate",
    "key": "model.key",
    "settings": "model.settings",
    "limit": "model.limit",
    "server": "model.server",
    "slow": "model.slow",
    "cut": "model.cut",
    "garbled": "model.garbled",
    "empty": "model.empty",
    "endless": "model.endless",
    "declined": "model.declined",
    "busy": "model.busy",
    "resting": "model.resting",
    "unfit": "model.unfit",
}


class ModelUnavailable(ScorecraftError):
    """A language model that was of no use: ``cause`` says why, so that the answer without it can say so too.

    Neither what was sent nor the key is ever part of it.
    """

    def __init__(self, cause: Cause, status: int | None = None) -> None:
        self.cause, self.status = cause, status
        self.key = _MODEL_PHRASES[cause]
        super().__init__()


class StoreTrouble(ScorecraftError):
    """The database cannot be used now; ``key`` is the phrase that says why, and the way out.

    ``place`` is the file, or the host and database without the password.
    """

    def __init__(self, key: str, place: str, **variables: Any) -> None:
        self.key, self.place = key, place
        super().__init__(place=place, **variables)


class Outdated(ScorecraftError):
    """A change to a version that is not the latest any more; ``latest`` is the revision to look at."""

    key = "error.outdated"

    def __init__(self, latest: int) -> None:
        self.latest = latest
        super().__init__()


class WrongState(ScorecraftError):
    """A step that a scorecard's state does not allow; ``key`` is the phrase that says which do."""

    def __init__(self, key: str, **variables: Any) -> None:
        self.key = key
        super().__init__(**variables)
