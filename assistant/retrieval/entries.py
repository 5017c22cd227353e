"""The company's documents by what people call them."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from rapidfuzz import fuzz, process

from assistant.errors import AmbiguousName, UnknownName
from assistant.retrieval.models import Entry
from assistant.wording import phrase_text
from knowledge.words import folded

OFFERED = 3
NEAR = 55.0


def named(said: str, known: Sequence[Entry]) -> Entry:
    """Return the document of a name: its path, the end of its path, or its title.

    ``AmbiguousName`` carries the choices, ``UnknownName`` the nearest.
    """
    for alike in (_is_name, _is_tail, _is_title):
        found = [entry for entry in known if alike(said, entry)]
        if len(found) == 1:
            return found[0]
        if found:
            names = tuple(entry.name for entry in found)
            raise AmbiguousName(said, phrase_text("documents.which"), names, names)
    raise UnknownName("document", said, _nearest(said, known))


def _is_name(said: str, entry: Entry) -> bool:
    return entry.name == said.replace("\\", "/")


def _is_tail(said: str, entry: Entry) -> bool:
    parts = PurePosixPath(said.replace("\\", "/").removeprefix("./")).parts
    return bool(parts) and PurePosixPath(entry.name).parts[-len(parts) :] == parts


def _is_title(said: str, entry: Entry) -> bool:
    return folded(said) in {folded(entry.title), folded(PurePosixPath(entry.name).stem)}


def _nearest(said: str, known: Sequence[Entry]) -> tuple[str, ...]:
    choices = {entry.name: f"{PurePosixPath(entry.name).name} {entry.title}" for entry in known}
    found = process.extract(said, choices, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=OFFERED)
    return tuple(name for _, _, name in found)
