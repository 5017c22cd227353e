"""What a search is kept to, in people's words."""

from assistant.errors import BadInput, UnknownName
from assistant.retrieval.entries import named
from assistant.retrieval.library import Library
from knowledge.pages import Guidance
from knowledge.words import folded

WIDE = ("guidance", "company")


def subject(said: str, guidance: Guidance) -> str:
    """Return the id of a subject by its id or its name in either language; ``BadInput`` carries the choices."""
    known = {folded(word): id for id, name in guidance.subjects.items() for word in (id, name.zh, name.en)}
    if folded(said) not in known:
        raise BadInput("search.topic", name=said, choices=tuple(guidance.subjects))
    return known[folded(said)]


def source(said: str, library: Library) -> str:
    """Return ``guidance``, ``company``, a source of the guidance, a page of it, or a document of the company."""
    guidance, asked = library.guidance, folded(said)
    known = {folded(id): id for id in (*WIDE, *guidance.sources, *guidance.topics)}
    known |= {folded(title): id for id, one in guidance.sources.items() for title in (one.title.zh, one.title.en)}
    return known[asked] if asked in known else _document(said, library)


def _document(said: str, library: Library) -> str:
    entries = library.documents()
    try:
        return named(said, entries).name
    except UnknownName as error:
        choices = (*WIDE, *(entry.name for entry in entries[:5]))
        raise BadInput("search.source", name=said, choices=choices) from error
