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
_CHINESE = spoken(r"中文", r"(?:in|into|to) (?:chinese|mandarin)|chinese version")
_ENGLISH = spoken(r"英文|英语", r"(?:in|into|to) english|english version")
# The language of the answers asked for, and nothing else: "back to English please", 换成英文, 用中文再说一遍.
_ONLY_LANGUAGE = spoken(
    r"^\W*(?:(?:and|now|ok|okay|please|can|could|you|we|i|have|get|see|give|me|show|say|put|it|all|that|this|back|switch"
    r"|change|go|answer|reply|speak|talk|write|translate|use|the|card|same|again|in|into|to|let's|continue|carry|on)\b\W*)*"
    r"(?:in|into|to|use|speak)\s+(?:english|chinese|mandarin)\W*(?:please|again|now|from now on|instead|version"
    r"|as well|too|also)?\W*$",
    r"^\W*(?:请|现在|麻烦|可以|能|后面|以后|都|改|换|切换?|用|回|成|到|说|再|看|给我|我们|继续)*"
    r"(?:用|成|到|回|说|以)(?:英文|英语|中文|汉语)(?:版|显示|说|回答|回复|看|吧|来|一遍|一下|再|继续|交流|聊|呢|吗|好吗|写)*\W*$",
)


def target_of(message: str) -> Target:
    """Return the format of the form that a message asks for."""
    return next((name for name, words in _TARGETS if words.search(message)), "xlsx")


def form_language(message: str) -> Literal["zh", "en", "both"] | None:
    """Return the language of the form that a message asks for, ``None`` where it leaves that open."""
    if _BOTH.search(message):
        return "both"
    return "zh" if _CHINESE.search(message) else "en" if _ENGLISH.search(message) else None


def is_of_language(message: str) -> bool:
    """Tell whether a message asks for the other language and for nothing else."""
    return _ONLY_LANGUAGE.search(message) is not None


def is_strict(message: str) -> bool:
    """Tell whether a repair is to remove warnings too."""
    return _STRICT.search(message) is not None
