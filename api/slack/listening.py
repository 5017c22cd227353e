"""Bolt: each listener keeps what came and acknowledges it; the answer is made behind it.

What is kept survives the process. Bolt runs the listeners where it is called, on a thread of a bounded pool: they wait
for the database alone, never for Slack, a draft or a model.
"""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from api.http.observing import places
from api.slack import arriving
from api.slack.adjusting import Adjusting, Submitted
from api.slack.answering import turned_away
from api.slack.asked import Asked
from api.slack.blocks.windows import ADJUST, APPLY, SHARE, Carried, notice, sharing
from api.slack.bot import Bot
from api.slack.calling import QUIET, Declined, Later, call
from api.slack.delivery import Delivery
from api.slack.people import Person
from api.slack.remembered import Remembered
from assistant.errors import ScorecraftError, StoreTrouble
from assistant.storage.models import Entry
from assistant.storage.records import utc_now
from assistant.turns.scene import refused
from assistant.wording import worded

COMMAND, SHORTCUT = "/kpi", "check_scorecard"
Body = dict[str, Any]
log = structlog.get_logger("scorecraft.slack")


def app(bot: Bot) -> App:
    """Return the Bolt app over a bot."""
    token = bot.client.token

    def authorize() -> AuthorizeResult:
        """Answer without asking Slack: that would hold up the acknowledgement."""
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    made = App(
        logger=QUIET,
        client=bot.client,
        # Over HTTP the route has made sure of that before anything was read; Socket Mode is Slack's own line.
        request_verification_enabled=False,
        ssl_check_enabled=False,
        authorize=authorize,
        process_before_response=True,
        attaching_conversation_kwargs_enabled=False,
    )
    Listeners(bot).join(made)
    return made


