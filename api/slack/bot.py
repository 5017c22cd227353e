"""The bot as one thing: what it holds, and how it is put together from settings and an advisor."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from slack_sdk.web import WebClient

from api.slack.answering import Answering
from api.slack.calling import connected
from api.slack.people import People
from api.slack.working import Working
from assistant.advisor import Advisor
from assistant.settings import Settings
from assistant.storage.inbox import Inbox
from assistant.storage.people import People as Chosen

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
        self.working.start()

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
    answering = Answering(advisor, people, client, settings)
    alone = settings.database_url is None
    return Bot(settings, advisor, client, people, inbox, Working(answering, inbox, settings.turns, alone=alone))
