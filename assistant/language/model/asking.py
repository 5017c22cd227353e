"""What a model is told before it reads: the words of the catalogue that matter now, and the message as data."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from assistant.conversation import Conversation, Exchange
from assistant.language.interpretation import Interpretation
from assistant.language.offline.reader import Reader
from knowledge.models import Language
from prompts import render

EXCHANGES = 10
MOST_EARLIER = 200
"""Characters of an earlier message that are told."""
MOST_MESSAGE = 4000
MOST_KPIS = 24
NONE = "none"


class Told:
    """The standing part of the request, the same for every message, so that servers need not read it anew."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @cached_property
    def system(self) -> str:
        catalogue = self.reader.catalogue
        themes = (f"{one.id}: {one.name.zh}; {_first_clause(one.summary.en)}" for one in catalogue.themes.values())
        roles = (f"{one.id}: {one.name.en}, {one.name.zh}" for one in catalogue.roles.values())
        return render("read", themes="\n".join(themes), roles="\n".join(roles))

    def user(self, message: str, conversation: Conversation, first: Interpretation) -> str:
        """Return one message with what it may refer to; what people wrote stands between fences."""
        return _Request(self.reader, message, conversation, first).text


@dataclass(frozen=True)
class _Request:
    reader: Reader
    message: str
    conversation: Conversation
    first: Interpretation

    @property
    def text(self) -> str:
        card = "\n".join(self._card) or NONE
        earlier = "\n".join(map(_exchange, self.conversation.recent[-EXCHANGES:])) or NONE
        message = self.message[:MOST_MESSAGE]
        return render(
            "read_message",
            card=card,
            indicators="; ".join(self._named(self._about)) or NONE,
            earlier=earlier,
            waiting=self._waiting or NONE,
            message=message,
            fence=fence(card, earlier, message),
        )

    @property
    def _language(self) -> Language:
        return self.first.language

    @property
    def _card(self) -> Iterator[str]:
        """Yield the lines in hand with their weights."""
        version = self.conversation.in_hand
        if version is None:
            return
        card = version.card if version.kind == "form" else version.suggestion.scorecard
        for item in card.displayed():
            yield f"{item.indicator or item.name.say(self._language)} {item.points}%"

    @property
    def _about(self) -> Iterator[str]:
        """Yield the indicators of the card in hand, those last spoken of, those named alike, the position's."""
        version = self.conversation.in_hand
        if version is not None:
            card = version.card if version.kind == "form" else version.suggestion.scorecard
            yield from (item.indicator for item in card.displayed() if item.indicator)
        for exchange in reversed(self.conversation.recent):
            yield from exchange.indicators
        yield from (match.id for match in self.reader.indicators.search(self.message[:MOST_EARLIER]))
        if (role := self.reader.catalogue.roles.get(self._role)) is not None:
            yield from _by_turns([[item.indicator for item in group.items] for group in role.groups])

    @property
    def _role(self) -> str:
        current = self.conversation.current
        named = (getattr(action, "role", None) for action in self.first.actions)
        return next((id for id in named if id), current.brief.role if current else "")

    def _named(self, ids: Iterable[str]) -> Iterator[str]:
        known = self.reader.catalogue.indicators
        for id in list(dict.fromkeys(id for id in ids if id in known))[:MOST_KPIS]:
            yield f"{id} {known[id].name.say(self._language)}"

    @property
    def _waiting(self) -> str:
        pending = self.conversation.pending
        if pending is None:
            return ""
        choices = ", ".join(f"{choice.id} {choice.label}" for choice in pending.choices)
        return f"which {pending.about}{f' ({choices})' if choices else ''}"


def fence(*texts: str) -> str:
    """Return a line that no part of some texts can hold, since it is made from all of them."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:24]


def _first_clause(text: str) -> str:
    """Return the part of a summary that says what the company wants; what follows is for people."""
    return text.partition(";")[0].rstrip(".")


def _by_turns(groups: list[list[str]]) -> Iterator[str]:
    """Yield the first of each group, then the second of each."""
    for row in zip_longest(*groups):
        yield from (id for id in row if id is not None)


def _exchange(one: Exchange) -> str:
    return f"- {' '.join(one.said.split())[:MOST_EARLIER]} => {', '.join(one.actions) or NONE}"
