"""The rule book: one tuple of rules, and the check that runs them over a card."""

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
    """Return what the rules find in a card, worst first; without a role, families R and S are skipped."""
    role = catalogue.roles[card.role] if card.role else None
    return run(RULES, Case(card, catalogue, profile or catalogue.profiles[card.profile], role), language)