class Listeners:
    """What is done with each thing that Slack sends."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._told = Remembered[bool](10_000, 600)

    def join(self, app: App) -> None:
        app.error(self.failed)
        app.event("message")(self.message)
        app.event("app_mention")(self.message)
        app.event("assistant_thread_started")(self.opened)
        app.event({"type": "assistant_thread_context_changed"})(lambda ack: ack())
        app.command(COMMAND)(self.command)
        app.shortcut(SHORTCUT)(self.shortcut)
        app.action(arriving.OURS)(self.press)
        app.view(ADJUST)(self.adjust)
        app.view(APPLY)(self.apply)
        app.view(SHARE)(self.share)

    def message(self, body: Body, ack: Ack) -> BoltResponse:
        event, key = body["event"], _event_key(body)
        subtype = event.get("subtype")
        if subtype == "message_deleted":
            self.bot.inbox.withdraw(arriving.deleted(body))
            return ack()
        asked = arriving.edited(body) if subtype == "message_changed" else arriving.message(body)
        if asked is None:
            return ack()
        if asked.kind == "edited":
            return self._changed(asked, key, ack)
        if not (asked.place.direct or asked.mentioned) and not self._ours(asked):
            return ack()
        return self._kept(asked, key, ack)

    def opened(self, body: Body, ack: Ack) -> BoltResponse:
        return self._kept(arriving.opened(body), _event_key(body), ack)

    def command(self, body: Body, ack: Ack) -> BoltResponse:
        return self._taken(arriving.command(body), f"command:{body['trigger_id']}", ack)

    def shortcut(self, body: Body, ack: Ack) -> BoltResponse:
        return self._taken(arriving.check(body), f"check:{body['trigger_id']}", ack)

    def press(self, body: Body, ack: Ack) -> BoltResponse:
        asked = arriving.press(body)
        if asked is None:
            return ack()
        if asked.deed == "adjust" or (asked.deed == "share" and asked.place.direct):
            self.bot.soon.submit(self._window, asked, body["trigger_id"])
            return ack()
        key = f"press:{body['trigger_id']}"
        if asked.deed == "share" and asked.pressed is not None:
            # Twice the same card in the same channel is a double click.
            key = f"share:{asked.conversation}:{asked.pressed.version}:{asked.place.channel}"
        return self._taken(asked, key, ack)

    def adjust(self, body: Body, ack: Ack) -> BoltResponse:
        return self._submitted(body, ack, lambda one: one.checked(body["view"]))

    def apply(self, body: Body, ack: Ack) -> BoltResponse:
        return self._submitted(body, ack, Adjusting.applied)

    def share(self, body: Body, ack: Ack) -> BoltResponse:
        carried = _carried(body)
        channel = arriving.state(body["view"])["channel"]["selected_conversation"]
        asked = Asked(
            kind="shared",
            user=body["user"]["id"],
            team=carried.place.team,
            place=carried.place,
            conversation=carried.pressed.conversation,
            pressed=carried.pressed,
            target=channel,
        )
        return self._taken(asked, f"share:{body['view']['id']}", ack)

    def failed(self, error: Exception, body: Body) -> BoltResponse:
        """Log a fault without what anybody wrote, and let Slack send it again."""
        log.error("listener_fault", error=type(error).__name__, at=places(error))
        return BoltResponse(status=500)

    def _kept(self, asked: Asked, key: str, ack: Ack) -> BoltResponse:
        """Keep an event; while the database is away Slack sends it again, and the person is told once."""
        try:
            self._put(asked, key)
        except StoreTrouble as error:
            log.warning("not_taken", entry=key, error=error.key)
            if self._told.first(key, True):
                self.bot.soon.submit(self._say, asked, key, "slack.not_stored")
            return BoltResponse(status=503)
        return ack()

    def _taken(self, asked: Asked, key: str, ack: Ack) -> BoltResponse:
        """Keep what a person did, which Slack does not send again."""
        try:
            if not self._put(asked, key) and asked.deed == "share":
                self.bot.soon.submit(self._say, asked, f"{key}:again", "slack.shared_already")
        except StoreTrouble as error:
            log.warning("not_taken", entry=key, error=error.key)
            self.bot.soon.submit(self._say, asked, key, "slack.send_again")
        return ack()

    def _put(self, asked: Asked, key: str) -> bool:
        fresh = self.bot.inbox.put(key, asked.conversation, asked.model_dump_json(), asked.source)
        if fresh:
            self.bot.working.wake()
        return fresh

    def _changed(self, asked: Asked, key: str, ack: Ack) -> BoltResponse:
        """Take a message as it was changed to if nobody has begun on it, else say that it was answered as it was."""
        try:
            if self.bot.inbox.withdraw(asked.source):
                return self._kept(asked.model_copy(update={"kind": "message"}), key, ack)
            return self._kept(asked, key, ack) if self.bot.inbox.answered(asked.source) else ack()
        except StoreTrouble:
            return BoltResponse(status=503)

    def _ours(self, asked: Asked) -> bool:
        """Tell whether a thread is a conversation with us; of any other no word is kept."""
        by = self.bot.people.principal(asked)
        return bool(self.bot.advisor.store.starting(by, asked.conversation, 1))

    def _window(self, asked: Asked, trigger: str) -> None:
        """Open the window that a button asks for; Slack gives three seconds for it."""
        try:
            person = self.bot.people.of(asked)
            if person.standing != "own" or asked.pressed is None:
                self._say(asked, trigger, turned_away(person))
                return
            carried = Carried(pressed=asked.pressed, place=asked.place, language=person.language)
            view = sharing(carried, person.language) if asked.deed == "share" else self._weights(asked, person, carried)
            call(self.bot.client.views_open, trigger_id=trigger, view=view)
        except (Later, Declined, StoreTrouble) as error:
            log.warning("no_window", error=repr(error))
            self._say(asked, trigger, "slack.not_opened")

    def _weights(self, asked: Asked, person: Person, carried: Carried) -> dict[str, object]:
        try:
            return Adjusting(self.bot.advisor, self.bot.people.principal(asked), person, carried).window()
        except StoreTrouble:
            raise
        except ScorecraftError as error:
            return notice(refused(error, person.language), person.language)

    def _submitted(self, body: Body, ack: Ack, act: Callable[[Adjusting], Submitted]) -> BoltResponse:
        carried, user = _carried(body), body["user"]["id"]
        asked = Asked(
            kind="adjusted",
            user=user,
            team=carried.place.team,
            place=carried.place,
            conversation=carried.pressed.conversation,
        )
        # Nothing is asked of Slack while it waits; the window was opened for one of its own people.
        person = Person(id=user, language=carried.language)
        try:
            found = act(Adjusting(self.bot.advisor, self.bot.people.principal(asked), person, carried))
            if found.asked is not None:
                self._put(found.asked, f"adjusted:{body['view']['id']}")
        except ScorecraftError as error:
            key = "slack.send_again" if isinstance(error, StoreTrouble) else None
            said = worded(key, person.language) if key else refused(error, person.language)
            return ack(response_action="update", view=notice(said, person.language))
        return ack(**found.answer) if found.answer else ack()

    def _say(self, asked: Asked, key: str, phrase: str) -> None:
        """Say a sentence to the person alone, beside the inbox."""
        entry = Entry(id=0, key=f"{key}:told", lane="", body="", tries=1, steps=0, unclear=False, created=utc_now())
        try:
            language = self.bot.people.of(asked).language
            Delivery(self.bot.client, self.bot.settings, asked, entry).tell(worded(phrase, language), alone=True)
        except (Later, Declined) as error:
            log.warning("not_told", entry=key, error=repr(error))


def _event_key(body: Body) -> str:
    return f"event:{body['event_id']}"


def _carried(body: Body) -> Carried:
    return Carried.model_validate_json(body["view"]["private_metadata"])
