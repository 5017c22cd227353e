"""A company's own rules are repaired like ours: what must stand, what may not, and how dimensions divide."""

from typing import Any

from assistant.models import Adjustment, Scorecard
from assistant.repair import Repaired, repair
from assistant.rules import check
from knowledge.models import Catalogue, Text
from knowledge.terms import Severity
from tests.assistant.repair.forms import CATALOGUE, known, own, weights_of

REASON = {"zh": "集团要求", "en": "Group policy"}
SAFETY = {
    "name": {"zh": "安全合规", "en": "Safety and compliance"},
    "definition": {"zh": "本期违规次数", "en": "Breaches in the period"},
    "data_source": {"zh": "合规部台账", "en": "Compliance log"},
    "dimension": "process",
    "scoring": "deduction",
}


def company(**fields: Any) -> Catalogue:
    profile = CATALOGUE.profiles["appraisal"]
    own_rules = type(profile).model_validate({**profile.model_dump(mode="json"), **fields})
    return CATALOGUE.model_copy(update={"profiles": {"appraisal": own_rules}})


def repaired(card: Scorecard, catalogue: Catalogue) -> Repaired:
    found = check(card, catalogue, "en")
    assert any(one.severity is Severity.ERROR for one in found)
    back = repair(card, catalogue, "en")
    assert back.left == ()
    assert repair(back.scorecard, catalogue, "en").changes == ()
    return back


CARD = Scorecard(items=(known("sales_amount", 40), known("collection_rate", 20), own("甲", 20), own("乙", 20)))


def test_a_mandatory_indicator_comes_in_at_its_weight() -> None:
    back = repaired(CARD, company(mandatory=[{"indicator": "gross_margin_rate", "weight": 15, "reason": REASON}]))
    line = back.scorecard.item("gross_margin_rate")
    assert line is not None
    assert line.weight == 15
    assert [one.rules for one in back.changes if one.kind == "added"] == [("C014",)]


def test_a_mandatory_line_of_the_companys_own_comes_in_as_it_is_described() -> None:
    back = repaired(CARD, company(mandatory=[{"own": SAFETY, "at_least": 10, "reason": REASON}]))
    line = back.scorecard.items[-1]
    assert (line.name.zh, line.weight) == ("安全合规", 10)
    assert line.data_source is not None
    assert line.scoring is not None


def test_a_mandatory_line_is_raised_to_its_least_weight() -> None:
    back = repaired(CARD, company(mandatory=[{"indicator": "collection_rate", "at_least": 30, "reason": REASON}]))
    assert back.scorecard.item("collection_rate") == CARD.items[1].model_copy(update={"weight": 30})
    assert any(one.rules == ("C014",) for one in back.changes)


def test_a_banned_line_goes() -> None:
    back = repaired(CARD, company(banned=[{"words": ["甲"], "reason": REASON}]))
    assert "甲" not in [item.name.zh for item in back.scorecard.items]
    assert any(one.kind == "dropped" and one.rules == ("C015",) for one in back.changes)


def test_dimensions_keep_to_their_bands() -> None:
    items = (*CARD.items[:2], known("nps", 20), known("customer_retention", 20))
    back = repaired(
        Scorecard(items=items), company(dimension_bands={"financial": [30, 50]}, severities={"C016": "error"})
    )
    financial = next(one.weight for one in back.scorecard.dimensions if one.dimension == "financial")
    assert financial == 50
    assert any(one.rules == ("C016",) for one in back.changes)


def test_fines_outside_the_hundred_and_in_scoring_go_too() -> None:
    fine = Adjustment(name=Text(zh="迟到罚款", en="Fines for lateness"), points=-5)
    back = repaired(CARD.model_copy(update={"adjustments": (fine,)}), CATALOGUE)
    assert back.scorecard.adjustments == ()
    assert weights_of(back.scorecard) == weights_of(CARD)
    assert [(one.kind, one.line, one.rules) for one in back.changes] == [("dropped", "Fines for lateness", ("C011",))]
