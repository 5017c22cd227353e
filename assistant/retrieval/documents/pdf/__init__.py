"""PDF as Markdown: its lines, without what repeats at the edges of pages, joined to paragraphs and tables."""

import re
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.intake.formats.refusal import Refused
from assistant.retrieval.documents.cleaning import clean, one_line
from assistant.retrieval.documents.headings import with_headings
from assistant.retrieval.documents.models import Extract
from assistant.retrieval.documents.pdf import edges, lines, paragraphs
from assistant.retrieval.documents.pdf.characters import usual

if TYPE_CHECKING:
    from assistant.retrieval.documents.pdf.lines import Page

# What programs write where the author gave no title.
NO_TITLE = re.compile(r"microsoft|untitled|未命名|\.(docx?|xlsx?|pptx?|wps|indd|pdf)$", re.IGNORECASE)
READABLE = 0.5
"""Share of the characters that must have a meaning; the rest are shapes without one."""
WITH_TEXT = 0.2
"""Share of the pages that must hold text, where the others are pictures."""


def document(data: bytes) -> Extract:
    with closing(lines.opened(data)) as opened:
        pages = [lines.page(opened, index) for index in range(len(opened))]
        title = one_line(opened.get_metadata_value("Title"))
    _check(pages)
    text = usual(paragraphs.joined(edges.without_edges([page.lines for page in pages])))
    return Extract("" if NO_TITLE.search(title) else title, with_headings(clean(text)))


def _check(pages: "list[Page]") -> None:
    """Refuse pictures of text, and text whose characters mean nothing."""
    filled = sum(bool(page.lines) for page in pages)
    if any(page.picture for page in pages) and filled < WITH_TEXT * len(pages):
        raise Refused("document.scanned")
    texts = "".join(line.text for page in pages for line in page.lines)
    if len(clean(texts.replace("\ufffd", ""))) < READABLE * len(texts):
        raise Refused("document.garbled")
