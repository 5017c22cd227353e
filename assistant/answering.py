"""Answers taken from what is known: sentences as they stand there, each with the passage it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citation import Answer, Citation, Statement
from assistant.retrieval.guidance import of_page
from assistant.retrieval.library import Library
from assistant.retrieval.models import SECTION_MARK, Chunk, Filters, Hit
from assistant.retrieval.prose import is_example, quotable
from knowledge.models import Language

PASSAGES = 4
"""Passages that are read for an answer."""
NEAR = 0.8
"""How near a further passage has to come to the best one to be read."""
MOST, MOST_OF_ONE = 5, 3
"""Sentences of an answer, and of one passage in it."""
GOOD = 0.7
"""How near a sentence has to come to the best one to be said."""
RANK = 0.5
"""What the passage counts beside the sentence itself."""


@dataclass(frozen=True)
class _Sentence:
    text: str
    under: str
    passage: int
    place: int
    score: float


def answer(library: Library, question: str, language: Language, filters: Filters | None = None) -> Answer:
    """Return the sentences that answer a question; none where nothing that is known covers it."""
    # What the company has laid down itself goes before what is usual.
    found = library.search(question, language, PASSAGES, filters or Filters(), preferred=True)
    hits = _read(found.hits, library)
    said = _chosen(_sentences(hits, question, library))
    order = list(dict.fromkeys(one.passage for one in said))
    return Answer(
        question=found.query,
        language=language,
        statements=tuple(
            Statement(text=one.text, cites=(order.index(one.passage) + 1,), under=one.under) for one in said
        ),
        citations=tuple(_citation(hits[passage].chunk, passage, said, library) for passage in order),
        words_only=found.words_only,
    )


def _read(hits: Sequence[Hit], library: Library) -> list[Hit]:
    """Return the passages to read: those near the best one, of the best page of ours every section."""
    if not hits:
        return []
    best, near = hits[0], [hit for hit in hits if hit.score >= NEAR * hits[0].score]
    if best.chunk.origin == "company":
        return near
    page = of_page(library.guidance.topics[best.chunk.document], best.chunk.language)
    told = [chunk for chunk in page if chunk.id == best.chunk.id or not is_example(chunk.section)]
    return [*(best.with_chunk(chunk) for chunk in told), *near[1:]]


def _sentences(hits: Sequence[Hit], question: str, library: Library) -> list[_Sentence]:
    told = [(text, under, passage) for passage, hit in enumerate(hits) for text, under in _told(hit.chunk)]
    likeness = library.likeness(question, [text for text, _, _ in told])
    return [
        _Sentence(text, under, passage, place, alike + RANK * hits[passage].score)
        for place, ((text, under, passage), alike) in enumerate(zip(told, likeness, strict=True))
    ]


def _told(chunk: Chunk) -> list[tuple[str, str]]:
    """Return the sentences of a passage; an item of a list goes with its heading, which may turn its meaning."""
    whole = set(quotable(chunk.text, lists=False))
    heading = chunk.section.rpartition(SECTION_MARK)[2] or chunk.title
    said = [(text, "" if text in whole else heading) for text in quotable(chunk.text)]
    # A passage of the company that is nothing but a table is shown as it is.
    return said or ([(chunk.text, heading)] if chunk.origin == "company" else [])


def _chosen(sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """Return the best sentences in the order in which they are read."""
    best = max((one.score for one in sentences), default=0.0)
    taken: list[_Sentence] = []
    for one in sorted(sentences, key=lambda one: (-one.score, one.passage, one.place)):
        of_same = sum(other.passage == one.passage for other in taken)
        if len(taken) < MOST and of_same < MOST_OF_ONE and one.score >= GOOD * best:
            taken.append(one)
    return sorted(taken, key=lambda one: (one.passage, one.place))


def _citation(chunk: Chunk, passage: int, said: Sequence[_Sentence], library: Library) -> Citation:
    topic = library.guidance.topics.get(chunk.document) if chunk.origin == "guidance" else None
    return Citation.model_validate(
        {
            "source": chunk.document,
            "title": chunk.title,
            "section": chunk.section or None,
            "excerpt": " ".join(one.text for one in said if one.passage == passage),
            "origin": chunk.origin,
            "grade": topic.facts.grade if topic else None,
        }
    )
