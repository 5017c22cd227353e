"""The Chroma collections of one embedding model; what another model left behind is embedded anew and then removed."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from assistant.retrieval.collection import AT_ONCE, Collection, Embed
from assistant.retrieval.foundation import name_of
from assistant.retrieval.progress import Progress
from assistant.retrieval.store import Store

SPACE = {"hnsw": {"space": "cosine", "ef_search": 200}}
"""A wider search than usual: what is near is found, not only most of it."""


class Shelves:
    """Collections by what they hold; their full names tell the model whose vectors they keep."""

    def __init__(self, store: Store, signature: str) -> None:
        self.store, self.signature = store, signature

    def open(self, name: str) -> Collection:
        """Return the collection for a name, made where there is none."""
        return self.store.guarded(lambda: Collection(self._get(f"{name}.{name_of(self.signature)}")))

    def moved(self, name: str, embed: Embed, progress: Progress) -> Collection:
        """Return the collection for a name with everything that other models' collections for it hold.

        Those go only once all of their texts have been embedded anew: stopped in between, the next run goes on.
        """
        here = self.open(name)
        for other in self._others(name, here):
            self._copied(other, here, embed, progress)
            self._removed(other)
        return here

    def drop_others(self, name: str, here: Collection) -> None:
        """Remove what other models left, where it can be made again at any time."""
        for other in self._others(name, here):
            self._removed(other)

    def _copied(self, other: Collection, here: Collection, embed: Embed, progress: Progress) -> None:
        self.store.guarded(lambda: _copy(other, here, embed, progress))

    def _removed(self, other: Collection) -> None:
        self.store.guarded(lambda: self.store.client.delete_collection(other.inner.name))

    def _others(self, name: str, here: Collection) -> Sequence[Collection]:
        return [other for other in of_any_model(self.store, name) if other.inner.name != here.inner.name]

    def _get(self, name: str) -> Any:
        return self.store.client.get_or_create_collection(name, embedding_function=None, configuration=SPACE)  # type: ignore[arg-type]


def of_any_model(store: Store, name: str) -> list[Collection]:
    """Return the collections for a name, whichever model made their vectors."""
    names = store.guarded(lambda: [known for known in _names(store) if known.startswith(f"{name}.")])
    return [
        store.guarded(lambda known=known: Collection(store.client.get_collection(known, embedding_function=None)))  # type: ignore[misc]
        for known in names
    ]


def _names(store: Store) -> Iterator[str]:
    """Yield the names of all collections; a server gives away only so many at once."""
    for start in count(0, AT_ONCE):
        page = store.client.list_collections(limit=AT_ONCE, offset=start)
        yield from (one.name for one in page)
        if len(page) < AT_ONCE:
            return


def _copy(source: Collection, target: Collection, embed: Embed, progress: Progress) -> None:
    stored, there = source.all(), set(target.ids())
    missing = [one for one in stored if one.chunk.id not in there]
    for start in range(0, len(missing), AT_ONCE):
        part = missing[start : start + AT_ONCE]
        target.put(part, embed)
        progress(start + len(part), len(missing))
