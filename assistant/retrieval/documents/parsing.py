"""Any document as Markdown: the one entry to the readers, each imported only when it is needed."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from assistant.intake.formats.limits import CHARACTERS
from assistant.intake.formats.refusal import Refused
from assistant.retrieval.documents.kinds import check, named_kind
from assistant.retrieval.documents.models import Extract, Kind


def parse(name: str, data: bytes) -> dict[str, Any]:
    """Return title and text as plain data; ``Refused`` is all that it raises, memory and time apart."""
    kind = named_kind(name)
    if kind is None:
        raise Refused("document.kind")
    check(kind, name, data)
    found = _read(kind, name, data)
    if not found.text.strip():
        raise Refused("file.no_content")
    if len(found.text) > CHARACTERS:
        raise Refused("document.length", most=CHARACTERS)
    named = replace(found, title=found.title or PurePosixPath(name).stem)
    return {"title": named.title, "text": named.text}


def _read(kind: Kind, name: str, data: bytes) -> Extract:
    if kind in ("markdown", "text"):
        from assistant.retrieval.documents import texts

        return texts.markdown(data) if kind == "markdown" else texts.plain(data)
    return _rich(kind, name, data)


def _rich(kind: Kind, name: str, data: bytes) -> Extract:
    if kind == "html":
        from assistant.retrieval.documents import web

        return web.page(data)
    if kind == "pdf":
        from assistant.retrieval.documents import pdf

        return pdf.document(data)
    return _office(kind, name, data)


def _office(kind: Kind, name: str, data: bytes) -> Extract:
    if kind == "docx":
        from assistant.retrieval.documents import word

        return word.document(data)
    from assistant.retrieval.documents import book

    return book.book(name, data)
