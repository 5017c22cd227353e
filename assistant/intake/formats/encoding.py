"""Bytes as text: the encodings in which Chinese and Western office programs write."""

import re

from assistant.intake.formats.refusal import Refused

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SHOWN = {"utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32", "gb18030": "GB18030"}
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Some editors of old end a text with this.
END = "\x1a"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text, its lines ended by a bare newline, and the encoding where it is worth a word, else ''."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("file.encoding") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip(END)
    if CONTROL.search(text):
        raise Refused("file.binary")
    if not text.strip():
        raise Refused("file.blank")
    return text, SHOWN.get(encoding, "")


def _encoding(data: bytes) -> str:
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    if marked:
        return marked
    if b"\x00" in data:
        return _wide(data)
    return "utf-8" if _is_utf8(data) else "gb18030"


def _wide(data: bytes) -> str:
    """Return the UTF-16 of a text without a mark: commas, digits and line ends have a zero half, mostly the same."""
    first, second = data[::2].count(0), data[1::2].count(0)
    stray = 2 * (first + second) < len(data) and _is_utf8(data.replace(b"\x00", b""))
    if len(data) % 2 or stray or first == second:
        raise Refused("file.binary")
    return "utf-16-le" if second > first else "utf-16-be"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
