"""Text without what no reader sees: controls, private characters, marks that turn or hide what follows."""

import re
import unicodedata

BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
SPACES = re.compile("[\u00a0\u2007\u202f]")
BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Return a text in one form of Unicode, its lines ended by a bare newline and at most one blank line in a row."""
    text = SPACES.sub(" ", HIDDEN.sub("", BREAKS.sub("\n", text)))
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    """Return a title or a cell as one line."""
    return " ".join(clean(text).split())
