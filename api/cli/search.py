"""``scorecraft search``: passages of the guidance and of the company's documents that answer a question."""

import sys
from contextlib import closing
from dataclasses import dataclass

from api.cli import language as languages
from api.cli.options import SearchFormat
from api.cli.output import write_json
from api.cli.progress import bars
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.retrieval.models import Filters, Found
from assistant.retrieval.wanted import source, subject
from knowledge.models import Language

MOST = 50


@dataclass(frozen=True)
class Limits:
    """What a search is kept to, in the person's words."""

    role: str | None = None
    topic: str | None = None
    source: str | None = None
    language: str | None = None


def run(
    advisor: Advisor,
    query: str,
    most: int,
    limits: Limits,
    preferred: bool | None,
    shape: SearchFormat,
    language: Language,
) -> None:
    """Print what was found, or that nothing relevant is known."""
    if not 1 <= most <= MOST:
        raise BadInput("search.most")
    with closing(advisor.library) as library, bars(language, "search.preparing") as (progress,):
        library.progress = progress
        filters = _filters(advisor, limits, language)
        found = advisor.search(query, language, most, filters, preferred)
    _print(advisor, found, shape, language, limited=limits != Limits())


def _filters(advisor: Advisor, limits: Limits, language: Language) -> Filters:
    return Filters(
        language=languages.known(limits.language) if limits.language else None,
        role=advisor.understander.role(limits.role, language)[0] if limits.role else None,
        topic=subject(limits.topic, advisor.library.guidance) if limits.topic else None,
        source=source(limits.source, advisor.library) if limits.source else None,
    )


def _print(advisor: Advisor, found: Found, shape: SearchFormat, language: Language, *, limited: bool) -> None:
    from api.render.found import found_data, found_markdown, found_view

    guidance = advisor.library.guidance
    if shape is SearchFormat.JSON:
        write_json(found_data(found, guidance, language))
    elif shape is SearchFormat.MARKDOWN:
        sys.stdout.write(found_markdown(found, guidance, advisor.catalogue, language, limited=limited))
    else:
        from api.render.terminal import console

        console().print(found_view(found, guidance, advisor.catalogue, language, limited=limited))
