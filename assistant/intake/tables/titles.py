"""Titles of sections and lines without what stands around their words: a number before them, a weight behind."""

import re

from assistant.intake.grids import Cell

_WEIGHT_IN_NAME = re.compile(
    r"[（(【\[]?\s*(?:权重|占比|比重|weight)?\s*[:：]?\s*(?P<weight>\d+(?:\.\d+)?\s*[%％])\s*[)）】\]]?\s*$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.．)）]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．)）](?!\d)|[ivx]+[.)]|[a-z][.)])\s*",
    re.I,
)


def numbered(title: str) -> bool:
    return _ORDINAL.match(title) is not None


def unnumbered(title: str) -> str:
    return _ORDINAL.sub("", title)


def without_weight(title: str) -> tuple[str, Cell | None]:
    """Return a title without its number and the weight in it, and the weight: "财务类（40%）"."""
    plain = unnumbered(title.replace("\n", " ")).strip()
    match = _WEIGHT_IN_NAME.search(plain)
    if match is None or not match.start():
        return plain or title, None
    return plain[: match.start()].strip(" ：:-—(（"), Cell(text=match["weight"])
