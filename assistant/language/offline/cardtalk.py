"""What a message about the card in hand says beside its command: the format of the form, its language, how strict."""

import re
from typing import Literal

from assistant.language.offline.patterns import spoken

Target = Literal["xlsx", "docx", "md", "csv", "json", "yaml"]
_TARGETS: tuple[tuple[Target, re.Pattern[str]], ...] = (
    ("docx", spoken(r"(?<![a-z])word(?![a-z])|docx|\bdoc\b")),
    ("md", spoken(r"markdown|\bmd\b")),
    ("csv", spoken("csv")),
    ("json", spoken("json")),
    ("yaml", spoken("yaml|yml")),
)
_STRICT = spoken(r"警告也|警告一|彻底|全部消除|严格", r"strict|warnings too|all warnings")
_BOTH = spoken(r"双语|中英", r"both languages|bilingual")
_CHINESE = spoken(r"中文版|用中文|中文的", r"in chinese|into chinese|chinese version")
_ENGLISH = spoken(r"英文版|用英文|英文的|英文", r"in english|into english|english version")


def target_of(message: str) -> Target:
    """Return the format of the form that a message asks for."""
    return next((name for name, words in _TARGETS if words.search(message)), "xlsx")


def form_language(message: str) -> Literal["zh", "en", "both"] | None:
    """Return the language of the form that a message asks for, ``None`` where it leaves that open."""
    if _BOTH.search(message):
        return "both"
    return "zh" if _CHINESE.search(message) else "en" if _ENGLISH.search(message) else None


def is_strict(message: str) -> bool:
    """Tell whether a repair is to remove warnings too."""
    return _STRICT.search(message) is not None
