"""LangChain's interface, and the name under which vectors are kept."""

from abc import abstractmethod

from langchain_core.embeddings import Embeddings


class Embedder(Embeddings):
    """Texts to vectors of length 1; those of two signatures are never mixed."""

    @property
    @abstractmethod
    def signature(self) -> str:
        """Name the model, its version and its dimension: whatever changes the vectors."""

    def embed_questions(self, texts: list[str]) -> list[list[float]]:
        """Embed several texts as questions."""
        return [self.embed_query(text) for text in texts]
