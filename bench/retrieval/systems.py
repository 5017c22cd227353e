"""What is compared: each ranks pages for a question, at most one line a page, best first."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import bm25s
import chromadb
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.documents import Document as Text
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.retrieval import kept
from assistant.retrieval.documents.models import Document
from assistant.retrieval.embeddings.base import Embedder
from assistant.retrieval.guidance import guidance_chunks
from assistant.retrieval.library import Library
from assistant.retrieval.models import Chunk, Filters
from assistant.retrieval.prepared import keyed
from assistant.retrieval.tokens import tokens
from assistant.settings import Settings
from bench.retrieval.questions import Question
from knowledge.models import LANGUAGES, Language
from knowledge.pages import Guidance, Page

MOST = 5
DEEP = 60
"""Chunks that a baseline ranks, so that five pages are among them."""
FILES = Path(__file__).parents[2] / "knowledge" / "guidance"
Ranked: TypeAlias = list[tuple[str, float]]


class System(Protocol):
    name: str

    def ranked(self, question: Question, only: Language | None = None) -> Ranked:
        """Return at most ``MOST`` pages with their scores; ``only`` keeps to passages of one language."""


class Once(Embedder):
    """An embedder that embeds no text twice, so that every system ranks by the very same vectors."""

    def __init__(self, inner: Embedder) -> None:
        self.inner = inner
        self.asked: dict[str, list[float]] = {}
        self.passages: dict[str, list[float]] = {}

    @property
    def signature(self) -> str:
        return self.inner.signature

    def embed_query(self, text: str) -> list[float]:
        if text not in self.asked:
            self.asked[text] = self.inner.embed_query(text)
        return self.asked[text]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        new = [text for text in dict.fromkeys(texts) if text not in self.passages]
        self.passages |= zip(new, self.inner.embed_documents(new) if new else [], strict=True)
        return [self.passages[text] for text in texts]

    def know(self, guidance: Guidance) -> None:
        """Take over vectors that ship; what is out of date is embedded when it is needed."""
        held = kept.load()
        if held.signature == self.signature:
            mine = {"passage": self.passages, "question": self.asked}
            for id, (kind, text) in keyed(guidance).items():
                if id in held.vectors:
                    mine[kind][text] = held.vectors[id].tolist()


class Bm25:
    name = "BM25 alone"

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks
        self.index = bm25s.BM25(method="lucene", backend="numpy")
        self.index.index([tokens(chunk.indexed) for chunk in chunks], show_progress=False)

    def ranked(self, question: Question, only: Language | None = None) -> Ranked:
        asked = [word for word in dict.fromkeys(tokens(question.text)) if word in self.index.vocab_dict]
        scores = self.index.get_scores(asked) if asked else []
        found = [(one, score) for one, score in zip(self.chunks, scores, strict=False) if score > 0]
        found = [(one.document, float(score)) for one, score in found if only in {None, one.language}]
        return once_a_page(sorted(found, key=lambda pair: -pair[1]))


class Dense:
    name = "dense alone"

    def __init__(self, chunks: Sequence[Chunk], embedder: Once) -> None:
        self.embedder = embedder
        space: Any = {"hnsw": {"space": "cosine"}}
        self.inner = client().create_collection("dense", embedding_function=None, configuration=space)
        self.inner.add(
            ids=[chunk.id for chunk in chunks],
            embeddings=embedder.embed_documents([chunk.indexed for chunk in chunks]),
            metadatas=[{"page": chunk.document, "language": chunk.language} for chunk in chunks],
        )

    def ranked(self, question: Question, only: Language | None = None) -> Ranked:
        where: Any = {"language": only} if only else None
        vector = self.embedder.embed_query(question.text)
        found = self.inner.query(query_embeddings=[vector], n_results=DEEP, where=where)
        rows = zip(found["metadatas"][0], found["distances"][0], strict=True)
        return once_a_page((notes["page"], 1 - distance) for notes, distance in rows)


class Plain:
    """LangChain with Chroma as its documentation sets it up: defaults throughout."""

    name = "LangChain + Chroma"

    def __init__(self, texts: Sequence[Text], embedder: Once) -> None:
        parts = RecursiveCharacterTextSplitter().split_documents(texts)
        self.inner = Chroma.from_documents(parts, embedder, collection_name="plain", client=client())

    def ranked(self, question: Question, only: Language | None = None) -> Ranked:
        where = {"language": only} if only else None
        found = self.inner.similarity_search_with_score(question.text, k=DEEP, filter=where)
        return once_a_page((text.metadata["page"], -distance) for text, distance in found)


class Ours:
    def __init__(self, name: str, library: Library, source: str | None = None) -> None:
        self.name, self.library, self.source = name, library, source

    def ranked(self, question: Question, only: Language | None = None) -> Ranked:
        filters = Filters(language=only, source=self.source)
        most = DEEP if self.source == "company" else MOST
        hits = self.library.search(question.text, question.language, most, filters).hits
        return once_a_page((page_of(hit.chunk.document), hit.score) for hit in hits)


def baselines(guidance: Guidance, embedder: Once) -> list[System]:
    chunks = guidance_chunks(guidance)
    return [Bm25(chunks), Dense(chunks, embedder), Plain(files(guidance), embedder)]


def library(guidance: Guidance, embedder: Embedder | None, folder: Path) -> Library:
    return Library(Settings(data_dir=folder), guidance, embedder)


def with_pages_as_documents(library: Library) -> Library:
    """Add every page, each language by itself, as if the company had written it: no twins, no example questions."""
    for id, language, page in _each(library.guidance):
        text = markdown(page)
        library.add(Document(name=f"{id}.{language}", title=page.title, text=text, sha256=id, kind="markdown"))
    return library


def files(guidance: Guidance) -> list[Text]:
    """Return the files as they stand, example questions in the front matter included."""
    return [
        Text(page_content=_file(id, language), metadata={"page": id, "language": language})
        for id, language, _ in _each(guidance)
    ]


def markdown(page: Page) -> str:
    parts = (f"## {one.heading}\n\n{one.text}" if one.heading else one.text for one in page.sections)
    return "\n\n".join(parts)


def page_of(document: str) -> str:
    return document.removesuffix(".zh").removesuffix(".en")


def once_a_page(found: Iterable[tuple[str, float]]) -> Ranked:
    """Keep the best line of each page, and the first pages."""
    best: dict[str, float] = {}
    for page, score in found:
        best.setdefault(page, score)
    return list(best.items())[:MOST]


def client() -> Any:
    return chromadb.EphemeralClient(settings=ChromaSettings(anonymized_telemetry=False))


def _each(guidance: Guidance) -> list[tuple[str, Language, Page]]:
    return [(id, language, topic.page(language)) for id, topic in guidance.topics.items() for language in LANGUAGES]


def _file(page: str, language: Language) -> str:
    return (FILES / language / f"{page}.md").read_text(encoding="utf-8")
