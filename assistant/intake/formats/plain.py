"""Office files in the words that the libraries know, without what no table needs and they stumble over.

Only whole tags are left out or replaced, before a library reads the rest; anything this spoils no longer opens.
"""

import re
from io import BytesIO
from typing import TypeAlias
from zipfile import ZipFile

from assistant.intake.formats.limits import check_cells
from assistant.intake.formats.refusal import Refused

Rewriting: TypeAlias = tuple[tuple[re.Pattern[bytes], bytes], ...]

ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EVERYWHERE: Rewriting = (
    # The strict form differs from the usual one in its namespaces.
    (re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)"), rb"http://schemas.openxmlformats.org/\1/2006/\2"),
    # Documents with macros and templates are documents.
    (re.compile(rb"application/vnd\.ms-word\.\w+\.macroEnabled\w*\.main\+xml"), WORD),
    (re.compile(re.escape(WORD.replace(b"document.main", b"template.main"))), WORD),
)
BOOK: Rewriting = (
    # A carriage return as spreadsheets write it, unless it is the text itself that looks so.
    (re.compile(rb"(?<!_x005F)_x000D_\n?"), b"\n"),
    # Rules and names that other programs often write in ways the library refuses.
    (
        re.compile(
            rb"<((?:\w+:)?(?:conditionalFormatting|dataValidations|hyperlinks|tableParts|extLst|definedNames"
            rb"|pivotCaches))\b(?:[^<>]*/>|.*?</\1>)",
            re.DOTALL,
        ),
        b"",
    ),
)
SHEET: Rewriting = (
    # Programs format a million empty rows without a thought, which would cost gigabytes.
    (re.compile(rb'<((?:\w+:)?c)\s[^<>]*\br="[A-Z]+\d+"[^<>]*(?:/>|></\1>)'), b""),
    (re.compile(rb'<((?:\w+:)?row)\s[^<>]*\br="\d+"[^<>]*(?:/>|>\s*</\1>)'), b""),
    # That there is a formula matters, not what it says.
    (re.compile(rb"<((?:\w+:)?f)(?:\s[^<>]*)?(?:/>|>[^<]*</\1>)"), rb"<\1>0</\1>"),
)
SHEETS = "xl/worksheets/"
FILLED = re.compile(rb"<(?:\w+:)?c[\s>]")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*\bref="([^"]*)"')


def plain(archive: ZipFile) -> BytesIO:
    """Return an archive with the same tables and text for a library to open; entities are refused."""
    stream = BytesIO()
    with ZipFile(stream, "w") as made:
        for name in dict.fromkeys(archive.namelist()):
            # What a sheet names are drawings, comments and the like.
            if not name.startswith(SHEETS + "_rels/"):
                made.writestr(name, _plain(name, archive.read(name)))
    return stream


def _plain(name: str, part: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return part
    if ENTITIES.search(part):
        raise Refused("file.entities")
    for pattern, usual in _rewriting(name):
        part = pattern.sub(usual, part)
    if name.startswith(SHEETS):
        check_cells(sum(1 for _ in FILLED.finditer(part)) + sum(map(_area, MERGED.findall(part))))
    return part


def _rewriting(name: str) -> Rewriting:
    if name.startswith(SHEETS):
        return (*EVERYWHERE, *BOOK, *SHEET)
    return (*EVERYWHERE, *BOOK) if name.startswith("xl/") and name.count("/") == 1 else EVERYWHERE


def _area(merge: bytes) -> int:
    """Return how many cells a merge covers: the library makes every one of them."""
    from openpyxl.worksheet.cell_range import CellRange

    size = CellRange(merge.decode()).size
    return int(size["rows"] * size["columns"])
