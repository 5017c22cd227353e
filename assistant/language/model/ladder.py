"""Ways to ask for an answer of a shape, from the surest down, and what an endpoint turned out to take."""

import json
from typing import Any, Literal, Self

from pydantic import BaseModel, ValidationError

from assistant.language.model.request import Request
from assistant.language.model.schema import response_format, schema
from assistant.language.model.trouble import Trouble
from assistant.wording import worded
from knowledge.models import Frozen

Rung = Literal["schema", "object", "text"]
BELOW: dict[Rung, Rung] = {"schema": "object", "object": "text"}
LENGTHS = ("max_completion_tokens", "max_tokens")
TOKENS = 4000
"""Of an answer of a shape."""
CHARACTERS_PER_TOKEN = 8


class Habits(Frozen):
    """What an endpoint and model take; learned from refusals and remembered."""

    rung: Rung = "schema"
    temperature: bool = True
    lengths: tuple[str, ...] = LENGTHS
    """The fields that may bound an answer; the first is used."""

    @classmethod
    def known(cls, facts: dict[str, Any] | None, length: str) -> Self:
        """Return what was learned, or how one begins."""
        begun = cls(lengths=(length, *(name for name in LENGTHS if name != length)))
        try:
            return cls.model_validate(facts) if facts else begun
        except ValidationError:
            return begun

    def after(self, trouble: Trouble) -> Self | None:
        """Return how to ask instead, where a refusal says what it does not take."""
        if trouble.status is None or trouble.status in {401, 403, 429}:
            return None
        if "format" in trouble.mentions and self.rung in BELOW:
            return self.lower()
        if "length" in trouble.mentions and self.lengths:
            return self.model_copy(update={"lengths": self.lengths[1:]})
        if "temperature" in trouble.mentions and self.temperature:
            return self.model_copy(update={"temperature": False})
        return None

    def lower(self) -> Self:
        """Return the next way to ask for a shape."""
        return self.model_copy(update={"rung": BELOW.get(self.rung, "text")})


def plain(habits: Habits, system: str, user: str, most_tokens: int) -> Request:
    body = dict.fromkeys(habits.lengths[:1], most_tokens)
    temperature = 0.0 if habits.temperature else None
    most = most_tokens * CHARACTERS_PER_TOKEN
    return Request(system=system, user=user, temperature=temperature, body=body, most=most)


def shaped(habits: Habits, system: str, user: str, shape: type[BaseModel], flaw: str) -> Request:
    """Return a request for a shape; ``flaw`` is what was wrong with the answer before."""
    if habits.rung != "schema" or flaw:
        made = json.dumps(schema(shape), ensure_ascii=False)
        system = f"{system}\n\n{worded('model.prompt.shape', 'en', schema=made)}"
    if flaw:
        user = f"{user}\n\n{worded('model.prompt.again', 'en', flaw=flaw)}"
    request = plain(habits, system, user, TOKENS)
    if habits.rung == "text":
        return request
    form = response_format(shape) if habits.rung == "schema" else {"type": "json_object"}
    return request.model_copy(update={"body": {**request.body, "response_format": form}})
