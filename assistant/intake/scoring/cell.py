"""How a line is scored: our own standard words, a company's own, and what other cells add to them."""

import re
from typing import Any

from assistant.intake.cells.bilingual import halves
from assistant.intake.cells.figures import figure
from assistant.intake.form import Layout, Line
from assistant.intake.scoring.limits import limited
from assistant.intake.scoring.standard import named_method, own_words, standard_rule
from assistant.intake.scoring.text import scoring_rule
from assistant.intake.scoring.words import plain_rule
from assistant.models import Scoring
from assistant.recommender.card import scoring
from knowledge.models import Catalogue
from knowledge.terms import ScoringMethod

_AMOUNT = re.compile(r"[$¥€£￥万亿元]|\d\s?(?:k|m|bn)\b", re.IGNORECASE)


def scoring_of(line: Line, layout: Layout | None, catalogue: Catalogue) -> Scoring | None:
    """Return the rule of a line; one in our own words needs no text, one in a company's words keeps them."""
    return _capped(_said(line, layout, catalogue), line.said("cap"))


def _said(line: Line, layout: Layout | None, catalogue: Catalogue) -> Scoring | None:
    cell = line.said("scoring")
    if not cell:
        return None
    if standard := standard_rule(halves(cell)[0] if layout == "both" else cell):
        return standard
    words, more = own_words(cell) if layout else (cell, dict[str, Any]())
    rule = _rule(words, more.get("full"), catalogue)
    points = more.get("points") or figure(line.said("points")).value
    return rule.model_copy(update={"points": points}) if rule and points and rule.points is None else rule


def _capped(rule: Scoring | None, cell: str) -> Scoring | None:
    """Let a cap in a column of its own bound the rule, unless the rule's own words state one."""
    cap = _cap(cell.strip())
    if cap is None or rule is None:
        return rule or cap
    own = rule.text is None or limited(plain_rule(rule.text))
    return rule if own else rule.model_copy(update={"cap": cap.cap})


def _cap(cell: str) -> Scoring | None:
    """Return points in proportion up to a cap in per cent or as a multiple; amounts and points are no such cap."""
    if not cell or _AMOUNT.search(cell):
        return None
    cap = scoring_rule(f"上限{cell}") or scoring_rule(cell)
    only_cap = cap is not None and cap.method is ScoringMethod.RATIO and cap.points is None
    return cap.model_copy(update={"text": cell}) if cap and only_cap else None


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
