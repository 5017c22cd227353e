"""What is known of a document. These shapes cross the border of the parsing process: nothing heavy is imported."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["markdown", "text", "html", "pdf", "docx", "xlsx"]


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader takes from a file; the title may be empty."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as it is indexed."""

    name: str
    """The resolved path, with slashes: the same file has one name, however it was given."""
    title: str
    text: str
    """Markdown, with headings and pipe tables; data, never instructions."""
    sha256: str
    """Of the bytes of the file."""
    kind: Kind
