"""The pages of a PDF as lines of text, with their places."""

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.intake.formats.limits import CHARACTERS
from assistant.intake.formats.refusal import Refused

HYPHEN = "\x02"
"""What the library gives for a hyphen at the end of a line, instead of the end."""
GAP = 1.2
"""Heights of a character between two cells of a row."""
PASSWORD = 4
TILT = 0.1
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its place in points from the lower left corner; cells are its parts between wide gaps."""

    cells: tuple[str, ...]
    left: float
    right: float
    bottom: float
    top: float
    page: int
    hyphen: bool = False
    """Whether it ends within a word."""

    @property
    def text(self) -> str:
        return " ".join(self.cells)

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Line]
    picture: bool
    """Whether it shows a picture and no text."""


def opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("file.password" if error.err_code == PASSWORD else "document.broken_pdf") from error


def page(document: Any, index: int) -> Page:
    try:
        with closing(document[index]) as loaded, closing(loaded.get_textpage()) as text:
            if text.count_chars() > CHARACTERS:
                raise Refused("document.length", most=CHARACTERS)
            found = list(_lines(text, index))
            picture = not found and any(True for _ in loaded.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE]))
            return Page(found, picture)
    except pypdfium2.PdfiumError as error:
        raise Refused("document.broken_pdf") from error


def _lines(text: Any, page: int) -> Iterator[Line]:
    held: list[tuple[str, int]] = []
    for index in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        if sign not in "\r\n" + HYPHEN:
            held.append((sign, index))
            continue
        yield from _line(text, held, page, sign == HYPHEN)
        held = []
    yield from _line(text, held, page, False)


def _line(text: Any, signs: list[tuple[str, int]], page: int, hyphen: bool) -> Iterator[Line]:
    """Yield the line that these characters make, if they make one; marks laid across a page are none."""
    boxes = [(sign, None if sign.isspace() else text.get_charbox(index, loose=True)) for sign, index in signs]
    seen = [box for _, box in boxes if box]
    if not seen or _tilted(text, next(index for sign, index in signs if not sign.isspace())):
        return
    yield Line(
        cells=tuple(_cells(boxes)),
        left=min(box[0] for box in seen),
        right=max(box[2] for box in seen),
        bottom=min(box[1] for box in seen),
        top=max(box[3] for box in seen),
        page=page,
        hyphen=hyphen,
    )


def _tilted(text: Any, index: int) -> bool:
    angle = math.remainder(pdfium.FPDFText_GetCharAngle(text, index), math.pi / 2)
    return abs(angle) > TILT


def _cells(boxes: list[tuple[str, Box | None]]) -> Iterator[str]:
    cell, end = "", math.inf
    for sign, box in boxes:
        if box and box[0] - end > GAP * (box[3] - box[1]):
            yield cell.strip()
            cell = ""
        cell += sign
        end = box[2] if box else end
    yield cell.strip()
