"""Search as a retriever of LangChain, for whoever builds a chain over it."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.retrieval.library import Library
from assistant.retrieval.models import Filters, Hit
from knowledge.models import Language


class GuidanceRetriever(BaseRetriever):
    """Passages of the guidance and the company's documents; none where nothing relevant is known."""

    library: Any
    """A ``Library``; whoever opened it closes it."""
    language: Language = "en"
    """In which passages of the guidance are returned."""
    most: int = 5
    filters: Filters = Filters()
    preferred: bool | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        library: Library = self.library
        found = library.search(query, self.language, self.most, self.filters, self.preferred)
        return [_document(hit) for hit in found.hits]


def _document(hit: Hit) -> Document:
    chunk = hit.chunk
    return Document(
        id=chunk.id,
        page_content=chunk.text,
        metadata={
            "title": chunk.title,
            "section": chunk.section,
            "language": chunk.language,
            "origin": chunk.origin,
            "source": chunk.document,
            "score": hit.score,
        },
    )
