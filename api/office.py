"""What a running server holds: settings, the advisor, what is kept, the pools, and what is still warming up."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import structlog
from anyio import CapacityLimiter

from api.handed_in import Reading
from api.http.gate import Counter, Doors
from api.http.pools import Pools, Turns, threads
from assistant.advisor import Advisor
from assistant.errors import ScorecraftError
from assistant.settings import Settings
from assistant.storage.cards import SavedCards
from assistant.storage.keys import Keys
from assistant.storage.receipts import Receipts
from assistant.storage.uploads import Uploads
from knowledge import shipped

if TYPE_CHECKING:
    from api.slack.bot import Bot

log = structlog.get_logger("scorecraft.api")
QUESTION = "How many KPIs should a card have?"


@dataclass
class Office:
    """One a process."""

    settings: Settings
    advisor: Advisor
    pools: Pools
    doors: Doors
    counter: Counter
    warming: dict[str, str]
    """``warming``, ``ready``, or what went wrong."""

    _warmer: threading.Thread | None = None

    @cached_property
    def saved(self) -> SavedCards:
        return SavedCards(self.advisor.store.database)

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.advisor.store.database)

    @cached_property
    def uploads(self) -> Uploads:
        return Uploads(self.advisor.store.database)

    @cached_property
    def reading(self) -> Reading:
        """The thread that takes documents into the search."""
        return Reading(self.advisor, self.uploads, alone=self.settings.database_url is None)

    @cached_property
    def slack(self) -> "Bot | None":
        """The Slack bot, where Slack's requests can be told from others."""
        if self.settings.slack_signing_secret is None:
            return None
        from api.slack.bot import furnished

        return furnished(self.settings, self.advisor)

    def warm(self, *more: Callable[[], object]) -> None:
        """Make ready what is heavy, behind the first requests; what fails is made at its first use, or says why not."""
        for name, act in self._heavy():
            if name not in self.warming:
                continue
            try:
                act()
                self.warming[name] = "ready"
            except ScorecraftError as error:
                self.warming[name] = type(error).__name__
                log.warning("not_warm", what=name, error=type(error).__name__)

        for one in more:
            one()

    def _heavy(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        slack = (("slack", self.slack.warm),) if self.slack is not None else ()
        return (("recommender", self._draft), *slack, ("search", self._search), ("model", self._model))

    def warm_behind(self, *more: Callable[[], object]) -> None:
        self._warmer = threading.Thread(target=self.warm, args=more, name="warming", daemon=True)
        self._warmer.start()

    def _draft(self) -> None:
        from assistant.requests import Request

        self.advisor.suggest(Request(role="sales_representative", strategy="gain market share"))

    def _search(self) -> None:
        self.advisor.search(QUESTION, "en")

    def _model(self) -> None:
        model = self.advisor.made.model
        if model is not None:
            model.warm()

    def close(self) -> None:
        """Let running turns and documents end, then close what is open."""
        self.reading.stop()
        if self.slack is not None:
            self.slack.close()
        if self._warmer is not None:
            # Libraries abort the process that ends while they start.
            self._warmer.join()
        self.pools.turns.close()
        self.advisor.close()


def furnished(settings: Settings) -> Office:
    """Open the store and return an office over it; ``StoreTrouble`` where that cannot be."""
    advisor = Advisor(shipped.load(), settings=settings)
    doors = Doors(Keys(advisor.store.database))
    also = {"model": settings.llm_model, "slack": settings.slack_signing_secret}
    warming = ("recommender", "search", *(name for name, wanted in also.items() if wanted))
    return Office(
        settings,
        advisor,
        Pools(Turns(settings.turns), CapacityLimiter(threads(settings))),
        doors,
        Counter(settings),
        dict.fromkeys(warming, "warming"),
    )
