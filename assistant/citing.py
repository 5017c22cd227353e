"""Where a passage stands, in words."""

from assistant.citation import Citation
from assistant.wording import worded
from knowledge.models import Catalogue, Language


def citation_line(number: int, one: Citation, catalogue: Catalogue, language: Language) -> str:
    """Say where a passage stands; our own guidance is named as ours, with its evidence grade."""
    section = worded("cite.section", language, section=one.section) if one.section else ""
    if one.grade is None:
        return worded("cite.company", language, number=number, title=one.title, section=section, source=one.source)
    grade = catalogue.terms["grade"][one.grade]
    return worded("cite.guidance", language, number=number, title=one.title, section=section, grade=grade)


def citation_lines(
    citations: tuple[Citation, ...], catalogue: Catalogue, language: Language, *, quoted: bool = False
) -> list[str]:
    """Say where passages stand, numbered from 1, with what they say where ``quoted``."""
    said = []
    for number, one in enumerate(citations, 1):
        said.append(citation_line(number, one, catalogue, language))
        if quoted and one.excerpt is not None:
            said.append(worded("cite.excerpt", language, text=one.excerpt))
    return said
