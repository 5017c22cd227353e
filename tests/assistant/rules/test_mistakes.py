"""Every mistake that people are known to make in scorecards is found, in either language."""

from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.advisor import Advisor
from assistant.models import Finding, Scorecard
from assistant.quality import quality
from tests.assistant.rules import forms

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "mistakes.yaml").read_text(encoding="utf-8")
)
WRONG = [case for case in CASES if case["mistake"] != "none"]
KINDS = {
    "activity_only",
    "bad_formula",
    "double_counting",
    "fines",
    "gaming",
    "low_result_weight",
    "no_basis",
    "no_cash",
    "no_interim_target",
    "one_sided",
    "only_result",
    "outside_control",
    "protected_rights",
    "quantity_not_quality",
    "ratchet",
    "short_term_bias",
    "too_many",
    "too_subjective",
    "uncapped_scoring",
    "vanity_metric",
    "weight_score_mismatch",
    "weights_not_100",
}


def card_of(case: dict[str, Any], advisor: Advisor) -> Scorecard:
    case = deepcopy(case)
    outside = {name: tuple(map(forms.both, case.get(name, ()))) for name in ("adjustments", "vetoes")}
    return forms.card(advisor, case["lines"], role=case.get("role"), **outside)


def found(case: dict[str, Any], advisor: Advisor) -> tuple[Finding, ...]:
    return advisor.check(card_of(case, advisor), "zh" if not str(case["lines"]).isascii() else "en")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_mistake_is_found(case: dict[str, Any], advisor: Advisor) -> None:
    codes = Counter(finding.code for finding in found(case, advisor))
    assert Counter(case.get("finds", ())) <= codes
    assert codes.keys().isdisjoint(case.get("silent", ()))


@pytest.mark.parametrize("case", WRONG, ids=[case["id"] for case in WRONG])
def test_a_mistake_costs_quality(case: dict[str, Any], advisor: Advisor) -> None:
    assert quality(card_of(case, advisor), found(case, advisor), advisor.catalogue).score < 60


def test_every_kind_of_mistake_has_a_case() -> None:
    assert {case["mistake"] for case in WRONG} == KINDS
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert len(WRONG) >= 40
