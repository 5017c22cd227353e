"""Text documents of Word as Markdown: headings by their style, tables, footnotes; images and comments left out."""

import re
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

import mammoth
from bs4 import BeautifulSoup

from assistant.intake.formats import archive
from assistant.intake.formats.noticed import refuse_nothing
from assistant.intake.formats.refusal import Refused
from assistant.retrieval.documents.cleaning import one_line
from assistant.retrieval.documents.headings import with_headings
from assistant.retrieval.documents.models import Extract
from assistant.retrieval.documents.web import as_markdown

LEFT_OUT = (
    # What the library leaves out with the text inside.
    re.compile(rb"</?(?:\w+:)?fldSimple\b[^<>]*>"),
    # The looks of tables and of styles not used: more than half of the time, in a short document.
    re.compile(rb"<((?:\w+:)?(?:latentStyles|tblStylePr))\b(?:[^<>]*/>|.*?</\1>)", re.DOTALL),
)
BACK = re.compile("#(foot|end)note-ref")
STYLES = "\n".join(
    [f"p[style-name='标题 {level}'] => h{level}:fresh" for level in range(1, 7)]
    + [f"p[style-name='{name}'] => h1:fresh" for name in ("Title", "标题")]
    + [f"p[style-name='{name} {level}'] => !" for name in ("toc", "TOC", "Contents") for level in range(1, 10)]
)


def document(data: bytes) -> Extract:
    with archive.reading(data, "file.broken_docx") as file, ZipFile(file) as parts:
        soup = BeautifulSoup(_html(_plain(parts)), "html.parser")
        # The arrows that lead back from a footnote.
        for arrow in soup.find_all("a", href=BACK):
            arrow.decompose()
        text = with_headings(as_markdown(soup))
        if not text:
            refuse_nothing(parts, "word/", boxed=False)
    return Extract(one_line(soup.h1.get_text()) if soup.h1 else "", text)


def _html(file: BytesIO) -> str:
    try:
        made = mammoth.convert_to_html(
            file,
            style_map=STYLES,
            # What a document carries to steer its own reading is data too.
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(_no_image),
        )
    except ExpatError as error:
        if error.code == archive.NO_MEMORY:
            raise MemoryError from error
        raise Refused("file.broken_docx") from error
    return str(made.value)


def _no_image(_: Any) -> dict[str, str]:
    return {"src": ""}


def _plain(parts: ZipFile) -> BytesIO:
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        for name in parts.namelist():
            made.writestr(name, _lighter(parts.read(name)) if name.endswith(".xml") else parts.read(name))
    return stream


def _lighter(part: bytes) -> bytes:
    for pattern in LEFT_OUT:
        part = pattern.sub(b"", part)
    return part
