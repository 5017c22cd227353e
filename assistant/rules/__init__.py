"""The rule book: one tuple of rules, and the check that runs them over a card."""

from collections.abc import Iterable, Mapping

from rapidfuzz import process

from assistant.errors import UnknownName
from assistant.models import Finding, Scorecard
from assistant.rules.composition import COMPOSITION
from assistant.rules.definition import DEFINITION
from assistant.rules.duplication import DUPLICATION
from assistant.rules.engine import Case, Rule, run
from assistant.rules.gaming import GAMING
from assistant.rules.role_fit import ROLE_FIT
from assistant.rules.strategy import STRATEGY
from assistant.rules.targets import TARGETS
from assistant.rules.weights import WEIGHTS
from knowledge.models import Catalogue, Language, RuleProfile

RULES: tuple[Rule, ...] = (
    *WEIGHTS,
    *COMPOSITION,
    *ROLE_FIT,
    *STRATEGY,
    *DEFINITION,
    *GAMING,
    *DUPLICATION,
    *TARGETS,
)


def check(
    card: Scorecard, catalogue: Catalogue, language: Language, profile: RuleProfile | None = None
) -> tuple[Finding, ...]:
    """Return what the rules find in a card, worst first; without a role, families R and S are skipped.

    ``UnknownName`` where the card's role, profile or a theme is not in the catalogue.
    """
    _known("role", (card.role,) if card.role else (), catalogue.roles)
    _known("profile", () if profile else (card.profile,), catalogue.profiles)
    _known("theme", card.themes, catalogue.themes)
    role = catalogue.roles[card.role] if card.role else None
    return run(RULES, Case(card, catalogue, profile or catalogue.profiles[card.profile], role), language)


def _known(kind: str, ids: Iterable[str], catalogue: Mapping[str, object]) -> None:
    for id in ids:
        if id not in catalogue:
            nearest = (name for name, _, _ in process.extract(id, list(catalogue), limit=3))
            raise UnknownName(kind, id, tuple(nearest))
