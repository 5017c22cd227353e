"""The index on a Chroma server, shared by several clients."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import Unavailable
from assistant.retrieval import ingestion
from assistant.retrieval.library import Library
from assistant.retrieval.models import Filters
from tests.assistant.retrieval import made
from tests.assistant.retrieval.made import Hashing, document
from tests.integration.servers import Chroma

COMPANY = Filters(source="company")


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chroma]:
    server = Chroma(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server
    server.stop()


def client(chroma: Chroma, home: Path, workspace: str, dimension: int = 96) -> Library:
    return Library(made.settings(home, chroma.url), made.guidance(), Hashing(dimension), workspace)


def names(library: Library, query: str = "zebra") -> set[str]:
    return {hit.chunk.document for hit in library.search(query, "en", filters=COMPANY).hits}


def test_search_and_ingestion_work(chroma: Chroma, tmp_path: Path) -> None:
    file = tmp_path / "policy.md"
    file.write_text("# Policy\n\nTwelve zebra visits a week.\n", encoding="utf-8")
    library = client(chroma, tmp_path, "first")
    assert [one.status for one in ingestion.ingest(library, [file])] == ["added"]
    assert [one.status for one in ingestion.ingest(library, [file])] == ["unchanged"]
    assert names(library) == {file.as_posix()}
    assert library.search("weights", "en").hits
    assert not (tmp_path / "index").exists()
    library.close()


def test_clients_see_each_others_changes_and_no_other_workspace(chroma: Chroma, tmp_path: Path) -> None:
    one, two, other = (client(chroma, tmp_path, workspace) for workspace in ("shared", "shared", "other"))
    assert names(two) == set()
    one.add(document("a", 3, "zebra"))
    assert (names(two), names(other)) == ({"a"}, set())
    two.add(document("b", 3, "zebra"))
    assert names(one) == {"a", "b"}
    one.remove("a")
    assert names(two) == {"b"}
    for library in (one, two, other):
        library.close()


def test_a_server_that_goes_is_told_and_one_that_comes_back_is_used(tmp_path: Path) -> None:
    server = Chroma(tmp_path / "chroma")
    server.start()
    library = client(server, tmp_path, "local")
    library.add(document("a", 3, "zebra"))
    try:
        server.stop()
        for act in (lambda: names(library), lambda: library.add(document("b", 3)), library.documents):
            with pytest.raises(Unavailable) as refused:
                act()
            assert refused.value.key == "index.server"
            assert server.url in refused.value.say("en")
        server.start()
        assert names(library) == {"a"}
        library.add(document("b", 3, "zebra"))
        assert names(library) == {"a", "b"}
    finally:
        library.close()
        server.stop()


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    server = Chroma(tmp_path)
    with pytest.raises(Unavailable) as refused:
        client(server, tmp_path, "local").documents()
    assert refused.value.key == "index.server"


def test_an_index_on_a_server_is_not_set_aside_from_here(chroma: Chroma, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        client(chroma, tmp_path, "local").set_aside()
    assert refused.value.key == "index.server_rebuild"
    assert "administrator" in refused.value.say("en")


def test_a_client_whose_collection_another_model_replaced_goes_on(chroma: Chroma, tmp_path: Path) -> None:
    old = client(chroma, tmp_path, "moved")
    old.add(document("a", 3, "zebra"))
    new = client(chroma, tmp_path, "moved", dimension=32)
    assert names(new) == {"a"}
    assert names(old) == {"a"}
    for library in (old, new):
        library.close()
