"""One turn: a message over a conversation, as the events that surfaces show."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from assistant.actions import Action, Check, Review
from assistant.advisor import Advisor
from assistant.citation import Citation
from assistant.conversation import MOST_SAID, RECENT, Conversation, Exchange, Reply, Version, Versions
from assistant.errors import ModelUnavailable, ScorecraftError
from assistant.events import CardShown, CitationsShown, Decided, Done, Event, FindingsShown, Sentence, Status
from assistant.intake.grids import Content
from assistant.intake.sandbox import in_process
from assistant.intake.sources import Source
from assistant.language.interpretation import Interpretation, Mind
from assistant.pasted import Pasted, pasted
from assistant.principal import LOCAL, Principal
from assistant.requests import clean
from assistant.turns.carrying import carry_out
from assistant.turns.forms import bring
from assistant.turns.meant import meant
from assistant.turns.scene import Scene, refused
from assistant.wording import worded
from knowledge.models import Language

MOST_PASSED = 4
"""Clauses quoted at most as not read."""
Keep = Callable[[Conversation, tuple[Reply, ...]], int]
"""Makes a result durable and returns the number of the turn."""


class NoVersions:
    """For a conversation that is not kept: every version is still in the conversation itself."""

    def version(self, number: int) -> Version:
        raise KeyError(number)


NO_VERSIONS = NoVersions()


@dataclass(frozen=True)
class Message:
    """What a person sends: words, or a button's actions instead of them; a file's content may come with either."""

    text: str = ""
    actions: tuple[Action, ...] = ()
    attached: Content | None = None
    language: Language | None = None
    """Language to answer in, whatever the words are in; otherwise the conversation or the words decide."""


@dataclass(frozen=True)
class Read:
    """A message taken apart: what it asks for, and the card that came with it."""

    message: Message
    interpretation: Interpretation
    card: Content | None = None
    note: str = ""
    """Why the model was no help with the reading, where it was asked."""


@dataclass(frozen=True)
class Turn:
    """One message being carried out over a conversation."""

    advisor: Advisor
    mind: Mind
    conversation: Conversation
    versions: Versions = NO_VERSIONS
    by: Principal = LOCAL

    def events(self, message: Message, keep: Keep) -> Iterator[Event]:
        """Yield status, the decided result once ``keep`` has made it durable, its parts, prose and the end."""
        if message.language is not None:
            spoken = self.conversation.model_copy(update={"language": message.language})
            yield from replace(self, conversation=spoken)._events(message, keep)
        else:
            yield from self._events(message, keep)

    def _events(self, message: Message, keep: Keep) -> Iterator[Event]:
        yield self._status("reading")
        try:
            read = yield from self._read(message)
            conversation, replies = self._decided(read)
        except ScorecraftError as error:
            read = Read(message, Interpretation(language=self.conversation.language))
            conversation, replies = self._refused(error)
        conversation = _remembering(self.conversation, conversation, self.advisor, read)
        number = keep(conversation, replies)
        yield Decided(language=conversation.language, replies=replies, turn=number, ended=conversation.ended)
        yield from parts(replies)
        yield from self._worded(read, conversation, replies)

    def _status(self, stage: str) -> Status:
        phrases = {"reading": "status.reading", "asking_model": "status.asking_model", "wording": "status.wording"}
        return Status.model_validate({"stage": stage, "text": worded(phrases[stage], self.conversation.language)})

    def _read(self, message: Message) -> Generator[Event, None, Read]:
        """Read a message offline first; the model is asked only where that leaves something open."""
        text = clean(message.text, lines=True)
        found = self._pasted(text) if message.attached is None else None
        card = in_process(self._source(found)) if found else message.attached
        talk = clean(found.talk if found else text)
        if message.actions:
            return Read(message, Interpretation(language=self.conversation.language, actions=message.actions), card)
        brought = card is not None
        first = self.mind.offline.read(talk, self.conversation, brought=brought)
        if first.complete or self.mind.model is None:
            return Read(message, first, card)
        yield self._status("asking_model")
        try:
            second = self.mind.model.read(talk, self.conversation, brought=brought, first=first)
        except ModelUnavailable as error:
            return Read(message, first, card, error.say(first.language))
        return Read(message, second, card)

    def _pasted(self, text: str) -> Pasted | None:
        commands = self.advisor.reader.form_commands(text)
        # Actuals look like weights: a dry run is over the card there is.
        return pasted(text, asked=bool(commands)) if "score" not in commands else None

    def _source(self, found: Pasted) -> Source:
        return Source(worded("chat.pasted", self.conversation.language), found.card.encode())

    def _decided(self, read: Read) -> tuple[Conversation, tuple[Reply, ...]]:
        fixed = self.conversation.fixed_language or read.message.language is not None
        language = self.conversation.language if fixed else read.interpretation.language
        scene = Scene(self.advisor, self.conversation.model_copy(update={"language": language}), self.versions, self.by)
        try:
            return self._carried_out(scene, read)
        except ScorecraftError as error:
            return scene.conversation, (scene.reply(refused(error, language)),)

    def _carried_out(self, scene: Scene, read: Read) -> tuple[Conversation, tuple[Reply, ...]]:
        actions = read.interpretation.actions
        if read.card is not None:
            about = next((one for one in actions if isinstance(one, Check | Review)), Check())
            scene = bring(scene, read.card, about)
            return carry_out(scene, actions or (Check(),))
        if not actions:
            return scene.conversation, (_lost(scene, read),)
        conversation, replies = carry_out(scene, actions)
        return conversation, _telling(replies, read.interpretation.passed)

    def _refused(self, error: ScorecraftError) -> tuple[Conversation, tuple[Reply, ...]]:
        language = self.conversation.language
        return self.conversation, (Reply(language=language, said=(refused(error, language),)),)

    def _worded(self, read: Read, conversation: Conversation, replies: tuple[Reply, ...]) -> Iterator[Event]:
        """Yield the model's prose sentence by sentence, each checked before, and the end of the turn."""
        narrator, note = self.mind.narrator, read.note
        prose: list[str] = []
        if narrator is not None and not note and narrator.wants(replies):
            yield replace(self, conversation=conversation)._status("wording")
            try:
                for sentence in narrator.words(read.message.text, conversation, replies):
                    prose.append(sentence)
                    yield Sentence(text=sentence)
                note = "" if prose else ModelUnavailable("unfit").say(conversation.language)
            except ModelUnavailable as error:
                note = error.say(conversation.language)
        yield Done(prose=" ".join(prose), reading=read.interpretation.by, note=note)


