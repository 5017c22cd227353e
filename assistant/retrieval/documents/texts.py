"""Markdown and plain text."""

import re

from assistant.intake.formats.encoding import decode
from assistant.intake.formats.refusal import Refused
from assistant.retrieval.documents.cleaning import clean, one_line
from assistant.retrieval.documents.headings import with_headings
from assistant.retrieval.documents.models import Extract

FRONT = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
FIELD = re.compile(r"\s*$|\s*#|\s+\S|- |[\w.-]+\s*:(\s|$)")
TITLE = re.compile(r"^title\s*:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
HEADING = re.compile(r"^# +(.+?)(?: +#+)?$", re.MULTILINE)
WIDE = (b"\xff\xfe", b"\xfe\xff")
CONTROLS = bytes(code for code in (*range(32), 127) if code not in (9, 10, 11, 12, 13))
STRAY = 0.01
"""Share of control characters up to which a file is a text with some rubbish in it."""


def markdown(data: bytes) -> Extract:
    text = decoded(data)
    fields, body = _front(text)
    named = TITLE.search(fields) or HEADING.search(body)
    return Extract(one_line(named.group(1).strip("\"' ")) if named else "", clean(body))


def plain(data: bytes) -> Extract:
    """Return a text without indentation, which Markdown would take for code."""
    lines = (line.strip() for line in clean(decoded(data)).split("\n"))
    return Extract("", with_headings("\n".join(lines)))


def decoded(data: bytes) -> str:
    """Return the text of bytes; a few stray control characters are left out, many are no text."""
    try:
        return decode(data)[0]
    except Refused as refused:
        kept = data.translate(None, CONTROLS)
        if refused.key != "file.binary" or data.startswith(WIDE) or len(data) - len(kept) > STRAY * len(data) + 1:
            raise
        return decode(kept)[0]


def _front(text: str) -> tuple[str, str]:
    """Return the fields before a text, and the text; a rule above a paragraph is no front matter."""
    found = FRONT.match(text)
    fields = (found.group(1) or "") if found else ""
    if not found or not all(FIELD.match(line) for line in fields.split("\n")):
        return "", text
    return fields, text[found.end() :]
