"""Office files as the zip archives they are: looked over, and made plain, before a library opens them."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from warnings import catch_warnings
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from assistant.intake.formats.limits import EXPANDED, MEMBERS, RATIO, SUSPICIOUS
from assistant.intake.formats.plain import plain
from assistant.intake.formats.refusal import Refused

NESTED = (".zip", ".xlsx", ".xlsm", ".docx", ".docm", ".pptx")
NESTING = 3
# Syntax errors are those of XML.
BROKEN = (
    *(ArithmeticError, AttributeError, BadZipFile, EOFError, LookupError, OSError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, zlib.error),
)
NO_MEMORY = 1
"""What expat calls running out of memory."""


@contextmanager
def reading(data: bytes, broken: str) -> Iterator[BytesIO]:
    """Give an archive to a library; what is wrong inside is refused with the phrase given."""
    try:
        # Libraries warn of what they leave out, which is nothing that is read here.
        with ZipFile(BytesIO(data)) as archive, catch_warnings(action="ignore"):
            check(archive)
            yield plain(archive)
    except BROKEN as error:
        if isinstance(error, ParseError) and error.code == NO_MEMORY:
            raise MemoryError from error
        raise Refused(broken) from error


def check(archive: ZipFile, depth: int = 0) -> None:
    """Refuse an archive that unpacks to too much, also through archives inside it; a password is refused as well."""
    members = archive.infolist()
    if depth > NESTING or len(members) > MEMBERS or sum(member.file_size for member in members) > EXPANDED:
        raise Refused("file.bomb")
    for member in members:
        if _swells(member):
            raise Refused("file.bomb")
        if member.flag_bits & 1:
            raise Refused("file.password")
        if member.filename.lower().endswith(NESTED):
            _check_nested(archive.read(member), depth)


def _check_nested(data: bytes, depth: int) -> None:
    try:
        with ZipFile(BytesIO(data)) as nested:
            check(nested, depth + 1)
    except BadZipFile:
        # Only named like one: never opened, so no matter.
        return


def _swells(member: ZipInfo) -> bool:
    return member.file_size > SUSPICIOUS and member.file_size > RATIO * max(member.compress_size, 1)
