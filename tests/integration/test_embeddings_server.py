"""Embeddings from a server that speaks OpenAI's protocol."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.errors import Unavailable
from assistant.retrieval import ingestion
from assistant.retrieval.embeddings import from_settings, openai_compatible
from assistant.retrieval.library import Library
from assistant.settings import Settings
from tests.assistant.retrieval import made
from tests.assistant.retrieval.made import document
from tests.integration.servers import Embeddings, embeddings


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Embeddings]:
    monkeypatch.setattr(openai_compatible, "RETRIES", 0)
    with embeddings() as found:
        yield found


def library(home: Path, url: str) -> Library:
    settings = Settings(
        data_dir=home, embeddings_model="test-model", embeddings_base_url=url, embeddings_api_key=SecretStr("sk-secret")
    )
    return Library(settings, made.guidance(), from_settings(settings))


def test_it_is_used_for_documents_and_questions(server: Embeddings, tmp_path: Path) -> None:
    found = library(tmp_path, server.url)
    found.add(document("a", 130, "zebra"))
    hits = found.search("Word7 zebra", "en")
    assert (hits.words_only, server.keys) == (False, {"Bearer sk-secret"})
    assert hits.hits[0].chunk.document == "a"
    before = server.requests
    assert found.add(document("a", 130, "zebra")).writes == 0
    assert server.requests == before
    found.close()


def test_another_dimension_embeds_anew(server: Embeddings, tmp_path: Path) -> None:
    first = library(tmp_path, server.url)
    first.add(document("a", 5, "zebra"))
    first.close()
    server.dimension = 24
    second = library(tmp_path, server.url)
    assert second.search("zebra", "en").hits[0].chunk.document == "a"
    assert {len(row) for row in second.company.vectors(second.company.ids()).values()} == {24}
    second.close()


@pytest.mark.parametrize("trouble", ["gone", "garbage"])
def test_without_an_answer_words_are_searched_and_ingestion_says_why(
    server: Embeddings, tmp_path: Path, trouble: str
) -> None:
    (tmp_path / "b.md").write_text("Zebra crossing of the depot.", encoding="utf-8")
    first = library(tmp_path, server.url)
    first.add(document("a", 5, "zebra"))
    first.close()
    url = server.url if trouble == "garbage" else "http://127.0.0.1:9/v1"
    server.garbage = True
    second = library(tmp_path, url)
    found = second.search("zebra", "en")
    assert (found.words_only, found.hits[0].chunk.document) == (True, "a")
    with pytest.raises(Unavailable) as refused:
        list(ingestion.ingest(second, [tmp_path / "b.md"]))
    assert refused.value.key == ("index.embeddings_answer" if trouble == "garbage" else "index.embeddings")
    assert "127.0.0.1" in refused.value.say("zh")
    assert "sk-secret" not in refused.value.say("en")
    second.close()
