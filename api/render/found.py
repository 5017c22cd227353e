"""What a search found: for the terminal, as Markdown, and as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.retrieval.excerpts import excerpt
from assistant.retrieval.models import SECTION_MARK, Found, Hit
from assistant.wording import worded
from knowledge.models import Catalogue, Language
from knowledge.pages import Guidance, Source

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True)
class Shown:
    """A passage in words."""

    head: str
    origin: str
    text: str


def found_data(found: Found, guidance: Guidance, language: Language) -> dict[str, Any]:
    """Return what was found as plain data."""
    return {
        "query": found.query,
        "relevance": round(found.relevance, 3),
        "words_only": found.words_only,
        "results": [
            _result(rank, hit, found.query, guidance, language) for rank, hit in enumerate(found.hits, start=1)
        ],
    }


def _result(rank: int, hit: Hit, query: str, guidance: Guidance, language: Language) -> dict[str, Any]:
    chunk = hit.chunk
    topic = guidance.topics.get(chunk.document) if chunk.origin == "guidance" else None
    sources = [(id, guidance.sources[id]) for id in topic.facts.sources] if topic else []
    return {
        "rank": rank,
        "score": round(hit.score, 3),
        "title": chunk.title,
        "section": chunk.section,
        "excerpt": excerpt(chunk.text, query),
        "language": chunk.language,
        "origin": chunk.origin,
        "document": chunk.document,
        "grade": topic.facts.grade.value if topic else None,
        "sources": [_source(id, source, language) for id, source in sources],
    }


def _source(id: str, source: Source, language: Language) -> dict[str, Any]:
    return {"id": id, "title": source.title.say(language), "kind": source.kind, "year": source.year, "url": source.url}


def found_view(
    found: Found, guidance: Guidance, catalogue: Catalogue, language: Language, *, limited: bool
) -> "RenderableType":
    """Show each passage below its title, with what it stands on."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text as Line

    parts: list[RenderableType] = [Line(line) for line in notes(found, guidance, language, limited=limited)]
    for one in passages(found, guidance, catalogue, language):
        parts += [Line(one.head, style="bold"), Padding(Line(one.text), (0, 0, 0, 3))]
        parts += [Padding(Line(one.origin, style="dim"), (0, 0, 0, 3)), Line("")]
    return Group(*parts)


def found_markdown(found: Found, guidance: Guidance, catalogue: Catalogue, language: Language, *, limited: bool) -> str:
    """Return what was found as Markdown, the passages as quotations."""
    lines = [f"# {_line(worded('search.title', language, query=found.query))}", ""]
    lines += [part for note in notes(found, guidance, language, limited=limited) for part in (note, "")]
    for one in passages(found, guidance, catalogue, language):
        quoted = [f"> {line}" for line in one.text.splitlines()]
        lines += [f"## {_line(one.head)}", "", *quoted, "", f"*{_line(one.origin)}*", ""]
    return "\n".join(lines)


def passages(found: Found, guidance: Guidance, catalogue: Catalogue, language: Language) -> Iterator[Shown]:
    """Yield each passage as it is shown to people."""
    for rank, hit in enumerate(found.hits, start=1):
        title = _heading(hit.chunk.title, hit.chunk.section)
        head = worded("search.hit", language, rank=rank, title=title, score=f"{hit.score:.2f}")
        yield Shown(head, _origin(hit, guidance, catalogue, language), excerpt(hit.chunk.text, found.query))


def _heading(title: str, section: str) -> str:
    """Return a title with the headings below it; the title often is the first of them."""
    below = section.removeprefix(title).removeprefix(SECTION_MARK) if section.startswith(title) else section
    return SECTION_MARK.join(filter(None, (title, below)))


def notes(found: Found, guidance: Guidance, language: Language, *, limited: bool) -> list[str]:
    """Say that nothing was found and what can be asked, and where only words were compared."""
    said = []
    if not found.hits:
        said.append(worded("search.nothing_filtered" if limited else "search.nothing", language))
        said.append(worded("search.can_ask", language, topics=tuple(guidance.subjects.values())))
    if found.words_only:
        said.append(worded("search.words_only", language))
    return said


def _origin(hit: Hit, guidance: Guidance, catalogue: Catalogue, language: Language) -> str:
    """Name whose passage it is: ours with its evidence grade and sources, or the company's."""
    if hit.chunk.origin == "company":
        return worded("search.company", language, name=hit.chunk.document)
    facts = guidance.topics[hit.chunk.document].facts
    titles = tuple(guidance.sources[id].title for id in facts.sources)
    return worded("search.ours", language, grade=catalogue.terms["grade"][facts.grade], sources=titles)


def _line(text: str) -> str:
    return " ".join(text.split())
