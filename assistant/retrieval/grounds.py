"""What each indicator, priority and position rests on, searched in the guidance once, when it is built.

A draft cites it without opening the index. Pages that name an indicator in their front matter go before all others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.citation import Citation
from assistant.grounds import Grounds
from assistant.retrieval.embeddings.base import Embedder
from assistant.retrieval.lexical import Words
from assistant.retrieval.prepared import Known, Prepared, key
from assistant.retrieval.prose import prose, quotable
from knowledge.models import LANGUAGES, Catalogue, Language, Text
from knowledge.pages import Guidance, Page, Topic

WORDS = 0.5
"""What shared words count beside similarity."""
ROLE_PAGES = "role-"
Scores = NDArray[np.floating]


@dataclass(frozen=True)
class Searcher:
    """The guidance as it is searched for what it says of something."""

    guidance: Guidance
    prepared: Prepared
    words: Words
    embedder: Embedder
    known: Known
    """Vectors of all sentences, by the hash of their text."""

    def grounds(self, catalogue: Catalogue) -> Grounds:
        """Return a citation for each indicator, priority and position."""
        indicators, themes, roles = catalogue.indicators, catalogue.themes, catalogue.roles
        return Grounds(
            indicators={
                id: self._best(_joined(one.name, one.definition), self._on(id)) for id, one in indicators.items()
            },
            themes={id: self._best(one.name, self._for(id)) for id, one in themes.items()},
            roles={id: self._best(_joined(one.name, one.summary), self._of(id)) for id, one in roles.items()},
        )

    def _on(self, indicator: str) -> list[Topic]:
        return [topic for topic in self._topics if indicator in topic.facts.indicators]

    def _for(self, theme: str) -> list[Topic]:
        return [topic for topic in self._topics if theme in topic.facts.themes]

    def _of(self, role: str) -> list[Topic]:
        own = [topic for topic in self._topics if topic.facts.roles == (role,)]
        return [topic for topic in own if topic.facts.id.startswith(ROLE_PAGES)] or own

    @cached_property
    def _topics(self) -> list[Topic]:
        return list(self.guidance.topics.values())

    def _best(self, asked: Text, among: list[Topic]) -> Citation:
        """Return the section that says most of what is asked about, in both languages together."""
        scores = {language: self._scores(asked.say(language), language) for language in LANGUAGES}
        places = list(self._sections(among or self._topics))
        best = max(places, key=lambda one: sum(scores[language][one.place[language]] for language in LANGUAGES))
        return self._cited(best.topic, best.number, asked)

    def _cited(self, topic: Topic, number: int, asked: Text) -> Citation:
        """Return a section as a citation, with the sentence of it that says most of what is asked about."""
        headings = {language: topic.page(language).sections[number].heading for language in LANGUAGES}
        return Citation(
            source=topic.facts.id,
            title=Text(zh=topic.zh.title, en=topic.en.title),
            section=Text(**headings) if all(headings.values()) else None,
            excerpt=Text(**{one: self._sentence(topic.page(one), number, asked.say(one)) for one in LANGUAGES}),
            grade=topic.facts.grade,
        )

    def _sentence(self, page: Page, number: int, asked: str) -> str:
        text = page.sections[number].text
        # An item of a list is often no sentence without the line that leads to it.
        said = quotable(text, lists=False) or quotable(text)
        vectors = np.stack([self.known[key("passage", sentence)] for sentence in said])
        return said[int(np.argmax(vectors @ np.asarray(self.embedder.embed_query(asked))))]

    def _scores(self, asked: str, language: Language) -> Scores:
        vector = self.prepared.question(self.embedder.embed_query(asked), language)
        return self.prepared.passage_vectors @ vector + WORDS * self.words.scores(asked)

    def _sections(self, topics: Iterable[Topic]) -> Iterator["_Section"]:
        """Yield the sections that hold a sentence to quote in both languages."""
        for topic in topics:
            for number in range(len(topic.zh.sections)):
                if all(quotable(topic.page(language).sections[number].text) for language in LANGUAGES):
                    yield _Section(topic, number, {one: self._place[topic.facts.id, one, number] for one in LANGUAGES})

    @cached_property
    def _place(self) -> dict[tuple[str, Language, int], int]:
        chunks = self.prepared.passages
        return {(chunk.document, chunk.language, chunk.number): place for place, chunk in enumerate(chunks)}


@dataclass(frozen=True)
class _Section:
    topic: Topic
    number: int
    place: dict[Language, int]
    """Where its chunk stands, in either language."""


def _joined(name: Text, more: Text) -> Text:
    return Text(zh=f"{name.zh}：{more.zh}", en=f"{name.en}: {more.en}")


def quoted(citation: Citation, guidance: Guidance) -> bool:
    """Tell whether a citation says what its page says, in both languages."""
    topic = guidance.topics.get(citation.source)
    return topic is not None and all(_says(topic.page(language), citation, language) for language in LANGUAGES)


def _says(page: Page, citation: Citation, language: Language) -> bool:
    heading = citation.section.say(language) if citation.section else ""
    text = next((section.text for section in page.sections if section.heading == heading), "")
    return citation.title.say(language) == page.title and (
        citation.excerpt is not None and citation.excerpt.say(language) in prose(text)
    )
