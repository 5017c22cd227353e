"""What a turn yields, in this order: status, the decided result, its parts, the model's prose, the end."""

from typing import Annotated, Literal

from pydantic import Field

from assistant.citation import Citation
from assistant.conversation import Reply
from assistant.models import Finding, Scorecard
from knowledge.models import Frozen, Language


class Status(Frozen):
    """What is being done now; the first event of every turn, before any model is called."""

    kind: Literal["status"] = "status"
    stage: Literal["reading", "asking_model", "deciding", "wording"]
    text: str


class Decided(Frozen):
    """The result with the template's wording; where conversations are kept it is durable before it is yielded."""

    kind: Literal["decided"] = "decided"
    language: Language
    replies: tuple[Reply, ...]
    turn: int = 0
    """Number of the turn within its conversation, from 1; 0 where it is not kept."""
    ended: bool = False


class CardShown(Frozen):
    kind: Literal["scorecard"] = "scorecard"
    scorecard: Scorecard


class FindingsShown(Frozen):
    kind: Literal["findings"] = "findings"
    findings: tuple[Finding, ...]


class CitationsShown(Frozen):
    kind: Literal["citations"] = "citations"
    citations: tuple[Citation, ...]


class Sentence(Frozen):
    """One sentence of the model's prose, checked against the facts of the turn."""

    kind: Literal["sentence"] = "sentence"
    text: str


class Done(Frozen):
    """The end of a turn: the model's whole prose, empty where the template's wording stands; why, where one tried."""

    kind: Literal["done"] = "done"
    prose: str = ""
    reading: Literal["offline", "model"] = "offline"
    note: str = ""
    """One sentence on why the model's reading or wording was not used, in the reader's language."""


Event = Annotated[
    Status | Decided | CardShown | FindingsShown | CitationsShown | Sentence | Done, Field(discriminator="kind")
]
