"""Chunks and their vectors in one Chroma collection, kept equal to what they should be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.models import Chunk
from assistant.retrieval.progress import Progress, silent

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection as ChromaCollection

Vectors = NDArray[np.float32]
Embed: TypeAlias = Callable[[Sequence[Chunk]], Sequence[Sequence[float]]]
AT_ONCE = 100
"""Chunks that are embedded and written together: what a stop in the middle loses at most."""
PAGE = 5000
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Written:
    """How many chunks a synchronisation wrote and removed."""

    embedded: int = 0
    relabelled: int = 0
    removed: int = 0

    @property
    def writes(self) -> int:
        return self.embedded + self.relabelled + self.removed


@dataclass(frozen=True, slots=True)
class Stored:
    """A chunk as it stands in the index, with what else was noted of it."""

    chunk: Chunk
    notes: Mapping[str, Any]


class Collection:
    """One Chroma collection; vectors come from outside, so that none is ever made by a model of its own."""

    def __init__(self, inner: "ChromaCollection") -> None:
        self.inner = inner

    @property
    def size(self) -> int:
        return self.inner.count()

    def sync(
        self,
        chunks: Sequence[Chunk],
        embed: Embed,
        notes: Mapping[str, Any] | None = None,
        progress: Progress = silent,
        within: Mapping[str, Any] | None = None,
    ) -> Written:
        """Make the collection, or the part of it that ``within`` names, hold exactly these chunks.

        What is there already is left alone. New chunks are written before old ones go, so that a stop in between loses
        nothing, and the next run completes it.
        """
        there = self.notes(within)
        new = [chunk for chunk in chunks if (there.get(chunk.id) or {}).get("digest") != chunk.digest]
        known = {chunk.id for chunk in new}
        moved = [one for one in chunks if one.id not in known and there[one.id] != _metadata(one, notes)]
        gone = sorted(there.keys() - {chunk.id for chunk in chunks})
        for start in range(0, len(new), AT_ONCE):
            fresh = new[start : start + AT_ONCE]
            self._upsert(fresh, embed, [_metadata(chunk, notes) for chunk in fresh])
            progress(min(start + AT_ONCE, len(new)), len(new))
        for part in _batches(moved):
            self.inner.update(ids=[one.id for one in part], metadatas=[_metadata(one, notes) for one in part])
        self.remove(gone)
        return Written(len(new), len(moved), len(gone))

    def remove(self, ids: Sequence[str]) -> None:
        for part in _batches(ids):
            self.inner.delete(ids=list(part))

    def ids(self, within: Mapping[str, Any] | None = None) -> list[str]:
        return list(self.notes(within))

    def all(self) -> list[Stored]:
        """Return everything in the order of ids."""
        found: list[Stored] = []
        for start in range(0, self.size, PAGE):
            page = self.inner.get(limit=PAGE, offset=start, include=["documents", "metadatas"])
            rows = zip(page["ids"], page["documents"] or (), page["metadatas"] or (), strict=True)
            found += [_stored(id, text, notes) for id, text, notes in rows]
        return sorted(found, key=lambda one: one.chunk.id)

    def nearest(self, vector: Sequence[float], most: int, where: Mapping[str, Any] | None = None) -> dict[str, float]:
        """Return the cosine similarity of the nearest chunks, by id."""
        asked: Any = [list(vector)]
        found = self.inner.query(query_embeddings=asked, n_results=most, where=_where(where), include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return {id: 1.0 - distance for id, distance in zip(found["ids"][0], distances, strict=True)}

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        if not ids:
            return {}
        found = self.inner.get(ids=list(ids), include=["embeddings"])
        rows: Any = found["embeddings"]
        return {id: np.asarray(row, dtype=np.float32) for id, row in zip(found["ids"], rows, strict=True)}

    def notes(self, within: Mapping[str, Any] | None = None) -> dict[str, Mapping[str, Any]]:
        """Return what is noted of each chunk, by id."""
        found: dict[str, Mapping[str, Any]] = {}
        while True:
            page = self.inner.get(limit=PAGE, offset=len(found), where=_where(within), include=["metadatas"])
            found |= {id: notes or {} for id, notes in zip(page["ids"], page["metadatas"] or (), strict=True)}
            if len(page["ids"]) < PAGE:
                return found

    def put(self, stored: Sequence[Stored], embed: Embed) -> None:
        """Write chunks as they were noted elsewhere, with new vectors."""
        self._upsert([one.chunk for one in stored], embed, [dict(one.notes) for one in stored])

    def _upsert(self, chunks: Sequence[Chunk], embed: Embed, notes: list[dict[str, Any]]) -> None:
        vectors: Any = [list(vector) for vector in embed(chunks)]
        noted: Any = notes
        self.inner.upsert(
            ids=[chunk.id for chunk in chunks],
            embeddings=vectors,
            documents=[chunk.text for chunk in chunks],
            metadatas=noted,
        )


def _batches(values: Sequence[_Value]) -> Iterable[Sequence[_Value]]:
    return (values[start : start + PAGE] for start in range(0, len(values), PAGE))


def _where(conditions: Mapping[str, Any] | None) -> Any:
    """Return conditions as Chroma wants them: several only under ``$and``."""
    if not conditions:
        return None
    parts = [{key: value} for key, value in conditions.items()]
    return parts[0] if len(parts) == 1 else {"$and": parts}


def _metadata(chunk: Chunk, notes: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "document": chunk.document,
        "number": chunk.number,
        "title": chunk.title,
        "section": chunk.section,
        "language": chunk.language,
        "origin": chunk.origin,
        "digest": chunk.digest,
        **(notes or {}),
    }


def _stored(id: str, text: str, notes: Mapping[str, Any]) -> Stored:
    fields = {key: notes[key] for key in ("document", "number", "title", "section", "language", "origin")}
    return Stored(Chunk(id=id, text=text, **fields), notes)
