"""Everything that can be searched and cited: the guidance that ships, and the documents of one workspace."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import BadInput, Unavailable
from assistant.retrieval import chunks as cutting
from assistant.retrieval import foundation as foundations
from assistant.retrieval import ranking
from assistant.retrieval.collection import Collection, Stored, Written
from assistant.retrieval.corpus import Candidate, Corpus, Mask
from assistant.retrieval.documents.language import language_of
from assistant.retrieval.documents.models import Document
from assistant.retrieval.documents.reading import VERSION as READING
from assistant.retrieval.embeddings.base import Embedder
from assistant.retrieval.foundation import Foundation
from assistant.retrieval.guidance import guidance_chunks, outside, pages, questions, twin
from assistant.retrieval.lexical import Words
from assistant.retrieval.models import Chunk, Entry, Filters, Found, Hit
from assistant.retrieval.prepared import key
from assistant.retrieval.progress import Progress, silent
from assistant.retrieval.question import Question
from assistant.retrieval.relevance import FLOOR, nearest
from assistant.retrieval.shelves import Shelves, of_any_model
from assistant.retrieval.store import Store
from assistant.settings import Settings
from knowledge.models import Language
from knowledge.pages import Guidance

LONGEST = 2000
"""Characters of a question that are read."""
EVERYTHING = Filters()
SHARED = 0.15
"""Share of a question's words that makes a passage of the company worth showing by itself."""
REMEMBERED = 512
"""Questions whose vectors are kept."""
SILENT = frozenset(("index.embeddings", "index.embeddings_answer"))
"""What is said of an embedding model that does not answer."""
MADE = {"cut": cutting.VERSION, "read": READING}
"""Versions of what turns a file into chunks: what another one made is made anew."""


