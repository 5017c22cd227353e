"""The bot as one thing: what it holds, and how it is put together from settings and an advisor."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from slack_sdk.web import WebClient

from api.slack.answering import Answering
from api.slack.blocks.controls import Controls
from api.slack.blocks.replies import posts
from api.slack.calling import connected
from api.slack.people import People
from api.slack.rooms import Rooms
from api.slack.working import Working
from assistant.advisor import Advisor
from assistant.conversation import Conversation
from assistant.language.interpretation import Mind
from assistant.settings import Settings
from assistant.storage.inbox import Inbox
from assistant.storage.people import People as Chosen
from assistant.turns.turn import Message, Turn, settled

ASKED = "sales representative, gain market share"
DRAFTING = 4
"""Answers at once where no model is asked: they take the processor, and acknowledgements need it too."""
SWITCH = 0.0005
"""Seconds after which a thread at work lets another one go on."""
AT_ONCE = 8
"""Windows opened and sentences said at once, beside the answers."""


@dataclass
class Bot:
    """One a process."""

    settings: Settings
    advisor: Advisor
    client: WebClient
    people: People
    inbox: Inbox
    working: Working
    soon: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE, "slack-soon"))
    """For what Slack waits for no longer than three seconds."""

    def start(self) -> None:
        # An acknowledgement changes threads a dozen times, and waits so long for each where others are at work.
        sys.setswitchinterval(SWITCH)
        self.working.start()

    def warm(self) -> None:
        """Take a turn that nobody sees, so that the first that somebody does is no slower than the next."""
        offline = Mind(self.advisor.made.mind.offline)
        _, replies = settled(Turn(self.advisor, offline, Conversation()), Message(ASKED))
        posts(replies, self.advisor.catalogue, Controls(conversation="", turn=0, private=True))

    def close(self) -> None:
        """Let running answers end."""
        self.soon.shutdown(wait=True)
        self.working.stop()


def furnished(settings: Settings, advisor: Advisor) -> Bot:
    """Return the bot; nothing is asked of Slack before somebody asks something."""
    client = connected(settings)
    database = advisor.store.database
    people = People(client, Chosen(database), settings.slack_workspace)
    inbox = Inbox(database)
    answering = Answering(advisor, people, client, settings, Rooms(client))
    most = settings.turns if settings.llm_model else min(settings.turns, DRAFTING)
    working = Working(answering, inbox, most, alone=settings.database_url is None)
    return Bot(settings, advisor, client, people, inbox, working)
