"""Libraries in a folder of their own, closed at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.retrieval import store
from assistant.retrieval.embeddings.base import Embedder
from assistant.retrieval.library import Library
from tests.assistant.retrieval import made

Open = Callable[..., Library]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens a library in this test's folder."""
    libraries: list[Library] = []

    def open_(embedder: Embedder | None = None) -> Library:
        libraries.append(made.library(tmp_path, embedder))
        return libraries[-1]

    yield open_
    for one in libraries:
        one.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for another owner of the folder."""
    monkeypatch.setattr(store, "WAIT", 0.1)