class Library:
    """Search over the guidance and one workspace's documents; opened at the first search, closed by ``close``."""

    def __init__(
        self,
        settings: Settings,
        guidance: Guidance,
        embedder: Embedder | None,
        workspace: str = "local",
        progress: Progress = silent,
    ) -> None:
        self.settings, self.guidance, self.embedder, self.workspace = settings, guidance, embedder, workspace
        self.store = Store(settings)
        self.progress = progress
        self._vectors: dict[str, list[float]] = {}
        self._held: tuple[tuple[str, int], Corpus] | None = None

    def beside(self, workspace: str) -> "Library":
        """Return the library of another workspace over the same index; what all share is opened once."""
        other = copy(self)
        other.workspace, other._held, other._vectors = workspace, None, self._vectors
        other.__dict__.pop("company", None)
        return other

    def close(self) -> None:
        self.store.close()

    def set_aside(self) -> Path | None:
        """Move the index out of the way, so that it is made anew, and return where it is now."""
        aside = self.store.set_aside()
        self._forget()
        return aside

    def _forget(self) -> None:
        """Let go of what was read from an index that is there no more."""
        self._held = None
        for name in ("shared", "company", "shelves"):
            self.__dict__.pop(name, None)

    def search(
        self,
        query: str,
        language: Language,
        most: int = 5,
        filters: Filters = EVERYTHING,
        preferred: bool | None = None,
    ) -> Found:
        """Return the passages that answer a question, in the reader's language where they exist in it.

        Nothing is returned where nothing relevant is known. ``preferred`` puts the company's own documents first.
        """
        query = query.strip()[:LONGEST]
        if not query:
            raise BadInput("search.empty")
        preferred = self.settings.prefer_company if preferred is None else preferred
        try:
            return self._found(query, language, most, filters, preferred)
        except Unavailable as error:
            if not self.store.replaced(error):
                raise
            self._forget()
            return self._found(query, language, most, filters, preferred)

    def _found(self, query: str, language: Language, most: int, filters: Filters, preferred: bool) -> Found:
        asked = self._question(query)
        guidance, sure = self._in_guidance(asked, filters)
        company, also = self._in_company(asked, filters, preferred)
        hits = ranking.in_order([*(guidance if sure >= FLOOR else ()), *(company if also >= FLOOR else ())])[:most]
        shown = tuple(self._for_reader(hit, filters.language or language) for hit in hits)
        return Found(query=query, hits=shown, relevance=max(sure, also), words_only=asked.vector is None)

    def _question(self, query: str) -> Question:
        """Return a question with what it is near to of what is answered, and of what is not."""
        vector = self._vector(query)
        if vector is not None and (ready := self.foundation.prepared) is not None:
            made = ready.question(vector, language_of(query))
            near = nearest(ready.asked_vectors @ made), nearest(ready.outside_vectors @ made)
            return Question(query, self.foundation, *near, made)
        answered, refused = self._examples
        return Question(query, self.in_words, nearest(answered.scores(query)), nearest(refused.scores(query)))

    def likeness(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return how much texts are alike a question: by meaning, or by shared words where nothing is embedded."""
        vector = self._vector(question)
        if vector is None or self.embedder is None or (ready := self.foundation.prepared) is None:
            return [float(score) for score in Words(texts).scores(question)]
        asked = ready.question(vector, language_of(question))
        try:
            made = self._passages(texts)
        except Unavailable as error:
            if error.key not in SILENT:
                raise
            return [float(score) for score in Words(texts).scores(question)]
        return [float(ready.passage(made[text], language_of(text)) @ asked) for text in texts]

    def _passages(self, texts: Sequence[str]) -> dict[str, Sequence[float]]:
        """Return vectors of texts; those of our own sentences are there already."""
        known = {text: self.foundation.known.get(key("passage", text)) for text in texts}
        missing = [text for text, vector in known.items() if vector is None]
        fresh = self.embedder.embed_documents(missing) if missing and self.embedder is not None else []
        ready: dict[str, Any] = {text: vector for text, vector in known.items() if vector is not None}
        return ready | dict(zip(missing, fresh, strict=True))

    def documents(self) -> list[Entry]:
        """Return the company's documents by name."""
        found: dict[str, list[Stored]] = {}
        for stored in self.store.guarded(lambda: self.company.all()):
            found.setdefault(stored.chunk.document, []).append(stored)
        return [_entry(name, parts) for name, parts in sorted(found.items())]

    def stands(self, name: str, sha256: str) -> bool | None:
        """Tell whether a document is wholly there as it is; ``None`` where nothing of it is."""
        found = list(self.store.guarded(lambda: self.company.notes({"document": name})).values())
        if not found:
            return None
        wanted = {"sha256": sha256, "parts": len(found), **MADE}
        return all(wanted.items() <= one.items() for one in found)

    def names(self) -> list[str]:
        """Return the names of the company's documents."""
        return sorted({one["document"] for one in self.store.guarded(lambda: self.company.notes()).values()})

    def add(self, document: Document, progress: Progress = silent) -> Written:
        """Make the index hold a document as it is now; what is there already is not embedded again."""
        parts = cutting.chunks(document.name, document.title, document.text, language_of)
        notes = {"sha256": document.sha256, "parts": len(parts), **MADE}
        try:
            return self.store.guarded(
                lambda: self.company.sync(parts, self._embed, notes, progress, {"document": document.name})
            )
        finally:
            self._changed()

    def remove(self, name: str) -> int:
        """Remove a document and return how many chunks it had."""
        ids = self.store.guarded(lambda: self.company.ids({"document": name}))
        if ids:
            self.store.guarded(lambda: self.company.remove(ids))
            self._changed()
        return len(ids)

    @cached_property
    def words(self) -> Words:
        return Words([chunk.indexed for chunk in self.passages])

    @cached_property
    def passages(self) -> list[Chunk]:
        return guidance_chunks(self.guidance)

    @cached_property
    def in_words(self) -> Foundation:
        """What a search stands on where words alone are compared."""
        return foundations.of_words(self.guidance, self.words)

    @cached_property
    def worded(self) -> Corpus:
        """The guidance as words, for which no index is needed."""
        return Corpus(self.passages, None, self.words)

    @cached_property
    def foundation(self) -> Foundation:
        if self.embedder is None:
            return self.in_words
        return foundations.of_meaning(self.guidance, self.embedder, self.words, self.settings.home, self.progress)

    @cached_property
    def shelves(self) -> Shelves:
        return Shelves(self.store, self.foundation.signature)

    @cached_property
    def shared(self) -> Corpus:
        """The guidance, brought into the index where it is not there as it ships."""
        here, wanted = self.shelves.open("guidance"), foundations.texts(self.guidance)
        if (here.inner.metadata or {}).get("texts") != wanted:
            self.store.guarded(lambda: here.sync(self.passages, self._embed, progress=self.progress))
            self.store.guarded(lambda: here.inner.modify(metadata={"texts": wanted}))
            self.shelves.drop_others("guidance", here)
        return Corpus(self.passages, here, self.words)

    @cached_property
    def company(self) -> Collection:
        """The workspace's documents; embedded anew where another model made their vectors."""
        return self.shelves.moved(self._company, self._embed, self.progress)

    @property
    def _company(self) -> str:
        return f"company.{hashlib.sha256(self.workspace.encode()).hexdigest()[:16]}"

    def _corpus(self, words_only: bool) -> Corpus:
        """Return the company's documents as they are searched, read again when something has changed them."""
        here = self._as_it_is() if words_only else self.company
        if here is None:
            return Corpus([], None)
        state = (here.inner.name, self.store.guarded(lambda: self._generation(here)))
        if self._held is None or self._held[0] != state:
            stored = self.store.guarded(here.all)
            self._held = (state, Corpus([one.chunk for one in stored], here))
        return self._held[1]

    def _as_it_is(self) -> Collection | None:
        """Return the collection with most documents: the model that would tell its name may not answer."""
        if "company" in self.__dict__:
            return self.company
        found = of_any_model(self.store, self._company)
        return self.store.guarded(lambda: max(found, key=lambda one: one.size, default=None))

    def _generation(self, here: Collection) -> int:
        """Return a number that changes with the documents; another library or process may have changed them."""
        inner = self.store.client.get_collection(here.inner.name, embedding_function=None)
        return int((inner.metadata or {}).get("generation", 0))

    def _changed(self) -> None:
        """Tell other processes; a number drawn by chance, since two of them may count on from the same one."""
        new = {"generation": secrets.randbits(48)}
        self.store.guarded(lambda: self.company.inner.modify(metadata=new))

    def _in_guidance(self, asked: Question, filters: Filters) -> tuple[list[Hit], float]:
        """Return passages of the guidance and how likely it covers the question."""
        allowed = pages(filters, self.guidance)
        if not allowed:
            return [], 0.0
        corpus = self.worded if asked.vector is None else self.shared
        kept = None if len(allowed) == len(self.guidance.topics) else allowed
        where = {"document": {"$in": sorted(kept)}} if kept else None
        mask = np.array([chunk.document in kept for chunk in corpus.chunks]) if kept else None
        candidates = self._candidates(corpus, asked, where, mask)
        sure = asked.base.floor.guidance(*asked.figures(candidates))
        if asked.vector is None or asked.base.pages is None:
            return ranking.once_a_page(ranking.by_words(candidates)), sure
        return ranking.of_guidance(candidates, asked.base.pages, asked.vector), sure

    def _in_company(self, asked: Question, filters: Filters, preferred: bool) -> tuple[list[Hit], float]:
        """Return passages of the company's documents and how likely they cover the question.

        They may be about anything; where the question is one about KPI design, less nearness is asked of them, so that
        a passage in the other language, which shares no words with it, is found too.
        """
        if filters.topic is not None or filters.source == "guidance" or filters.source in self.guidance.sources:
            return [], 0.0
        corpus, where = self._corpus(asked.vector is None), _company_where(filters)
        mask = np.array([_passes(chunk, where) for chunk in corpus.chunks], dtype=bool) if where else None
        candidates, floor = self._candidates(corpus, asked, where, mask), asked.base.floor
        if asked.vector is None:
            return ranking.by_words(candidates, preferred), floor.company(*asked.figures(candidates)[:1])
        figures = asked.figures(candidates)
        sure = max(floor.company(*figures[:2]), floor.guidance(*figures))
        near = [one for one in candidates if one.dense >= floor.company.usual(-2.0) or one.lexical >= SHARED]
        return ranking.of_company(near, asked.base.shift, preferred), sure if near else 0.0

    def _candidates(
        self, corpus: Corpus, asked: Question, where: Mapping[str, Any] | None, mask: Mask | None
    ) -> list[Candidate]:
        vector = None if asked.vector is None else asked.vector.tolist()
        return self.store.guarded(lambda: corpus.candidates(asked.text, vector, where, mask))

    @cached_property
    def _examples(self) -> tuple[Words, Words]:
        """The questions that the guidance answers, and those that it does not, as words."""
        asked, refused = questions(self.guidance), outside(self.guidance)
        return Words([chunk.text for chunk in asked]), Words([chunk.text for chunk in refused])

    def _for_reader(self, hit: Hit, language: Language) -> Hit:
        if hit.chunk.origin == "company":
            return hit
        return hit.with_chunk(twin(hit.chunk, language, self.guidance))

    def _vector(self, query: str) -> list[float] | None:
        """Return a question's vector; ``None`` where words alone are compared, as while the model does not answer."""
        if self.embedder is None:
            return None
        try:
            # What has to be embedded before anything is found may fail like the question itself.
            _ = self.foundation, self.company
            return self._embedded(query, self.embedder)
        except Unavailable as error:
            if error.key in SILENT:
                return None
            raise

    def _embedded(self, query: str, embedder: Embedder) -> list[float]:
        if query not in self._vectors:
            if len(self._vectors) >= REMEMBERED:
                self._vectors.pop(next(iter(self._vectors)), None)
            self._vectors[query] = embedder.embed_query(query)
        return self._vectors[query]

    def _embed(self, chunks: Sequence[Chunk]) -> list[list[float]]:
        """Return the vectors that are kept for chunks."""
        ready = self.foundation.prepared
        if self.embedder is None or ready is None:
            # Chroma wants a vector with every text.
            return [[1.0] for _ in chunks]
        if chunks and chunks[0].origin == "guidance":
            return [ready.passage_vectors[self.shared_place[chunk.id]].tolist() for chunk in chunks]
        vectors = self.embedder.embed_documents([chunk.indexed for chunk in chunks])
        pairs = zip(vectors, chunks, strict=True)
        return [ready.passage(vector, chunk.language).tolist() for vector, chunk in pairs]

    @cached_property
    def shared_place(self) -> dict[str, int]:
        return {chunk.id: place for place, chunk in enumerate(self.passages)}


def _company_where(filters: Filters) -> dict[str, Any] | None:
    where: dict[str, Any] = {}
    if filters.language is not None:
        where["language"] = filters.language
    if filters.source not in {None, "company"}:
        where["document"] = filters.source
    return where or None


def _passes(chunk: Chunk, where: Mapping[str, Any]) -> bool:
    return all(getattr(chunk, key) == value for key, value in where.items())


def _entry(name: str, parts: Sequence[Stored]) -> Entry:
    first = parts[0]
    languages = tuple(dict.fromkeys(one.chunk.language for one in parts))
    return Entry(
        name=name,
        title=first.chunk.title,
        sha256=first.notes["sha256"],
        chunks=len(parts),
        languages=languages,
    )


def from_settings(settings: Settings, progress: Progress = silent) -> Library:
    """Return the library of the local workspace as it is configured; nothing is opened yet."""
    from assistant.retrieval import embeddings
    from knowledge import shipped

    return Library(settings, shipped.guidance(), embeddings.from_settings(settings), progress=progress)
