"""Who somebody is: one of this workspace's own people or not, and the language to speak to them."""

from typing import Literal

from slack_sdk.web import WebClient

from api.slack.asked import Asked
from api.slack.calling import Declined, Later, call
from api.slack.remembered import Remembered
from assistant.errors import StoreTrouble
from assistant.principal import Principal
from assistant.storage.people import People as Chosen
from knowledge.models import LANGUAGES, Frozen, Language

Standing = Literal["own", "guest", "foreign", "bot"]
MOST = 20_000
KNOWN = 600.0
"""Seconds for which a profile is taken as it was."""
CHOSEN = 30.0
"""Seconds after which a language that was chosen through another process is spoken here too."""


class Person(Frozen):
    """A person of Slack."""

    id: str
    language: Language
    chosen: Language | None = None
    """The language that they asked for, whatever Slack's locale."""
    standing: Standing = "own"


class Profile(Frozen):
    locale: Language
    standing: Standing


class Choice(Frozen):
    language: Language | None


class People:
    """The people of the workspace of Slack that the bot is installed in."""

    def __init__(self, client: WebClient, chosen: Chosen, workspace: str | None) -> None:
        """``workspace`` is that of ours to which they belong; otherwise one named by Slack's team."""
        self.client, self.chosen, self.workspace = client, chosen, workspace
        self._home: str | None = None
        self._profiles = Remembered[Profile](MOST, KNOWN)
        self._languages = Remembered[Choice](MOST, CHOSEN)

    def principal(self, asked: Asked) -> Principal:
        """Return on whose behalf something is asked."""
        return asked.principal(self.workspace or self._home or asked.place.team)

    def of(self, asked: Asked) -> Person:
        """Return who asks; ``Later`` where Slack cannot say so now."""
        profile = self._profiles.get(asked.user) or self._profiles.keep(asked.user, self._profile(asked.user))
        chosen = self._chosen(asked)
        return Person(id=asked.user, language=chosen or profile.locale, chosen=chosen, standing=profile.standing)

    def choose(self, asked: Asked, language: Language | None) -> None:
        """Speak a language to a person from now on; ``None`` for that of Slack's locale."""
        self.chosen.choose(self._self(asked), language)
        self._languages.forget(asked.user)

    def home(self) -> str:
        """Return the team that the bot is installed in: what a request says of its team may be another's."""
        if self._home is None:
            self._home = str(call(self.client.auth_test)["team_id"])
        return self._home

    def _self(self, asked: Asked) -> Principal:
        return Principal(workspace=self.principal(asked).workspace, subject=asked.user)

    def _chosen(self, asked: Asked) -> Language | None:
        known = self._languages.get(asked.user)
        if known is None:
            try:
                known = self._languages.keep(asked.user, Choice(language=self.chosen.language(self._self(asked))))
            except StoreTrouble:
                return None
        return known.language

    def _profile(self, user: str) -> Profile:
        home = self._known_home()
        try:
            found = call(self.client.users_info, user=user, include_locale=True)["user"]
        except Declined:
            # Somebody whose profile is not to be seen is none of ours.
            return Profile(locale="en", standing="foreign")
        return Profile(locale=spoken(str(found.get("locale", ""))), standing=_standing(found, home))

    def _known_home(self) -> str:
        """Return the home team; while the token is refused nobody is anybody."""
        try:
            return self.home()
        except Declined:
            raise Later(unclear=False) from None


def spoken(locale: str) -> Language:
    """Return the one of our languages that a locale such as zh-CN means; English for all others."""
    return next((one for one in LANGUAGES if locale.lower().startswith(one)), "en")


def _standing(user: dict[str, object], home: str) -> Standing:
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return "bot"
    grid = user.get("enterprise_user")
    teams = {user.get("team_id"), *(grid.get("teams", []) if isinstance(grid, dict) else [])}
    if user.get("is_stranger") or home not in teams:
        return "foreign"
    return "guest" if user.get("is_restricted") or user.get("is_ultra_restricted") else "own"
