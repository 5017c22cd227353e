"""What is configured, where it is, and whether it works: tried for real, one part after the other."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from assistant.errors import Cause, ModelUnavailable, ScorecraftError
from assistant.language.model.model import Model
from assistant.settings import Settings, reach
from assistant.wording import phrase_text
from knowledge.models import Frozen, Text

Reach = Literal["machine", "network", "elsewhere"]
MOST_TOKENS = 200
TRIED = "scorecard"
CAUSES: dict[Cause, str] = {
    "refused": "doctor.refused",
    "certificate": "doctor.certificate",
    "key": "doctor.key",
    "settings": "doctor.settings",
    "limit": "doctor.limit",
    "server": "doctor.server",
    "slow": "doctor.slow",
    "cut": "doctor.cut",
    "garbled": "doctor.garbled",
    "empty": "doctor.empty",
    "endless": "doctor.endless",
    "declined": "doctor.declined",
    "busy": "doctor.busy",
    "resting": "doctor.resting",
}


class Part(Frozen):
    """One part of what is configured."""

    id: Literal["data", "database", "index", "embeddings", "slack", "model"]
    name: str = ""
    """Of the model, where it is one."""
    place: str = ""
    """A folder, a file or a host; never anything secret."""
    reach: Reach = "machine"
    state: Literal["works", "fails", "absent"] = "works"
    """``absent``: there is none, which is fine."""
    seconds: float | None = None
    """Until the first word came."""
    problem: Text | None = None


def data(settings: Settings) -> Part:
    return Part(id="data", place=str(settings.home))


def database(settings: Settings) -> Part:
    """Open the database, which brings it up to date."""
    from assistant.storage.database import address
    from assistant.storage.store import open_store

    def attempt() -> None:
        with open_store(settings):
            pass

    try:
        url = address(settings)
    except ScorecraftError as error:
        return _failed(Part(id="database"), error)
    if url.host is None:
        return _tried(Part(id="database", place=url.database or ""), attempt)
    return _tried(Part(id="database", place=f"{url.host}/{url.database}", reach=reach(url.host)), attempt)


def index(settings: Settings) -> Part:
    """Open the index that is there; none is made."""
    from assistant.retrieval.store import Store

    host = urlsplit(settings.chroma_url or "").hostname
    part = Part(id="index", place=host or str(settings.home / "index"), reach=reach(host) if host else "machine")
    if host is None and not Path(part.place).is_dir():
        return part.model_copy(update={"state": "absent"})
    store = Store(settings)

    def attempt() -> None:
        with closing(store):
            store.guarded(lambda: store.client.count_collections())

    return _tried(part, attempt)


def embeddings(settings: Settings) -> Part:
    """Embed a word."""
    from assistant.retrieval import embeddings

    embedder = embeddings.from_settings(settings)
    if embedder is None:
        return Part(id="embeddings", state="absent")
    part = Part(id="embeddings", name="multilingual-e5-small")
    if settings.embeddings_model:
        host = settings.embeddings_host
        part = Part(id="embeddings", name=settings.embeddings_model, place=host, reach=reach(host))
    return _tried(part, lambda: embedder.embed_query(TRIED))


def model(configured: Model | None) -> Part:
    """Let the model say something, and take the time until it begins."""
    if configured is None:
        return Part(id="model", state="absent")
    where = configured.where
    part = Part(id="model", name=configured.name, place=where.host, reach=where.reach)
    begun = time.monotonic()
    try:
        with closing(configured.stream("Answer with one word.", "Say OK.", MOST_TOKENS)) as words:  # type: ignore[type-var]
            next(words)
    except ModelUnavailable as error:
        return part.model_copy(update={"state": "fails", "problem": cause_text(error)})
    return part.model_copy(update={"seconds": round(time.monotonic() - begun, 2)})


def cause_text(error: ModelUnavailable) -> Text:
    """Return why a model is of no use, by itself rather than beside an answer."""
    return phrase_text(CAUSES[error.cause])


def _tried(part: Part, attempt: Callable[[], object]) -> Part:
    try:
        attempt()
    except ScorecraftError as error:
        return _failed(part, error)
    return part


def _failed(part: Part, error: ScorecraftError) -> Part:
    return part.model_copy(update={"state": "fails", "problem": Text(zh=error.say("zh"), en=error.say("en"))})
