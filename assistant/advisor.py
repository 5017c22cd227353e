"""The facade under every surface: one method a capability.

What a draft does not need is imported where it is used: starting the command is felt.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from assistant import grounds
from assistant.errors import UnknownName
from assistant.explanation import explanation
from assistant.language.offline.names import Match, Names
from assistant.language.offline.reader import Reader
from assistant.models import USUAL_PROFILE, Brief, Considered, Finding, Scorecard, Suggestion, Understood
from assistant.principal import LOCAL, Principal
from assistant.recommender.card import scorecard
from assistant.recommender.considered import considered, why_not
from assistant.recommender.draft import Choice, Recommender
from assistant.requests import Request, Understander, Understanding
from assistant.rules import check
from assistant.understood import assumptions, questions, to_fill, without_influence
from knowledge import shipped
from knowledge.models import Catalogue, Language, RuleText, Stance
from knowledge.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from assistant.checked import Checked
    from assistant.citation import Answer
    from assistant.conversation import Conversation
    from assistant.events import Event
    from assistant.gaming.tricks import Trick
    from assistant.intake.grids import Content
    from assistant.intake.reading import FormReader, Intake, Told
    from assistant.intake.sources import Source
    from assistant.language.model.mind import Made
    from assistant.readiness import Department
    from assistant.repair import Repaired
    from assistant.retrieval.ingestion import Report
    from assistant.retrieval.library import Library
    from assistant.retrieval.models import Entry, Filters, Found
    from assistant.retrieval.progress import Progress
    from assistant.review import Review
    from assistant.scoring.models import DryRun
    from assistant.settings import Settings
    from assistant.storage.store import Store
    from assistant.turns.turn import Message


@dataclass(frozen=True)
class Alternative:
    """A card that differs in a named way."""

    stance: Stance
    suggestion: Suggestion


class Advisor:
    """Proposes, explains and checks scorecards; pure but for what it remembers of its own work."""

    def __init__(self, catalogue: Catalogue, profile: str = USUAL_PROFILE, settings: "Settings | None" = None) -> None:
        """``settings`` are read from the environment, when they are first needed, where none are given."""
        self.catalogue, self.default_profile = catalogue, profile
        self._settings = settings
        self.recommender = Recommender(catalogue)
        self._libraries: dict[str, Library] = {}
        self.told: Callable[[int, int], None] = lambda done, total: None
        """Told how far the guidance is made ready, when it is searched for the first time."""

    @property
    def settings(self) -> "Settings":
        if self._settings is not None:
            return self._settings
        from assistant import settings

        return settings.load()

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.catalogue)

    @cached_property
    def understander(self) -> Understander:
        return Understander(self.catalogue, self.reader)

    def suggest(self, request: Request) -> Suggestion:
        """Propose a scorecard for a request in words."""
        return self.draft(self.understander.understand(request))

    def draft(self, understanding: Understanding, stance: str | None = None) -> Suggestion:
        """Propose a scorecard for a brief, with the emphasis of a stance where one is named."""
        leaning = self.catalogue.stances[stance] if stance else None
        return self._suggestion(self.recommender.choose(understanding.brief, leaning), understanding)

    def revise(self, current: Scorecard, understanding: Understanding) -> Suggestion:
        """Return the scorecard nearest to the current one that meets the brief's wishes."""
        choice = self.recommender.revise(current.weights(), understanding.brief)
        return self._suggestion(choice, understanding)

    def alternatives(
        self, understanding: Understanding, current: dict[str, int] | None = None
    ) -> tuple[Alternative, ...]:
        """Return the cards that other stances give, those like the current one or like each other left out."""
        seen = [current or self.recommender.choose(understanding.brief).weights]
        found = []
        for stance in self.catalogue.stances.values():
            choice = self.recommender.choose(understanding.brief, stance)
            if choice.weights not in seen:
                seen.append(choice.weights)
                found.append(Alternative(stance, self._suggestion(choice, understanding)))
        return tuple(found)

    def check(self, card: Scorecard, language: Language) -> tuple[Finding, ...]:
        return check(card, self.catalogue, language)

    @cached_property
    def forms(self) -> "FormReader":
        from assistant.intake.reading import FormReader

        return FormReader(self.catalogue, self.reader, self.understander)

    def read(self, source: "Source", told: "Told | None" = None, table: str | None = None) -> "list[Intake]":
        """Read the cards of a file; it is taken apart in a process of its own, under limits."""
        from assistant.intake.sandbox import take_apart

        return self.read_content(take_apart(source), told, table)

    def read_content(self, content: "Content", told: "Told | None" = None, table: str | None = None) -> "list[Intake]":
        """Read the cards of what is already taken apart, such as data that a program sends."""
        from assistant.intake.reading import Told

        return self.forms.read(content, told or Told(), table)

    def checked(self, card: Scorecard, language: Language) -> "Checked":
        """Check a card and say how good it is."""
        from assistant.checked import checked

        return checked(card, self.catalogue, language)

    def repair(self, card: Scorecard, language: Language, *, strict: bool = False) -> "Repaired":
        """Return the nearest card without errors, with ``strict`` without the warnings a program can remove."""
        from assistant.repair import repair

        return repair(card, self.catalogue, language, strict=strict)

    def review(self, card: Scorecard, request: Request) -> "Review":
        """Say what to keep, change, drop and add on last year's form; the request goes before what the form says."""
        from assistant.review import brief_of, review

        found = review(card, brief_of(card, request, self.understander).brief, self.recommender)
        return found.model_copy(update={"proposal": grounds.cited(found.proposal, grounds.load())})

    def gaming(self, card: Scorecard) -> "tuple[Trick, ...]":
        """Return how a clever seller would game a card, and what stops it."""
        from assistant.gaming import gaming

        return gaming(card, self.catalogue)

    def readiness(self, card: Scorecard) -> "tuple[Department, ...]":
        """Return the data that each department has to get ready."""
        from assistant.readiness import readiness

        return readiness(card, self.catalogue)

    def dry_run(self, card: Scorecard, actuals: str, language: Language) -> "DryRun":
        """Score a card with hypothetical actuals, ``name=value`` separated by commas."""
        from assistant.scoring.actuals import from_text
        from assistant.scoring.run import dry_run

        return dry_run(card, from_text(actuals), self.catalogue, language)

    def why_not(self, indicator: str, brief: Brief, weights: dict[str, int]) -> Considered | None:
        """Return why an indicator is not on a card; ``None`` where a fresh draft of the brief would hold it."""
        fresh = self.recommender.choose(brief)
        if indicator in fresh.weights:
            return None
        standing = {id: weight for id, weight in weights.items() if id in fresh.pool}
        return why_not(indicator, replace(fresh, weights=standing), self.catalogue)

    @cached_property
    def library(self) -> "Library":
        """The guidance and the company's documents; whoever wants to show progress sets the library's own."""
        from assistant.retrieval.library import from_settings

        return from_settings(self.settings, lambda done, total: self.told(done, total))

    def library_of(self, by: Principal) -> "Library":
        """Return the library that a principal searches: its workspace's documents beside the guidance."""
        if by.workspace == LOCAL.workspace:
            return self.library
        if by.workspace not in self._libraries:
            self._libraries[by.workspace] = self.library.beside(by.workspace)
        return self._libraries[by.workspace]

    def search(
        self,
        query: str,
        language: Language,
        most: int = 5,
        filters: "Filters | None" = None,
        preferred: bool | None = None,
        by: Principal = LOCAL,
    ) -> "Found":
        """Return the passages that answer a question, or none where nothing relevant is known."""
        from assistant.retrieval.models import Filters

        by.must("read")
        return self.library_of(by).search(query, language, most, filters or Filters(), preferred)

    def ingest(
        self,
        paths: "Sequence[str | Path]",
        files: "Progress | None" = None,
        chunks: "Progress | None" = None,
        by: Principal = LOCAL,
    ) -> "Iterator[Report]":
        """Bring the company's own documents into the search, with a report on each."""
        from assistant.retrieval.ingestion import ingest
        from assistant.retrieval.progress import silent

        by.must("write")
        return ingest(self.library_of(by), paths, files or silent, chunks or silent)

    def take_in(self, name: str, data: bytes, by: Principal = LOCAL) -> "Report":
        """Bring a document that was handed in into the search, with a report on it."""
        from assistant.retrieval.ingestion import take_in

        by.must("write")
        return take_in(self.library_of(by), name, data)

    def documents(self, by: Principal = LOCAL) -> "list[Entry]":
        """Return the company's documents that are searched."""
        by.must("read")
        return self.library_of(by).documents()

    def forget(self, name: str, by: Principal = LOCAL) -> int:
        """Take a document out of the search and return how many passages it had; the file stays where it is."""
        from assistant.retrieval.ingestion import forget

        by.must("write")
        return forget(self.library_of(by), name)

    def ask(self, question: str, language: Language, by: Principal = LOCAL) -> "Answer":
        """Answer a question from what is known, each sentence with its citation."""
        from assistant.answering import answer

        by.must("read")
        return answer(self.library_of(by), question, language)

    @cached_property
    def store(self) -> "Store":
        """The conversations that are kept; opened, and brought up to date, when it is first asked for."""
        from assistant.storage.store import open_store

        return open_store(self.settings)

    @cached_property
    def made(self) -> "Made":
        """Who reads and words: a model as far as one is configured and has passed its exam."""
        from assistant.language.model.mind import mind

        return mind(self.reader, self.settings, self.store)

    def begin(self, conversation: "Conversation", by: Principal = LOCAL, id: str | None = None) -> str:
        """Keep a new conversation and return its id; one's own of that id stays as it is."""
        by.must("write")
        return self.store.begin(by, conversation, id)

    def converse(self, id: str, message: "Message", by: Principal = LOCAL, key: str | None = None) -> "Iterator[Event]":
        """Take a turn of a kept conversation and yield its events; the result is durable before it is yielded.

        A message sent again with the same ``key`` is answered as it was the first time.
        """
        from assistant.turns.kept import KeptConversation

        by.must("write")
        return KeptConversation(self, self.store, self.made.mind, by, id).take(message, key)

    def close(self) -> None:
        """Close what was opened: the model, the index, the database."""
        opened = self.__dict__
        if "made" in opened and self.made.model is not None:
            self.made.model.close()
        if "library" in opened:
            self.library.close()
        if "store" in opened:
            self.store.close()

    def roles(self, query: str = "") -> list[Match]:
        return self._listed(self.reader.roles, list(self.catalogue.roles), query)

    def indicators(self, query: str = "") -> list[Match]:
        return self._listed(self.reader.indicators, list(self.catalogue.indicators), query)

    def themes(self, query: str = "") -> list[Match]:
        return self._listed(self.reader.themes, list(self.catalogue.themes), query)

    def rules(self, code: str = "") -> list[RuleText]:
        """Return the rule book, one family of it, or one rule."""
        wanted = code.strip().upper()
        found = [rule for key, rule in self.catalogue.rules.items() if key.startswith(wanted)]
        if not found:
            raise UnknownName("rule", code, tuple(key for key in self.catalogue.rules if key[0] == wanted[:1])[:5])
        return found

    def _listed(self, names: Names, ids: list[str], query: str) -> list[Match]:
        """Return everything in the catalogue's order, or what a query finds, best first."""
        if not folded(query):
            return [Match(id, id, 100.0) for id in ids]
        meaning = names.meaning(query)
        sure = [
            Match(id, query, 100.0)
            for id in ([meaning.id] if meaning.id else meaning.choices if meaning.question else [])
        ]
        known = {match.id for match in sure}
        return [*sure, *(match for match in names.search(query, most=10) if match.id not in known)]

    def _suggestion(self, choice: Choice, understanding: Understanding) -> Suggestion:
        language, brief = understanding.language, understanding.brief
        card = grounds.cited(scorecard(choice, self.catalogue), grounds.load())
        assumed = (*understanding.assumptions, *assumptions(brief, card, self.catalogue, language))
        return Suggestion(
            scorecard=card,
            understood=Understood(
                role=brief.role,
                themes=brief.themes,
                without_influence=without_influence(brief, self.catalogue),
                profile=brief.profile,
                context=brief.context,
                evidence=understanding.evidence,
                assumptions=assumed,
                language=language,
            ),
            findings=self.check(card, language),
            explanation=explanation(card, self.catalogue, language),
            considered=considered(choice, self.catalogue),
            to_fill=to_fill(card, language),
            questions=questions(brief, card, self.catalogue, language),
        )


def from_settings(profile: str | None = None) -> Advisor:
    """Return the advisor over the catalogue that ships; ``profile`` names its usual rule set, or a company's file."""
    catalogue = shipped.load()
    if profile is None:
        return Advisor(catalogue)
    from assistant.profiles import resolve_profile

    return Advisor(*resolve_profile(profile, catalogue))
