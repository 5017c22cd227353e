"""Text from people, made harmless: no cell may start like a formula, and no character may break a file."""

import re

_UNFIT = re.compile("[^\t\n\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def clean(text: str) -> str:
    """Return text that any file can hold: no control characters, line ends of one kind, no blanks at its ends."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def formula_like(text: str) -> bool:
    """Say whether a spreadsheet could take a text for a formula."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Return clean text, behind an apostrophe where a spreadsheet could take it for a formula."""
    cleaned = clean(text)
    return f"'{cleaned}" if formula_like(cleaned) else cleaned


def guarded_lines(text: str) -> str:
    """Guard every line: pasted into a spreadsheet, each can become a cell of its own."""
    return "\n".join(guarded(line) for line in clean(text).split("\n"))
