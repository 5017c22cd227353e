"""Embeddings from any server that speaks OpenAI's protocol."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from assistant.errors import Unavailable
from assistant.retrieval.embeddings.base import Embedder
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

SECONDS = 15.0
RETRIES = 1
AT_ONCE = 64
"""Texts of one request."""


class OpenAICompatible(Embedder):
    """A configured model; ``Unavailable`` says what its server answered, never the key."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def signature(self) -> str:
        """Name the model and the dimension it really has: a server may change what stands behind a name."""
        return f"openai-{self.settings.embeddings_model}-{len(self.embed_query('scorecard'))}"

    def embed_query(self, text: str) -> list[float]:
        return self._embedded([text])[0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedded(texts) if texts else []

    def embed_questions(self, texts: list[str]) -> list[list[float]]:
        return self.embed_documents(texts)

    def _embedded(self, texts: list[str]) -> list[list[float]]:
        from openai import OpenAIError

        try:
            return self._client.embed_documents([text or " " for text in texts])
        except OpenAIError as error:
            raise Unavailable("index.embeddings", problem=_told(error), url=self.settings.embeddings_host) from error
        except (TypeError, ValueError, KeyError) as error:
            raise Unavailable("index.embeddings_answer", url=self.settings.embeddings_host) from error

    @cached_property
    def _client(self) -> "OpenAIEmbeddings":
        from langchain_openai import OpenAIEmbeddings

        settings = self.settings
        # Its own names for the fields are not those that its checker knows.
        values: dict[str, Any] = {
            "model": settings.embeddings_model,
            "base_url": settings.embeddings_base_url,
            # Local servers want no key, the client always sends one.
            "api_key": settings.embeddings_api_key or SecretStr("none"),
            "dimensions": settings.embeddings_dimensions,
            "check_embedding_ctx_length": False,
            "chunk_size": AT_ONCE,
            "max_retries": RETRIES,
            "timeout": SECONDS,
        }
        return OpenAIEmbeddings(**values)


def _told(error: Exception) -> str:
    """Return what went wrong in a few words; the server's own text may repeat what was sent to it."""
    status = getattr(error, "status_code", None)
    return f"HTTP {status}" if status else type(error).__name__
