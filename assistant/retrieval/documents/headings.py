"""Headings that a text numbers but does not mark, recognised only where nothing else is likely."""

import re
from collections.abc import Iterator

from assistant.retrieval.documents.cleaning import BLANK_LINES

MARKED = re.compile(r"^#{1,6} ", re.MULTILINE)
_NUMBER = "[一二三四五六七八九十百]{1,4}"
FORMS = (
    re.compile(rf"第({_NUMBER}|\d{{1,3}})[章编篇](\s+\S.*)?"),
    re.compile(rf"第({_NUMBER}|\d{{1,3}})节(\s+\S.*)?"),
    re.compile(rf"{_NUMBER}、\s*\S.*"),
    re.compile(rf"[（(]{_NUMBER}[）)]\s*\S.*"),
    re.compile(r"\d{1,2}\.\d{1,2}\.?(\s+(?=[A-Z\u3400-\u9fff])|(?=[\u3400-\u9fff]))\S.*"),
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?(\s+(?=[A-Z\u3400-\u9fff])|(?=[\u3400-\u9fff]))\S.*"),
)
"""Outermost first."""
MOST_BYTES = 90
"""A longer line is a sentence."""
SENTENCE_END = tuple("。；;，,、：:.!?！？…|")
TOP = 2
"""The first level stays free for the title."""


def with_headings(text: str) -> str:
    """Mark the numbered headings of a text that marks none of its own."""
    if MARKED.search(text):
        return text
    lines = text.split("\n")
    found = dict(_alone([(index, _form(line)) for index, line in enumerate(lines) if line.strip()]))
    levels = {form: level for level, form in enumerate(sorted(set(found.values())), TOP)}
    marked = (
        f"\n{'#' * levels[found[index]]} {line.strip()}\n" if index in found else line
        for index, line in enumerate(lines)
    )
    return BLANK_LINES.sub("\n\n", "\n".join(marked)).strip("\n")


def is_heading(line: str) -> bool:
    """Say whether a line has the form of a numbered heading."""
    return _form(line) is not None


def _form(line: str) -> int | None:
    line = line.strip()
    if len(line.encode()) > MOST_BYTES or line.endswith(SENTENCE_END):
        return None
    return next((form for form, pattern in enumerate(FORMS) if pattern.fullmatch(line)), None)


def _alone(lines: list[tuple[int, int | None]]) -> Iterator[tuple[int, int]]:
    """Yield the headings among the lines; numbered lines right after one another are a list, the last has no text."""
    for place, (index, form) in enumerate(lines[:-1]):
        before = lines[place - 1][1] if place else None
        if form is not None and form not in (before, lines[place + 1][1]):
            yield index, form
