"""``/v1/guidance:search``: passages of the guidance and of the workspace's own documents."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import Field

from api.bodies import Name, shown
from api.dependencies import WITH_JSON, Reader, answered
from api.http.strict import StrictRoute
from assistant.retrieval.models import Filters, Hit
from knowledge.models import Frozen, Language

router = APIRouter(prefix="/v1", tags=["guidance"], route_class=StrictRoute, responses=WITH_JSON)


class SearchBody(Frozen):
    model_config = shown(
        {"query": "How many KPIs should a card have?", "limit": 3},
        {"query": "回款率应该占多少权重", "language": "zh"},
    )

    query: Annotated[str, Field(min_length=1, max_length=2000)]
    limit: Annotated[int, Field(ge=1, le=50)] = 5
    role: Name | None = None
    topic: Name | None = None
    """A subject of the guidance, such as ``weights``."""
    source: Name | None = None
    """``guidance``, ``company``, a source of the guidance by id, or a document by name."""
    only: Language | None = None
    """Keep to passages in this language; otherwise a question finds passages in both."""
    prefer_company: bool | None = None
    language: Language | None = None


class Passage(Frozen):
    """A passage that was found, with where it stands."""

    id: str
    title: str
    section: str
    text: str
    language: Language
    origin: Literal["guidance", "company"]
    document: str
    score: float
    """From 0 to 1, comparable within one search."""


class Passages(Frozen):
    """Passages, best first; none where nothing relevant is known."""

    query: str
    items: tuple[Passage, ...]
    words_only: bool = False
    """Whether only words were compared, for want of an embedding model."""


@router.post("/guidance:search", response_model=Passages)
async def search(caller: Reader, body: SearchBody) -> Any:
    """Find the passages that answer a question."""

    def work() -> Response:
        filters = Filters(language=body.only, role=body.role, topic=body.topic, source=body.source)
        language = body.language or caller.preferred or "en"
        found = caller.office.advisor.search(
            body.query, language, body.limit, filters, body.prefer_company, by=caller.by
        )
        items = tuple(map(_passage, found.hits))
        return answered(Passages(query=found.query, items=items, words_only=found.words_only))

    return await caller.office.pools.keep(work)


def _passage(hit: Hit) -> Passage:
    chunk = hit.chunk
    return Passage(
        id=chunk.id,
        title=chunk.title,
        section=chunk.section,
        text=chunk.text,
        language=chunk.language,
        origin=chunk.origin,
        document=chunk.document,
        score=round(hit.score, 4),
    )
