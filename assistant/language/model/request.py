"""One request to a model, and the pieces of its answer."""

from typing import Any, NamedTuple

from knowledge.models import Frozen


class Request(Frozen):
    system: str
    user: str
    temperature: float | None
    body: dict[str, Any]
    """What else stands in the request, under the protocol's names."""
    most: int
    """Characters of an answer; a longer one has gone astray."""


class Piece(NamedTuple):
    text: str
    finish: str | None
    """Why the answer ends here, in the protocol's word; None while it goes on."""
