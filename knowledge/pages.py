"""Guidance as pages: one design topic, told in Chinese and in English, with what it stands on."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from knowledge.models import Frozen, Id, Language, OwnText, Text, Words
from knowledge.terms import Grade

PageId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
SourceKind: TypeAlias = Literal["document", "survey", "form", "article", "law", "book", "standard", "practice", "house"]
Question = Annotated[str, StringConstraints(min_length=2, max_length=200, strip_whitespace=True)]


class Source(Frozen):
    """What a page rests on; whoever wrote the page read it, or the kind says that there is nothing to read."""

    title: OwnText
    kind: SourceKind
    publisher: OwnText | None = None
    year: int | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    read: date | None = None
    """When it was read."""
    says: Words | None = None
    """The fact that was taken from it."""


class Section(Frozen):
    """A part of a page; the opening has no heading."""

    heading: str = ""
    text: Words


class Facts(Frozen):
    """What is said of a page in its front matter, the same in both languages."""

    id: PageId
    topics: Annotated[tuple[Id, ...], Field(min_length=1, max_length=4)]
    roles: tuple[Id, ...] = ()
    """Positions the page is about; none for every position."""
    indicators: tuple[Id, ...] = ()
    """Lines of a scorecard that the page can stand behind."""
    themes: tuple[Id, ...] = ()
    rules: tuple[str, ...] = ()
    sources: Annotated[tuple[PageId, ...], Field(min_length=1)]
    grade: Grade


class Page(Frozen):
    """A page in one language."""

    title: Words
    questions: Annotated[tuple[Question, ...], Field(min_length=3)]
    """What a person would type to be led here."""
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


class Topic(Frozen):
    """One subject of the guidance: its facts, and its page in either language."""

    facts: Facts
    zh: Page
    en: Page

    def page(self, language: Language) -> Page:
        return self.zh if language == "zh" else self.en


class Outside(Frozen):
    """Questions that the guidance does not cover, so that it can tell them from those it does."""

    zh: tuple[Question, ...] = ()
    en: tuple[Question, ...] = ()


class Guidance(Frozen):
    """All guidance that ships."""

    topics: dict[PageId, Topic]
    sources: dict[PageId, Source]
    subjects: dict[Id, Text]
    """Names of what pages are about, by the id that stands in their ``topics``."""
    outside: Outside
