"""A file read and turned into a document; what is refused is said in words that fit documents."""

import hashlib
from dataclasses import dataclass

from assistant.errors import BadInput
from assistant.intake.sources import Source, from_path
from assistant.retrieval.documents.kinds import named_kind
from assistant.retrieval.documents.models import Document, Kind
from assistant.retrieval.documents.walk import File
from assistant.sandbox import process

VERSION = 1
"""Raise it when the same bytes give another text."""
COMMAND = (*process.OPTIONS, "-m", "assistant.retrieval.documents.child")
# The words for forms speak of scorecards.
WORDS = {
    "file.special": "document.special",
    "file.size": "document.size",
    "file.blank": "document.no_content",
    "file.no_content": "document.no_content",
    "file.only_pictures": "document.only_pictures",
    "file.bomb": "document.bomb",
    "file.entities": "document.entities",
    "file.binary": "document.binary",
    "file.rows": "document.rows",
    "file.columns": "document.columns",
    "file.cells": "document.cells",
    "file.depth": "document.depth",
    "file.time": "document.time",
    "file.memory": "document.memory",
    "file.crashed": "document.crashed",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's bytes with their hash: enough to know whether it changed."""

    source: Source
    kind: Kind
    sha256: str

    @property
    def name(self) -> str:
        return self.source.name


def load(file: File) -> Loaded:
    """Read the bytes of a file; ``BadInput`` says what cannot be read and the way out."""
    kind = _kind(file.name)
    try:
        data = from_path(str(file.path)).data
    except BadInput as error:
        raise worded(error, file.name) from error
    return Loaded(Source(file.name, data), kind, hashlib.sha256(data).hexdigest())


def given(name: str, data: bytes) -> Loaded:
    """Return a document whose bytes were handed in; ``BadInput`` for a kind that is not read."""
    return Loaded(Source(name, data), _kind(name), hashlib.sha256(data).hexdigest())


def _kind(name: str) -> Kind:
    kind = named_kind(name)
    if kind is None:
        raise BadInput("document.kind", name=name)
    return kind


def extract(loaded: Loaded) -> Document:
    """Turn bytes into a document, in a process of its own; ``BadInput`` says what is wrong with them."""
    try:
        found = process.answered(COMMAND, loaded.source)
    except BadInput as error:
        raise worded(error, loaded.name) from error
    return Document(name=loaded.name, title=found["title"], text=found["text"], sha256=loaded.sha256, kind=loaded.kind)


def read(file: File) -> Document:
    return extract(load(file))


def worded(error: BadInput, name: str) -> BadInput:
    """Return what is said of a form in the words for documents."""
    return BadInput(WORDS.get(error.key, error.key), **{**error.variables, "name": name})
