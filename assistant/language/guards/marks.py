"""Characters and markup that have no place in plain prose."""

import re
import unicodedata

from assistant.language.guards.said import Said

_MARKUP = re.compile(
    r"[{}<>|\\`^~#$=]|\*\*|__|!\[|\]\(|```|</?\w+|\bfunction\b|\btool_call|\"\w+\"\s*:|^\s*[=+@>]|\b[a-z]+_[a-z_]+\b"
    r"|&\w+;|%[0-9a-fA-F]{2}(?=\S)"
)
_BLOB = re.compile(r"[A-Za-z0-9+/]{26,}={0,2}|(?:[0-9a-fA-F]{2}[\s:]){6,}")
_SCRIPTS = ("LATIN", "CJK UNIFIED", "CJK COMPATIBILITY", "FULLWIDTH LATIN", "IDEOGRAPHIC", "FEMININE", "MASCULINE")
_WIDE = range(0xFF01, 0xFF5F)


def control(said: Said) -> bool:
    """No control, format or private characters, no stacked accents."""
    return any(
        unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me", "Zl", "Zp"} for letter in said.text
    )


def script(said: Said) -> bool:
    """Letters are Latin or Chinese, and what looks like a letter is one."""
    return any(_odd(letter) for letter in said.text)


def markup(said: Said) -> bool:
    """No Markdown, HTML, JSON, calls, formulas or ids."""
    return bool(_MARKUP.search(said.text) or _BLOB.search(said.text))


def _odd(letter: str) -> bool:
    if letter.isascii() or ord(letter) in _WIDE:
        return False
    if unicodedata.category(letter)[0] == "L":
        return not unicodedata.name(letter, "").startswith(_SCRIPTS)
    # Enclosed and mathematical letters and digits read as others than they are.
    return unicodedata.normalize("NFKC", letter).isalnum()
