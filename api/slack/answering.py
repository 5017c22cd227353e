"""From what was asked to what Slack shows: one function a way in."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import structlog
from slack_sdk.web import WebClient

from api.slack import pressing
from api.slack.asked import Asked, Pressed
from api.slack.blocks.controls import Controls
from api.slack.blocks.paging import Post
from api.slack.blocks.plain import plain
from api.slack.blocks.replies import posts
from api.slack.blocks.sharing import shared_card
from api.slack.blocks.text import Block
from api.slack.calling import Declined, Later, call
from api.slack.delivery import Delivery
from api.slack.files import fetched
from api.slack.people import People, Person
from api.slack.rooms import Rooms
from api.slack.streaming import Prose, Streams
from assistant.actions import Check
from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.errors import BadInput, ScorecraftError, StoreTrouble
from assistant.events import Decided, Done, Sentence, Status
from assistant.intake.grids import Content
from assistant.pasted import pasted
from assistant.principal import Principal
from assistant.settings import Settings
from assistant.storage.models import Entry
from assistant.turns.scene import refused
from assistant.turns.turn import Message
from assistant.wording import worded
from knowledge.models import LANGUAGES, Language

log = structlog.get_logger("scorecraft.slack")
LANGUAGE = re.compile(r"^\s*(?:lang(?:uage)?|语言)\s*[:：]?\s*(?P<which>\S*)\s*$", re.IGNORECASE)
OPEN = frozenset(("auto", "slack", "自动"))
SPOKEN: dict[str, Language] = {"zh": "zh", "中文": "zh", "chinese": "zh", "en": "en", "英文": "en", "english": "en"}
PROMPTS = (
    ("slack.prompt_draft", "slack.ask_draft"),
    ("slack.prompt_check", "slack.ask_check"),
    ("slack.prompt_manager", "slack.ask_manager"),
    ("slack.prompt_question", "slack.ask_question"),
)
MOST_POSTS = 3
"""Messages of one answer; an address for private answers takes five."""


@dataclass
class Answering:
    """Answers one message after the other; one of these serves all threads."""

    advisor: Advisor
    people: People
    client: WebClient
    settings: Settings
    rooms: Rooms
    streams: Streams = field(default_factory=Streams)

    @cached_property
    def ways(self) -> dict[str, Callable[[Asked, Person, Delivery], None]]:
        return {
            "message": self._message,
            "edited": self._edited,
            "command": self._command,
            "check": self._check,
            "press": self._press,
            "adjusted": self._press,
            "shared": self._share_into,
            "opened": self._opened,
        }

    def answer(self, entry: Entry) -> int:
        """Answer a message and return how many steps that took; ``Broken`` where Slack or the database is away."""
        asked = Asked.model_validate_json(entry.body)
        delivery = Delivery(self.client, self.settings, asked, entry)
        try:
            self._answered(asked, delivery)
        except (Later, StoreTrouble) as error:
            raise Broken(error, delivery.steps) from error
        return delivery.steps

    def sorry(self, entry: Entry, key: str) -> None:
        """Say in a sentence why there is no answer now; ``key`` is the phrase."""
        asked = Asked.model_validate_json(entry.body)
        fresh = entry.model_copy(update={"key": f"{entry.key}:sorry", "steps": 0, "unclear": False})
        Delivery(self.client, self.settings, asked, fresh).tell(worded(key, self.people.of(asked).language))

    def _answered(self, asked: Asked, delivery: Delivery) -> None:
        person = self.people.of(asked)
        if person.standing == "bot":
            return
        try:
            if person.standing != "own":
                delivery.tell(worded(turned_away(person), person.language), alone=True)
            else:
                self.ways[asked.kind](asked, person, delivery)
        except StoreTrouble:
            raise
        except Declined as error:
            log.warning("declined", entry=delivery.entry.key, error=error.code)
            delivery.tell(worded("slack.cannot_post", person.language), alone=True)
        except ScorecraftError as error:
            delivery.tell(refused(error, person.language))

    def _message(self, asked: Asked, person: Person, delivery: Delivery) -> None:
        place = asked.place
        if not place.direct:
            if self.rooms.shared_with_others(place):
                delivery.tell(worded("slack.shared_channel", person.language), alone=True)
                return
            if not asked.mentioned and self.rooms.crowded(asked):
                return
        self._turn(asked, person, delivery, self._told(asked, person))

    def _edited(self, asked: Asked, person: Person, delivery: Delivery) -> None:
        delivery.tell(worded("slack.edited", person.language), alone=True)

    def _opened(self, asked: Asked, person: Person, delivery: Delivery) -> None:
        """Offer in the assistant pane what people mostly want."""
        prompts = [{"title": worded(a, person.language), "message": worded(b, person.language)} for a, b in PROMPTS]
        delivery.tell(worded("slack.welcome", person.language))
        try:
            call(
                self.client.assistant_threads_setSuggestedPrompts,
                channel_id=asked.place.channel,
                thread_ts=asked.place.thread,
                prompts=prompts,
            )
        except Declined:
            # Without the pane the welcome says it too.
            return

    def _command(self, asked: Asked, person: Person, delivery: Delivery) -> None:
        if (found := LANGUAGE.match(asked.text)) is not None:
            delivery.tell(self._language(asked, person, found["which"].lower()))
        elif not asked.text:
            delivery.tell(worded("slack.help", person.language))
        else:
            self._turn(asked, person, delivery, Message(asked.text, language=person.chosen))

    def _language(self, asked: Asked, person: Person, which: str) -> str:
        """Keep the language that a person asks for, and say so in it."""
        if which in OPEN:
            self.people.choose(asked, None)
            return worded("slack.lang_open", self.people.of(asked).language)
        if which not in SPOKEN:
            return worded("slack.lang_how", person.language, known=LANGUAGES)
        self.people.choose(asked, SPOKEN[which])
        return worded("slack.lang_chosen", SPOKEN[which])

    def _check(self, asked: Asked, person: Person, delivery: Delivery) -> None:
        """Check the card on somebody's message; its words are not taken as wishes of the person who asks."""
        content = self._attached(asked) or self._pasted(asked, person.language)
        if content is None:
            raise BadInput("slack.nothing_to_check")
        self._turn(asked, person, delivery, Message(actions=(Check(),), attached=content, language=person.chosen))

    def _press(self, asked: Asked, person: Person, delivery: Delivery) -> None:
        deed, pressed = asked.deed, asked.pressed
        by = self.people.principal(asked)
        if pressed is None:
            return
        if deed == "feedback" and pressed.verdict is not None:
            self._judged(by, pressed)
            delivery.tell(worded("slack.thanks", person.language), alone=True)
        elif deed == "choose":
            self._turn(asked, person, delivery, Message(pressed.words, language=person.chosen))
        elif deed == "share":
            for post in self._shared(asked, pressed, person):
                delivery.publish(post)
        else:
            actions = pressing.actions(asked, self.advisor.store.load(by, pressed.conversation).conversation)
            self._turn(asked, person, delivery, Message(actions=actions, language=person.chosen))

    def _judged(self, by: Principal, pressed: Pressed) -> None:
        try:
            self.advisor.store.feedback(by, pressed.conversation, pressed.turn, pressed.verdict or "up")
        except KeyError:
            raise BadInput("slack.card_gone") from None

    def _share_into(self, asked: Asked, person: Person, delivery: Delivery) -> None:
        """Share a card into the channel that was chosen."""
        pressed = asked.pressed
        if pressed is None:
            return
        try:
            for post in self._shared(asked, pressed, person):
                delivery.share(asked.target, post)
        except Declined:
            delivery.tell(worded("slack.cannot_share", person.language), alone=True)
            return
        delivery.tell(worded("slack.was_shared", person.language), alone=True)

    def _shared(self, asked: Asked, pressed: Pressed, person: Person) -> tuple[Post, ...]:
        by = self.people.principal(asked)
        found = pressing.version(self.advisor, by, pressed.conversation, pressed.version)
        return shared_card(found, self.advisor.catalogue, person.language, person.id)

    def _turn(self, asked: Asked, person: Person, delivery: Delivery, message: Message) -> None:
        """Take a turn of the conversation and show it as it comes."""
        by, id = self.people.principal(asked), asked.conversation
        if asked.kind not in {"press", "adjusted"}:
            self.advisor.begin(Conversation(language=person.language), by, id)
        prose = Prose(delivery, self.streams)
        for event in self.advisor.converse(id, message, by, delivery.entry.key):
            if isinstance(event, Status):
                delivery.status(event.text)
            elif isinstance(event, Decided):
                self._decided(event, asked, delivery)
            elif isinstance(event, Sentence):
                prose.sentence(event.text)
            elif isinstance(event, Done):
                prose.end(event.prose)
                if event.note:
                    delivery.tell(event.note)

    def _decided(self, event: Decided, asked: Asked, delivery: Delivery) -> None:
        controls = Controls(
            conversation=asked.conversation,
            turn=event.turn,
            private=asked.place.private or asked.place.direct,
            here=asked.place.private and not asked.place.direct,
            feedback=self.settings.slack_feedback,
        )
        more: list[Block] = []
        if asked.deed == "explain":
            more = pressing.reasons(self.advisor, self.people.principal(asked), asked.conversation, event.language)
        shown = tuple(one for one in event.replies if one.kind != "export" or one.said)
        self._posted(posts(shown, self.advisor.catalogue, controls, more), delivery, event.language)
        for reply in event.replies:
            if reply.kind == "export":
                self._export(reply, delivery)

    def _posted(self, found: tuple[Post, ...], delivery: Delivery, language: Language) -> None:
        """Show messages, and what would be too many of them as a file."""
        for post in found[:MOST_POSTS]:
            delivery.post(post)
        if len(found) > MOST_POSTS:
            text = plain(block for post in found for block in post.blocks)
            # With a mark by which Windows knows the letters.
            name, data = worded("slack.whole_name", language), text.encode("utf-8-sig")
            if self._uploaded(name, data, delivery, language):
                delivery.tell(worded("slack.whole", language))

    def _export(self, reply: Reply, delivery: Delivery) -> None:
        """Upload the form that a reply asks for."""
        if reply.held is None or reply.target is None:
            return
        name, data = pressing.exported(reply.held.card, reply, self.advisor.catalogue)
        if self._uploaded(name, data, delivery, reply.language) and delivery.place.private:
            delivery.tell(worded("slack.file_sent", reply.language, name=name))

    def _uploaded(self, name: str, data: bytes, delivery: Delivery, language: Language) -> bool:
        """Upload a file, or say that it may not be."""
        try:
            delivery.upload(name, data)
        except Declined as error:
            log.warning("no_upload", error=error.code)
            delivery.tell(worded("slack.no_upload", language))
            return False
        return True

    def _told(self, asked: Asked, person: Person) -> Message:
        return Message(asked.text, attached=self._attached(asked), language=person.chosen)

    def _attached(self, asked: Asked) -> Content | None:
        """Return what the attached file holds; several would be several conversations."""
        if not asked.files:
            return None
        if len(asked.files) > 1:
            raise BadInput("slack.one_file", count=len(asked.files))
        from assistant.intake.sandbox import take_apart

        return take_apart(fetched(self.client, self.settings, asked.files[0]))

    def _pasted(self, asked: Asked, language: Language) -> Content | None:
        found = pasted(asked.text, asked=True)
        if found is None:
            return None
        from assistant.intake.sandbox import in_process
        from assistant.intake.sources import Source

        return in_process(Source(worded("chat.pasted", language), found.card.encode()))


def turned_away(person: Person) -> str:
    """Return the phrase for somebody who is not served here."""
    return "slack.guest" if person.standing == "guest" else "slack.foreign"


class Broken(Exception):
    """An answer that came to an end before its end; ``steps`` of it are done."""

    def __init__(self, cause: Later | StoreTrouble, steps: int) -> None:
        self.cause, self.steps = cause, steps
        super().__init__(cause, steps)
