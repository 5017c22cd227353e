"""The guidance that ships, as chunks: one a section, the two languages of a section twins of each other."""

from collections.abc import Iterator

from assistant.retrieval.chunks import made
from assistant.retrieval.models import Chunk, Filters
from knowledge.models import LANGUAGES, Language
from knowledge.pages import Guidance, Topic


def chunk_id(page: str, language: Language, number: int) -> str:
    return f"{page}.{language}.{number}"


def guidance_chunks(guidance: Guidance) -> list[Chunk]:
    return [chunk for topic in guidance.topics.values() for language in LANGUAGES for chunk in of_page(topic, language)]


def of_page(topic: Topic, language: Language) -> Iterator[Chunk]:
    page, id = topic.page(language), topic.facts.id
    for number, section in enumerate(page.sections):
        place = chunk_id(id, language, number)
        yield made(place, id, number, page.title, section.heading, section.text, language, "guidance")


def chunk_at(page: str, language: Language, number: int, guidance: Guidance) -> Chunk:
    return list(of_page(guidance.topics[page], language))[number]


def twin(chunk: Chunk, language: Language, guidance: Guidance) -> Chunk:
    """Return the same section in another language."""
    return chunk if chunk.language == language else chunk_at(chunk.document, language, chunk.number, guidance)


def questions(guidance: Guidance) -> list[Chunk]:
    """Return what people would ask to be led to a page; the page is the document."""
    return [
        made(f"{topic.facts.id}.{language}.q{number}", topic.facts.id, number, "", "", question, language, "guidance")
        for topic in guidance.topics.values()
        for language in LANGUAGES
        for number, question in enumerate(topic.page(language).questions)
    ]


def outside(guidance: Guidance) -> list[Chunk]:
    """Return questions that the guidance does not cover; they belong to no page."""
    asked: dict[Language, tuple[str, ...]] = {"zh": guidance.outside.zh, "en": guidance.outside.en}
    return [
        made(f"outside.{language}.{number}", "", number, "", "", question, language, "guidance")
        for language in LANGUAGES
        for number, question in enumerate(asked[language])
    ]


def pages(filters: Filters, guidance: Guidance) -> frozenset[str]:
    """Return the pages that a filter by position, subject or source lets through; a general page fits any position."""
    return frozenset(id for id, topic in guidance.topics.items() if _fits(topic, filters))


def _fits(topic: Topic, filters: Filters) -> bool:
    facts = topic.facts
    role = filters.role is None or not facts.roles or filters.role in facts.roles
    subject = filters.topic is None or filters.topic in facts.topics
    return role and subject and (filters.source in {None, "guidance", facts.id} or filters.source in facts.sources)