def settled(turn: Turn, message: Message) -> tuple[Conversation, tuple[Reply, ...]]:
    """Carry out a turn that nobody watches and return what it came to."""
    kept: list[tuple[Conversation, tuple[Reply, ...]]] = []

    def keep(conversation: Conversation, replies: tuple[Reply, ...]) -> int:
        kept.append((conversation, replies))
        return 0

    for _ in turn.events(message, keep):
        pass
    return kept[-1]


def _lost(scene: Scene, read: Read) -> Reply:
    """Say that nothing was read, with what it may have meant."""
    if not (clean(read.message.text).strip() or read.message.attached):
        return scene.reply(worded("chat.empty", scene.language))
    if read.interpretation.near and scene.current is None:
        return scene.reply(worded("chat.not_understood_near", scene.language, nearest=read.interpretation.near))
    return scene.reply(worded("chat.not_understood", scene.language))


def _telling(replies: tuple[Reply, ...], passed: tuple[str, ...]) -> tuple[Reply, ...]:
    """Say below the first card or question which clauses nothing was read from."""
    place = next((n for n, one in enumerate(replies) if one.kind in {"card", "changed", "question"}), None)
    if place is None or not passed:
        return replies
    reply = replies[place]
    parts = tuple(f"“{clause}”" for clause in passed[:MOST_PASSED])
    said = (*reply.said, worded("chat.passed", reply.language, parts=parts))
    return (*replies[:place], reply.model_copy(update={"said": said}), *replies[place + 1 :])


def _remembering(before: Conversation, after: Conversation, advisor: Advisor, read: Read) -> Conversation:
    """Return the conversation with what this turn was about, for later messages that refer to it."""
    drafts = (one for one in (before.current, after.current) if one)
    current = {id for one in drafts for id in one.suggestion.scorecard.weights()}
    indicators, roles, themes = meant(read.interpretation.actions, advisor, current)
    exchange = Exchange(
        said=read.message.text[:MOST_SAID],
        actions=tuple(action.kind for action in read.interpretation.actions),
        indicators=indicators,
        roles=roles,
        themes=themes,
    )
    return after.model_copy(update={"recent": (*after.recent, exchange)[-RECENT:]})


def parts(replies: tuple[Reply, ...]) -> Iterator[Event]:
    """Yield the cards, findings and citations of a result, for surfaces that show them apart."""
    for reply in replies:
        if reply.suggestion is not None:
            yield CardShown(scorecard=reply.suggestion.scorecard)
            yield FindingsShown(findings=reply.suggestion.findings)
        if reply.checked is not None:
            yield FindingsShown(findings=reply.checked.findings)
    if cited := tuple(dict.fromkeys(chain.from_iterable(map(_cited, replies)))):
        yield CitationsShown(citations=cited)


def _cited(reply: Reply) -> Iterator[Citation]:
    if reply.suggestion is not None:
        yield from chain.from_iterable(item.citations for item in reply.suggestion.scorecard.items)
    if reply.answer is not None:
        yield from reply.answer.citations
