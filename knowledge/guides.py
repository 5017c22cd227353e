"""Guidance files to models: every problem is gathered, with its file and field, and raised once."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge import documents
from knowledge.errors import KnowledgeError, Problem
from knowledge.loader import check
from knowledge.models import LANGUAGES, Catalogue, Language, Text
from knowledge.pages import Facts, Guidance, Outside, Page, Source, Topic
from knowledge.shipped import HOME

SOURCES = HOME / "guidance"
_FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)
_OF_PAGE = ("title", "questions")


def read_guidance(catalogue: Catalogue, sources: Path = SOURCES) -> Guidance:
    """Read the guidance; raise one ``KnowledgeError`` with everything that is wrong in it."""
    problems: list[Problem] = []
    register = _tried(lambda: _listed(sources, "sources.yaml", dict[str, Source]), problems)
    subjects = _tried(lambda: _listed(sources, "subjects.yaml", dict[str, Text]), problems)
    outside = _tried(lambda: _listed(sources, "outside.yaml", Outside), problems)
    topics = _topics(sources, problems)
    if register is not None and subjects is not None:
        known = _known(catalogue, register, subjects)
        problems += [problem for topic in topics.values() for problem in _broken(topic.facts, known)]
    if problems:
        raise KnowledgeError(problems)
    return Guidance(topics=topics, sources=register, subjects=subjects, outside=outside)


def _tried(read: Callable[[], Any], problems: list[Problem]) -> Any:
    """Return what is read, or nothing and the problems noted."""
    try:
        return read()
    except KnowledgeError as error:
        problems += error.problems
        return None


def _listed(sources: Path, name: str, shape: Any) -> Any:
    return check(documents.read(sources / name, f"guidance/{name}"), shape)


def _topics(sources: Path, problems: list[Problem]) -> dict[str, Topic]:
    names = sorted({path.stem for language in LANGUAGES for path in (sources / language).glob("*.md")})
    read = ((name, _tried(lambda name=name: _topic(sources, name), problems)) for name in names)  # type: ignore[misc]
    return {name: topic for name, topic in read if topic is not None}


def _topic(sources: Path, name: str) -> Topic:
    """Read a page in both languages; what is said of it has to be the same in both."""
    pages: dict[Language, Page] = {}
    facts: dict[Language, Facts] = {}
    for language in LANGUAGES:
        facts[language], pages[language] = _page(sources / language / f"{name}.md", f"guidance/{language}/{name}.md")
    problems = list(_unlike(facts["zh"], facts["en"], pages, name))
    if problems:
        raise KnowledgeError(problems)
    return Topic(facts=facts["zh"], zh=pages["zh"], en=pages["en"])


def _unlike(zh: Facts, en: Facts, pages: dict[Language, Page], name: str) -> Iterator[Problem]:
    file = f"guidance/en/{name}.md"
    if zh.id != name:
        yield _problem(f"guidance/zh/{name}.md", "id", f"has to be {name}, as the file is called")
    for field in Facts.model_fields:
        if getattr(zh, field) != getattr(en, field):
            yield _problem(file, field, "differs from the Chinese page")
    if len(pages["zh"].sections) != len(pages["en"].sections):
        yield _problem(file, "sections", "are not as many as on the Chinese page")


def _page(path: Path, name: str) -> tuple[Facts, Page]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError([_problem(name, "", f"cannot be read: {error}")]) from error
    found = _FRONT.fullmatch(text)
    if not found:
        raise KnowledgeError([_problem(name, "", "has no front matter between two lines of ---")])
    front = documents.parse(found[1], name)
    data: dict[str, Any] = dict(front.data)
    own = {field: data.pop(field, None) for field in _OF_PAGE}
    own["sections"] = sections(found[2])
    facts = check(documents.Document(name, data, front.lines), Facts)
    return facts, check(documents.Document(name, own, front.lines), Page)


def sections(body: str) -> list[dict[str, str]]:
    """Split a page at its headings; what stands before the first is the opening."""
    opening, *rest = _HEADING.split(body)
    parts = [("", opening), *zip(rest[::2], rest[1::2], strict=True)]
    return [{"heading": heading.strip(), "text": text.strip()} for heading, text in parts if text.strip()]


def _known(catalogue: Catalogue, register: dict[str, Source], subjects: dict[str, Text]) -> dict[str, Iterable[str]]:
    return {
        "topics": subjects,
        "roles": catalogue.roles,
        "indicators": catalogue.indicators,
        "themes": catalogue.themes,
        "rules": catalogue.rules,
        "sources": register,
    }


def _broken(facts: Facts, known: dict[str, Iterable[str]]) -> Iterator[Problem]:
    for field, ids in known.items():
        for id in getattr(facts, field):
            if id not in ids:
                yield _problem(f"guidance/zh/{facts.id}.md", field, f"{id} is not known")


def _problem(file: str, field: str, expected: str) -> Problem:
    return Problem(file=file, line=None, field=field, expected=expected)
