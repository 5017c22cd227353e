"""What an action is carried out over: the advisor, the conversation so far, and who asks."""

from dataclasses import dataclass

from assistant.advisor import Advisor
from assistant.conversation import (
    Conversation,
    DraftVersion,
    Held,
    Numbered,
    Pending,
    Reply,
    Step,
    Version,
    Versions,
)
from assistant.errors import ScorecraftError
from assistant.language.offline.names import Meaning
from assistant.language.reading import Mention
from assistant.principal import Principal
from assistant.wording import worded
from knowledge.models import Catalogue, Language, Text
from knowledge.words import folded

Done = tuple[Conversation, Reply]
ASKED = {
    "role": "chat.which_roles",
    "indicator": "chat.which_indicators",
    "theme": "chat.which_themes",
    "rule": "chat.which_rules",
}
"""The question by which all names of a kind are found, in a conversation."""
_SOLD = "sales_amount"
"""What “revenue” and “sales” mean by themselves; most positions have it on the card in a form of their own."""


@dataclass(frozen=True)
class Scene:
    """One action's surroundings; every change gives a new conversation, nothing is altered in place."""

    advisor: Advisor
    conversation: Conversation
    versions: Versions
    by: Principal

    @property
    def language(self) -> Language:
        return self.conversation.language

    @property
    def catalogue(self) -> Catalogue:
        return self.advisor.catalogue

    @property
    def current(self) -> DraftVersion | None:
        return self.conversation.current

    @property
    def number(self) -> int | None:
        """Number of the version in hand."""
        return self.conversation.steps[-1].number if self.conversation.steps else None

    @property
    def weights(self) -> dict[str, int]:
        """Weights of the draft of ours, by indicator; empty without one."""
        return self.current.suggestion.scorecard.weights() if self.current else {}

    def role(self, name: str | None) -> Meaning | None:
        """Return what a position's name means; ``None`` where none was named."""
        return self.advisor.reader.roles.meaning(name) if name else None

    def known_role(self, name: str | None) -> str | None:
        """Return the id of a position, with the usual reading of an open title; ``None`` where it means nothing."""
        meaning = self.role(name)
        if meaning is None:
            return None
        return meaning.id or (meaning.question.default if meaning.question else None)

    def mention(self, name: str) -> Mention:
        """Return what an indicator's name means; without choices where the catalogue has no such indicator."""
        meaning = self.advisor.reader.indicators.meaning(name)
        if meaning.question is not None:
            return Mention(words=name, choices=meaning.question.choices, default=meaning.question.default)
        ids = (meaning.id,) if meaning.id else ()
        if not ids or ids[0] in self.weights:
            return Mention(words=name, choices=ids)
        return Mention(words=name, choices=self._on_card(name) or ids)

    def line(self, name: str, *, changing: bool) -> Mention:
        """Return what a name means of what is on the draft.

        Revenue is whatever line measures what is sold, and what is only to be ``changing`` is on the card in some form;
        any other name with a weight may ask for that very form of a result.
        """
        names, id = self.advisor.catalogue.indicators, self.advisor.reader.indicators.meaning(name).id
        if id is None or id in self.weights or not (changing or id == _SOLD):
            return self.mention(name)
        kin = tuple(other for other in self.weights if names[other].family == names[id].family)
        return Mention(words=name, choices=kin) if len(kin) == 1 else self.mention(name)

    def _on_card(self, name: str) -> tuple[str, ...]:
        """Return the line of the draft whose name holds these words, where only one does, as "expense ratio" may."""
        items = self.current.suggestion.scorecard.items if self.current else ()
        said = folded(name)
        found = [one.indicator for one in items if one.indicator and _holds(one.name, said)]
        return tuple(found) if len(found) == 1 else ()

    def mentions(self, names: tuple[str, ...]) -> tuple[Mention, ...]:
        return tuple(self.mention(name) for name in names)

    def reply(self, *said: str, **more: object) -> Reply:
        return Reply.model_validate({"language": self.language, "said": said, **more})

    def say(self, *said: str) -> Done:
        """Say something and change nothing."""
        return self.after(), self.reply(*said)

    def after(self, **changes: object) -> Conversation:
        """Return the conversation with changes; a question that was waiting is settled unless a new one is given."""
        return self.conversation.model_copy(update={"pending": None, **changes})

    def asking(self, pending: Pending, *said: str, kind: str = "question", **more: object) -> Done:
        """Ask, and remember what the answer completes."""
        return self.after(pending=pending), self.reply(*said, kind=kind, choices=pending.choices, **more)

    def keep(self, version: Version) -> Conversation:
        """Return the conversation with a new version in hand."""
        number = self.conversation.made + 1
        in_hand = {"form": version} if isinstance(version, Held) else {"form": None, "current": version}
        return self.after(
            made=number,
            steps=(*self.conversation.steps, Step(number=number, kind=version.kind)),
            fresh=(*self.conversation.fresh, Numbered(number=number, version=version)),
            **in_hand,
        )

    def version(self, number: int) -> Version:
        """Return a version of this conversation; ``KeyError`` where there is none of that number."""
        fresh = {one.number: one.version for one in self.conversation.fresh}
        return fresh.get(number) or self.versions.version(number)

    def back_to(self, steps: tuple[Step, ...]) -> Conversation:
        """Return the conversation with the last of some steps in hand."""
        last = next((step for step in reversed(steps) if step.kind == "draft"), None)
        draft = self.version(last.number) if last else None
        top = self.version(steps[-1].number) if steps and steps[-1].kind == "form" else None
        return self.after(steps=steps, current=draft, form=top)


def _holds(name: Text, words: str) -> bool:
    return any(words in folded(one) for one in (name.zh, name.en))


def refused(error: ScorecraftError, language: Language) -> str:
    """Return what an error says in a conversation."""
    return error.say(language, {kind: worded(key, language) for kind, key in ASKED.items()})
