"""Which kind a file is by the end of its name, and whether its bytes agree."""

import re
from pathlib import PurePath

from assistant.intake.formats.detection import kind_of
from assistant.intake.formats.encoding import decode
from assistant.intake.formats.refusal import Refused
from assistant.retrieval.documents.models import Kind

ENDINGS: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
OLD_ENDINGS = frozenset((".doc", ".xls", ".xlsb", ".rtf", ".wps", ".et", ".odt", ".ods"))
PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html)\b", re.IGNORECASE)
# Some programs write a line of their own before the mark of a PDF.
PDF_WITHIN = 1024
LIKE: dict[str, str] = {
    "file.pdf": "document.is_pdf",
    "file.picture": "document.is_picture",
    "file.packed": "document.is_archive",
    "file.not_office": "document.is_archive",
    "file.web": "document.is_web",
    "docx": "document.is_word",
    "xlsx": "document.is_excel",
}
"""The phrase for what bytes look like under a name that promises something else."""
BROKEN: dict[Kind, str] = {"pdf": "document.broken_pdf", "docx": "file.broken_docx", "xlsx": "file.broken_xlsx"}


def named_kind(name: str) -> Kind | None:
    """Return the kind that a name promises, None where it is not read."""
    return ENDINGS.get(PurePath(name).suffix.lower())


def check(kind: Kind, name: str, data: bytes) -> None:
    """Refuse bytes that are something else than the name says, and say what they look like."""
    seen = _seen(data)
    if _agree(kind, seen, data):
        return
    if seen in ("file.broken_docx", "file.broken_xlsx"):
        raise Refused(BROKEN.get(kind, "document.is_archive"), ending=PurePath(name).suffix)
    raise Refused(_phrase(kind, seen, data), ending=PurePath(name).suffix)


def _seen(data: bytes) -> str:
    """Return a kind, ``text`` where only the text could tell, or the phrase with which forms refuse it."""
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "file.pdf"
    try:
        return kind_of("", data) or "text"
    except Refused as refused:
        return refused.key


def _agree(kind: Kind, seen: str, data: bytes) -> bool:
    if kind == "pdf":
        return seen == "file.pdf"
    if kind in ("docx", "xlsx"):
        return seen == kind
    # Markdown may begin with a table in HTML; a whole page is something else.
    return seen == "text" or (seen == "file.web" and (kind == "html" or not PAGE.match(data)))


def _phrase(kind: Kind, seen: str, data: bytes) -> str:
    if seen == "text":
        return "document.is_text" if _is_text(data) else BROKEN[kind]
    return LIKE.get(seen, seen)


def _is_text(data: bytes) -> bool:
    try:
        decode(data)
    except Refused:
        return False
    return True
