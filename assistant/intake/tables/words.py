"""The words by which a form is understood, gathered once."""

from dataclasses import dataclass

from assistant.intake.cells.known_texts import KnownTexts
from assistant.intake.cells.parties import Parties
from assistant.intake.tables.headings import Headings
from knowledge.models import Catalogue


@dataclass(frozen=True)
class Words:
    """Word lists by what they mark, and the texts that are known."""

    headings: Headings
    rows: Headings
    parts: Headings
    fields: Headings
    remarks: Headings
    """Titles of what stands below a form: the final score, and notes."""
    dimensions: Headings
    parties: Parties
    texts: KnownTexts

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Words":
        return cls(
            headings=Headings(catalogue, "heading_"),
            rows=Headings(catalogue, "row_"),
            parts=Headings(catalogue, "part_"),
            fields=Headings(catalogue, "field_"),
            remarks=Headings(catalogue, "remark_"),
            dimensions=Headings(catalogue, "dimension_"),
            parties=Parties(catalogue),
            texts=KnownTexts(catalogue),
        )
