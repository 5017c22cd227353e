"""Refusals as RFC 9457 problem details, in the caller's language: what, where, and the way out."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field
from starlette.responses import Response

from api.http.flaws import Flaw
from assistant.errors import (
    AmbiguousName,
    ModelUnavailable,
    NotAllowed,
    Outdated,
    ScorecraftError,
    StoreTrouble,
    Unavailable,
    UnknownName,
    WishConflict,
    WrongState,
)
from assistant.wording import say, worded
from knowledge.models import Frozen, Language

MEDIA = "application/problem+json"
WAIT = 2
"""Seconds after which to come back where something does not answer now."""
KEPT = frozenset(("conversation", "scorecard", "upload", "document", "key", "turn", "version"))
"""Kinds of names that are looked up among what is kept: an unknown one is not found."""
TITLES = {
    400: "problem.unreadable",
    401: "problem.unknown_caller",
    403: "problem.forbidden",
    404: "problem.not_found",
    405: "problem.method",
    406: "problem.not_acceptable",
    408: "problem.slow",
    409: "problem.state",
    412: "problem.outdated",
    413: "problem.too_large",
    415: "problem.media",
    421: "problem.host",
    422: "problem.input",
    428: "problem.unconditional",
    429: "problem.too_often",
    500: "problem.fault",
    503: "problem.unavailable",
}


LISTINGS = {
    "role": "GET /v1/roles",
    "indicator": "GET /v1/indicators",
    "theme": "GET /v1/themes",
    "rule": "GET /v1/rules",
    "document": "GET /v1/documents",
    "conversation": "GET /v1/conversations",
}
"""Where all names of a kind are found, for programs."""


class Problem(Frozen):
    """RFC 9457 problem details; ``type`` names the kind of problem for programs, the rest is for people."""

    type: Annotated[str, Field(examples=["urn:scorecraft:problem:unknown-role"])]
    title: str
    status: int
    detail: str
    """What is wrong, and the way out."""
    instance: Annotated[str, Field(examples=["urn:scorecraft:request:7f9c"])]
    """The request, by the id under which it stands in the log."""
    errors: tuple[Flaw, ...] = ()
    """Each unusable field."""
    nearest: tuple[str, ...] = ()
    """Known names like the one that is not known."""
    choices: tuple[str, ...] = ()
    """Ids that an ambiguous name can mean."""
    wishes: tuple[str, ...] = ()
    """Wishes that cannot be met together."""
    drop: tuple[str, ...] = ()
    """The fewest of them to give up."""


class Refused(Exception):
    """A request turned away by the web server itself; ``key`` is the phrase that says why, and the way out."""

    def __init__(
        self, status: int, name: str, key: str, headers: Mapping[str, str] | None = None, **variables: Any
    ) -> None:
        self.status, self.name, self.key, self.variables = status, name, key, variables
        self.headers = dict(headers or {})
        super().__init__(name)


def refusal(error: Refused, language: Language, request: str) -> Response:
    detail = worded(error.key, language, **error.variables)
    return response(error.status, error.name, detail, language, request, headers=error.headers)


def trouble(error: ScorecraftError, language: Language, request: str) -> Response:
    """Answer what the product refuses."""
    status, name = kind(error)
    headers = {"Retry-After": str(WAIT)} if status == 503 else {}
    return response(
        status, name, error.say(language, LISTINGS), language, request, headers=headers, **details(error, language)
    )


def kind(error: ScorecraftError) -> tuple[int, str]:
    """Return the status of an error and its name for programs."""
    if isinstance(error, UnknownName):
        return (404 if error.kind in KEPT else 422), f"unknown-{error.kind}"
    known: tuple[tuple[type[ScorecraftError], int, str], ...] = (
        (AmbiguousName, 422, "ambiguous-name"),
        (WishConflict, 422, "conflicting-wishes"),
        (NotAllowed, 403, "not-allowed"),
        (Outdated, 412, "outdated"),
        (WrongState, 409, "wrong-state"),
        (StoreTrouble, 503, "store-unavailable"),
        (Unavailable, 503, "unavailable"),
        (ModelUnavailable, 503, "model-unavailable"),
    )
    return next(((status, name) for type_, status, name in known if isinstance(error, type_)), (422, "bad-input"))


def details(error: ScorecraftError, language: Language) -> dict[str, tuple[str, ...]]:
    """Return what a program needs to ask again: near names, choices, colliding wishes."""
    if isinstance(error, UnknownName):
        return {"nearest": _said(error.nearest, language)}
    if isinstance(error, AmbiguousName):
        return {"choices": error.ids}
    if isinstance(error, WishConflict):
        return {"wishes": _said(error.wishes, language), "drop": _said(error.drop, language)}
    return {}


def _said(values: Iterable[Any], language: Language) -> tuple[str, ...]:
    return tuple(say(value, language) for value in values)


def response(
    status: int,
    name: str,
    detail: str,
    language: Language,
    request: str,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    problem = Problem(
        type=f"urn:scorecraft:problem:{name}",
        title=worded(TITLES.get(status, "problem.input"), language),
        status=status,
        detail=detail,
        instance=f"urn:scorecraft:request:{request}",
        **more,
    )
    body = problem.model_dump_json(exclude_defaults=True)
    return Response(body, status, {"Content-Language": language, **(headers or {})}, MEDIA)
