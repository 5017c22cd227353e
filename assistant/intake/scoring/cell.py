"""How a line is scored: our own standard words, a company's own, and what other cells add to them."""

from typing import Any

from assistant.intake.cells.bilingual import halves
from assistant.intake.cells.figures import figure
from assistant.intake.form import Layout, Line
from assistant.intake.scoring.standard import named_method, own_words, standard_rule
from assistant.intake.scoring.text import scoring_rule
from assistant.models import Scoring
from assistant.recommender.card import scoring
from knowledge.models import Catalogue


def scoring_of(line: Line, layout: Layout | None, catalogue: Catalogue) -> Scoring | None:
    """Return the rule of a line; one in our own words needs no text, one in a company's words keeps them."""
    cell = line.said("scoring")
    if not cell:
        return None
    if standard := standard_rule(halves(cell)[0] if layout == "both" else cell):
        return standard
    words, more = own_words(cell) if layout else (cell, dict[str, Any]())
    rule = _rule(words, more.get("full"), catalogue)
    points = more.get("points") or figure(line.said("points")).value
    return rule.model_copy(update={"points": points}) if rule and points and rule.points is None else rule


def _rule(words: str, full: float | None, catalogue: Catalogue) -> Scoring | None:
    rule = _named(words, scoring_rule(words), catalogue)
    if rule is None or full is None or full == rule.full:
        return rule
    return _named(words, scoring_rule(words, full), catalogue)


def _named(text: str, rule: Scoring | None, catalogue: Catalogue) -> Scoring | None:
    """Let the method that a rule begins with stand where nothing more exact was read."""
    method = named_method(text, catalogue)
    if method is None or (rule and (rule.bands or rule.deduction or rule.bonus)):
        return rule
    usual = scoring(method)
    if rule is None:
        return usual.model_copy(update={"threshold": None, "text": text.strip()})
    return rule if rule.method is method else rule.model_copy(update={"method": method, "cap": usual.cap})
