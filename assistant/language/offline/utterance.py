"""One message over a conversation, with all that its readings look at."""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.actions import Wish
from assistant.conversation import Conversation
from assistant.language.offline.lexicon import Hit, overlaps, plain
from assistant.language.offline.reader import Reader
from assistant.language.offline.referring import Referring
from assistant.language.offline.replying import by_span
from assistant.language.offline.talk import Talk
from assistant.language.reading import Named, Reading
from knowledge.models import Language
from knowledge.terms import Span

# A question that is answered in the same breath: "The strategy? More from the customers we have".
_RHETORICAL = re.compile(
    r"^\s*(?:[^?？.。!！,，]{2,24}|(?:[a-z'’]+\s+){0,3}[a-z'’]+)[?？]\s*[^?？]{12,}[^?？吗呢]\s*$", re.IGNORECASE
)
# What asks about a habit, not for the thing itself now: "how often should we review it?".
_HOW_OFTEN = re.compile(
    r"\bhow (?:often|frequently)\b|\bwhen (?:should|do|would)\b|\bwho (?:should|checks|reviews)\b"
    r"|多久|什么时候|多长时间",
    re.IGNORECASE,
)
_HABITS = frozenset({"review", "check"})


@dataclass(frozen=True)
class Utterance:
    """A message, or a part of one that asks for one thing."""

    reader: Reader
    talk: Talk
    before: Conversation
    message: str
    language: Language
    brought: bool = False
    """Whether a card came with it."""

    @property
    def shown(self) -> bool:
        """Whether a card is in hand."""
        return self.before.in_hand is not None

    @property
    def last(self) -> str | None:
        """The kind of the last action before, where the last message was read as any."""
        return next(reversed(self.before.recent[-1].actions), None) if self.before.recent else None

    @cached_property
    def text(self) -> str:
        """The message with what it refers to put in by name."""
        return Referring(self.reader, self.before, self.language).resolved(self.message)

    @cached_property
    def reading(self) -> Reading:
        read = self.reader.read(self.text, self.language, revising=self.shown and not self.brought)
        return read.model_copy(update={"asking": False}) if read.asking and _RHETORICAL.match(self.message) else read

    @cached_property
    def commands(self) -> tuple[str, ...]:
        """The commands over a card, the more particular first."""
        found = self.reader.form_commands(self.message)
        return tuple(one for one in found if one not in _HABITS) if _HOW_OFTEN.search(self.message) else found

    @cached_property
    def hits(self) -> dict[str, list[Hit]]:
        """The words of the conversation, leaving out those inside a KPI's name: "collection rate" rates nobody."""
        names = self.reader.indicators.lexicon.find(plain(self.message))
        talk = self.talk.hits(self.message)
        found = {id: [hit for hit in hits if not overlaps(hit, names)] for id, hits in talk.items()}
        return {id: hits for id, hits in found.items() if hits}

    @cached_property
    def role(self) -> str | None:
        """The position named; an open title is settled where the message says whether it leads people."""
        named = _chosen(self.reading.roles)
        if named is None or named.id is not None:
            return named.id if named else None
        told = by_span(self.message, list(named.choices), self.reader, self.talk)
        return told or self._beside(named.choices) or named.words

    def _beside(self, choices: tuple[str, ...]) -> str | None:
        """Return the position of the same function as the one spoken of just now: "same for the manager" of a rep."""
        roles = self.reader.catalogue.roles
        before = self.before.current.brief.role if self.before.current else self.role_before
        if before is None or roles[before].span is not Span.INDIVIDUAL:
            return None
        near = [id for id in choices if id != before and roles[id].function is roles[before].function]
        leads = [id for id in near if roles[id].span is not Span.INDIVIDUAL]
        found = leads or near
        return found[0] if len(found) == 1 else None

    @property
    def role_before(self) -> str | None:
        """The position that was last spoken of, where it was just now."""
        form = self.before.form
        if form is not None and form.card.role is not None:
            return form.card.role
        lately = self.before.recent[-2:]
        since = next((n for n in range(len(lately), 0, -1) if "reset" in lately[n - 1].actions), 0)
        return next((one.roles[-1] for one in reversed(lately[since:]) if one.roles), None)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators named, in the words of the message."""
        return tuple(mention.words for mention in self.reading.mentions)

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """The wishes, also those about what was not recognised."""
        read = [Wish(ask=one.ask, indicator=one.mention.words, value=one.value) for one in self.reading.wanted]
        unread = [Wish(ask="include", indicator=words[:200]) for words in self.reading.unread]
        return (*read, *unread)


def _chosen(roles: tuple[Named, ...]) -> Named | None:
    """Return the position that a message is about: the first that is sure, else the first."""
    return next((one for one in roles if one.id), roles[0] if roles else None)
