"""Which kind of file this is: by its first bytes, then by the end of its name, then by how its text looks."""

import re
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from assistant.intake.formats.limits import MEMBERS
from assistant.intake.formats.markdown import has_table
from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Kind

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = (
    (b"%PDF", "file.pdf"),
    (b"\x89PNG", "file.picture"),
    (b"\xff\xd8\xff", "file.picture"),
    (b"GIF8", "file.picture"),
    (b"BM", "file.picture"),
    (b"II*\x00", "file.picture"),
    (b"MM\x00*", "file.picture"),
    (b"{\\rtf", "file.old_office"),
    (b"\x1f\x8b", "file.packed"),
    (b"Rar!", "file.packed"),
    (b"7z\xbc\xaf", "file.packed"),
)
BITMAP = re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL)
BOXED_PICTURE = re.compile(rb"RIFF.{4}WEBP|.{4}ftyp(heic|heix|mif1|avif)", re.DOTALL)
WEB = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|table|meta|\?xml|\?mso)", re.IGNORECASE)
ENDINGS: dict[str, Kind] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
}
BOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et")
DOCUMENTS = (".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps")
# A field of our own form, and a second one below a list entry: no list of things people paste looks so.
FIELD = re.compile(r"(- )?[a-z_]+:(\s|$)")
ENTRY = re.compile(r"^ *- [a-z_]+: .+\n +[a-z_]+:(\s|$)", re.MULTILINE)
JSON = re.compile(r"\s*(\{\s*[\"'“}]|\[\s*[\[{\"“\]])")
HEADING_CELL = re.compile(r"[^\s\d,][^\d,。，；]{0,30}")


def kind_of(name: str, data: bytes) -> Kind | None:
    """Return the kind of file, None where only its text can tell; ``Refused`` says what else it is and the way out."""
    if not data:
        raise Refused("file.empty")
    ending = PurePath(name).suffix.lower()
    if data.startswith(ZIP):
        return _office(data, ending)
    _refuse_others(data)
    if ending in BOOKS and b"\t" not in data:
        raise Refused("file.broken_xlsx")
    if ending in DOCUMENTS:
        raise Refused("file.broken_docx")
    return "csv" if ending in BOOKS else ENDINGS.get(ending)


def kind_of_text(text: str) -> Kind:
    """Return the kind that a text without a telling name has."""
    if JSON.match(text):
        return "json"
    if FIELD.match(_first(text)) and ENTRY.search(text):
        return "yaml"
    if has_table(text):
        return "markdown"
    return "csv" if _is_csv(text) else "text"


def _refuse_others(data: bytes) -> None:
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("file.password" if locked else "file.old_office")
    if WEB.match(data):
        raise Refused("file.web")
    if BOXED_PICTURE.match(data):
        raise Refused("file.picture")
    for start, key in REFUSED:
        if data.startswith(start) and (start != b"BM" or BITMAP.match(data)):
            raise Refused(key)


def _office(data: bytes, ending: str) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as opened:
            names = opened.namelist()
            kind = _by_parts(names[:MEMBERS])
            if kind is None:
                raise Refused(_not_read(opened, names, ending))
            return kind
    except (BadZipFile, ValueError, LookupError, RuntimeError, EOFError, OSError) as error:
        raise Refused("file.broken_docx" if ending in DOCUMENTS else "file.broken_xlsx") from error


def _by_parts(names: list[str]) -> Kind | None:
    if "xl/workbook.bin" in names:
        raise Refused("file.old_office")
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "docx" if any(name.startswith("word/") for name in names) else None


def _not_read(opened: ZipFile, names: list[str], ending: str) -> str:
    if "mimetype" in names and "content.xml" in names:
        return "file.old_office"
    if any(member.flag_bits & 1 for member in opened.infolist()):
        return "file.password"
    if any(name.startswith(("ppt/", "Index/")) for name in names) or ending in (*BOOKS, *DOCUMENTS):
        return "file.not_office"
    return "file.packed"


def _first(text: str) -> str:
    """Return the first line that is no comment."""
    lines = (line.strip() for line in text.split("\n"))
    return next((line for line in lines if line and not line.startswith(("#", "---"))), "")


def _is_csv(text: str) -> bool:
    """Say whether every line has as many commas as a first line that can only be a heading."""
    lines = [line for line in text.split("\n") if line.strip()][:50]
    counts = {line.count(",") for line in lines}
    if len(lines) < 2 or len(counts) != 1 or counts == {0}:
        return False
    return all(HEADING_CELL.fullmatch(cell) for cell in lines[0].split(","))
