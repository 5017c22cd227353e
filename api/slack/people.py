"""Who somebody is: one of this workspace's own people or not, and the language to speak to them."""

from threading import Lock
from typing import TypeVar

from cachetools import TTLCache
from slack_sdk.web import WebClient

from api.slack.asked import Asked
from api.slack.calling import Declined, call
from assistant.errors import StoreTrouble
from assistant.principal import Principal
from assistant.storage.people import People as Chosen
from knowledge.models import LANGUAGES, Frozen, Language

T = TypeVar("T")
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
    standing: str = "own"
    """``own``, ``guest``, ``foreign`` or ``bot``."""


class Profile(Frozen):
    locale: Language
    standing: str


class Choice(Frozen):
    language: Language | None


class People:
    """The people of one workspace of Slack."""

    def __init__(self, client: WebClient, chosen: Chosen, workspace: str | None) -> None:
        self.client, self.chosen, self.workspace = client, chosen, workspace
        self._guard = Lock()
        self._profiles: TTLCache[str, Profile] = TTLCache(MOST, KNOWN)
        self._languages: TTLCache[str, Choice] = TTLCache(MOST, CHOSEN)

    def principal(self, asked: Asked) -> Principal:
        """Return on whose behalf something is asked."""
        return asked.principal(self.workspace or asked.place.team)

    def of(self, asked: Asked) -> Person:
        """Return who asks; ``Later`` where Slack cannot say so now."""
        profile = self._remembered(self._profiles, asked.user)
        if profile is None:
            profile = self._profile(asked)
            with self._guard:
                self._profiles[asked.user] = profile
        chosen = self._chosen(asked)
        return Person(id=asked.user, language=chosen or profile.locale, chosen=chosen, standing=profile.standing)

    def choose(self, asked: Asked, language: Language | None) -> None:
        """Speak a language to a person from now on; ``None`` for that of Slack's locale."""
        self.chosen.choose(self._self(asked), language)
        with self._guard:
            self._languages.pop(asked.user, None)

    def _self(self, asked: Asked) -> Principal:
        return Principal(workspace=self.workspace or asked.place.team, subject=asked.user)

    def _chosen(self, asked: Asked) -> Language | None:
        if (known := self._remembered(self._languages, asked.user)) is not None:
            return known.language
        try:
            found = self.chosen.language(self._self(asked))
        except StoreTrouble:
            return None
        with self._guard:
            self._languages[asked.user] = Choice(language=found)
        return found

    def _remembered(self, cache: TTLCache[str, T], user: str) -> T | None:
        with self._guard:
            return cache.get(user)

    def _profile(self, asked: Asked) -> Profile:
        try:
            user = call(self.client.users_info, user=asked.user, include_locale=True)["user"]
        except Declined:
            # Somebody whose profile is not to be seen is none of ours.
            return Profile(locale="en", standing="foreign")
        return Profile(locale=spoken(str(user.get("locale", ""))), standing=_standing(user, asked.place.team))


def spoken(locale: str) -> Language:
    """Return the one of our languages that a locale such as zh-CN means; English for all others."""
    return next((one for one in LANGUAGES if locale.lower().startswith(one)), "en")


def _standing(user: dict[str, object], home: str) -> str:
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return "bot"
    grid = user.get("enterprise_user")
    teams = {user.get("team_id"), *(grid.get("teams", []) if isinstance(grid, dict) else [])}
    if user.get("is_stranger") or home not in teams:
        return "foreign"
    return "guest" if user.get("is_restricted") or user.get("is_ultra_restricted") else "own"
