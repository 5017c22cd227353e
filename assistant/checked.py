"""A card beside what the rules say to it."""

from pydantic import computed_field

from assistant.models import Finding, Scorecard
from assistant.quality import Quality, quality
from assistant.rules import check
from assistant.rules.engine import skipped_families
from knowledge.models import Catalogue, Frozen, Language
from knowledge.terms import Severity


class Checked(Frozen):
    """Findings worst first, the quality with its parts, and the families of rules that could not be asked."""

    scorecard: Scorecard
    findings: tuple[Finding, ...]
    quality: Quality
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What was decided while the card was read, in the reader's language."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sound(self) -> bool:
        """Whether nothing in it is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def checked(card: Scorecard, catalogue: Catalogue, language: Language) -> Checked:
    """Check a card; ``UnknownName`` where its role, profile or a theme is not in the catalogue."""
    findings = check(card, catalogue, language)
    return Checked(
        scorecard=card,
        findings=findings,
        quality=quality(card, findings, catalogue),
        skipped=skipped_families(card),
    )
