"""Cells that say a thing in both languages: the Chinese lines first, then the English ones that differ."""

import re

from knowledge.models import Text

HAN = re.compile(r"[\u3400-\u9fff]")


def both(text: Text) -> str:
    """Return how a text stands in a cell in both languages."""
    lines = text.zh.split("\n")
    return "\n".join([text.zh, *(line for line in text.en.split("\n") if line not in lines)])


def halves(cell: str) -> tuple[str, str]:
    """Return the Chinese and the English part of a cell; what holds only one language stands for both."""
    lines = cell.split("\n")
    first = next((place for place, line in enumerate(lines) if not HAN.search(line)), len(lines))
    if not first or first == len(lines) or any(HAN.search(line) for line in lines[first:]):
        return cell, cell
    return "\n".join(lines[:first]), "\n".join(lines[first:])


def sides(cell: str) -> list[str]:
    """Return a cell of one line or two and what may be its parts in one language: ``岗位 / Position``."""
    lines = cell.split("\n")
    cuts = [match.start() for match in re.finditer(" / ", cell)]
    return [cell, *lines, *(part for cut in cuts for part in (cell[:cut], cell[cut + 3 :]))]
