"""Forms from real life: what each comes back as, and what is left for a person."""

from dataclasses import dataclass

import pytest

from assistant.models import Scorecard
from assistant.repair import repair
from assistant.rules import check
from knowledge.models import Language
from knowledge.terms import Severity
from tests.assistant.repair.forms import CATALOGUE, change, form, known, own, weights_of


@dataclass(frozen=True)
class Form:
    card: Scorecard
    weights: list[float] | None
    """What it comes back with, in any order; ``None`` where other weights would do as well."""
    points: float
    """The change in all."""
    codes: frozenset[str]
    """The rules that the changes serve."""
    left: frozenset[str] = frozenset()


def codes(*names: str) -> frozenset[str]:
    return frozenset(names)


FORMS = {
    "sum of 110": Form(form([30, 30, 25, 25]), [20, 30, 25, 25], 10, codes("W001")),
    "sum of 95": Form(form([30, 20, 20, 15, 10]), None, 5, codes("W001")),
    "twelve lines of 5 to 10": Form(
        form([5, 5, 5, 5, 10, 10, 10, 10, 10, 10, 10, 10]),
        [5, 5, 10, 10, 10, 10, 10, 10, 10, 20],
        20,
        codes("C001", "W001"),
    ),
    "twenty-four lines": Form(form([4] * 22 + [6, 6]), None, 112, codes("C001", "W001")),
    "two lines without a position": Form(form([70, 30]), [60, 40], 20, codes("W004", "W001"), codes("C001")),
    "two lines of a position": Form(
        form([70, 30], role="sales_representative"), [60, 30, 10], 20, codes("W004", "C001", "G001")
    ),
    "three times 33.33": Form(form([33.33] * 3), [33, 33, 34], 1.33, codes("W002")),
    "eight times 12.5": Form(form([12.5] * 8), [12, 13] * 4, 4, codes("W002")),
    "a zero goes where nothing is short": Form(form([0, 30, 30, 40]), [30, 30, 40], 0, codes("W003")),
    "a zero takes what is short": Form(form([0, 30, 30, 20, 15]), [5, 30, 30, 20, 15], 5, codes("W003")),
    "a negative weight": Form(form([-5, 35, 35, 35]), [30, 35, 35], 10, codes("W001", "W003")),
    "a weight beyond all bounds": Form(form([1e9, 20, 20, 30]), [30, 20, 20, 30], 1e9 - 30, codes("W004")),
    "no weights": Form(form([None] * 5), [20] * 5, 100, codes("W008")),
    "some weights": Form(form([30, None, 20, None]), [30, 25, 20, 25], 50, codes("W008")),
    "nothing left for the rest": Form(form([50, 50, None]), [50, 45, 5], 10, codes("W008", "W001")),
    "fractions": Form(form([0.3, 0.3, 0.2, 0.1, 0.1]), [30, 30, 20, 10, 10], 99, codes("W001")),
    "a fine": Form(
        Scorecard(items=(own("迟到罚款", 10), own("甲", 30), own("乙", 30), own("丙", 30))),
        [30, 30, 40],
        20,
        codes("C011", "W001"),
    ),
    "six incentive measures": Form(
        form([20, 20, 20, 20, 10, 10], profile="incentive"), None, 20, codes("C001", "W001")
    ),
    "one line": Form(form([100]), [100], 0, codes(), codes("C001", "W004")),
    "no lines": Form(form([]), [], 0, codes(), codes("C001", "W001")),
}


@pytest.mark.parametrize("case", FORMS.values(), ids=FORMS.keys())
def test_a_form_comes_back_sound(case: Form) -> None:
    repaired = repair(case.card, CATALOGUE, "zh")
    assert {one.code for one in repaired.left} == case.left
    assert {code for one in repaired.changes for code in one.rules} == case.codes
    if case.weights is not None:
        assert sorted(weight or 0 for weight in weights_of(repaired.scorecard)) == sorted(case.weights)
    assert change(case.card, repaired.scorecard) == pytest.approx(case.points)


def test_missing_weights_follow_the_role() -> None:
    items = (known("sales_amount", None), known("collection_rate", None), own("甲", None), known("nps", 20))
    repaired = repair(Scorecard(role="sales_representative", items=items), CATALOGUE, "en")
    sales, cash, ours, nps = weights_of(repaired.scorecard)
    assert (sales or 0) > (ours or 0) > (cash or 0)
    assert nps == 20
    assert repaired.scorecard.items[0].stated_weight is None


def test_what_a_form_says_instead_of_a_weight_is_a_missing_one() -> None:
    card = form([40, 30, 20, None]).model_copy()
    card = card.model_copy(update={"items": (*card.items[:3], own("丙", None, stated_weight="待定"))})
    repaired = repair(card, CATALOGUE, "zh")
    assert weights_of(repaired.scorecard) == [40, 30, 20, 10]
    assert repaired.scorecard.items[3].stated_weight is None


def test_an_added_line_is_complete_and_guarded() -> None:
    repaired = repair(form([100], role="sales_manager"), CATALOGUE, "en")
    assert repaired.left == ()
    added = [item for item in repaired.scorecard.items if item.indicator]
    assert added
    assert all(item.formula and item.raters and item.rationale and item.target_method for item in added)
    found = check(repaired.scorecard, CATALOGUE, "en")
    assert not [one for one in found if one.code[0] == "G" and one.item is not None]


def test_the_position_is_asked_for_where_lines_are_lacking() -> None:
    for language, words in (("zh", "注明岗位"), ("en", "State the position")):
        left = repair(form([70, 30]), CATALOGUE, language).left
        assert any(words in (one.fix or "") for one in left)


def test_a_company_rule_made_an_error_is_repaired_too() -> None:
    profile = CATALOGUE.profiles["appraisal"].model_copy(update={"severities": {"K001": Severity.ERROR}})
    catalogue = CATALOGUE.model_copy(update={"profiles": {"appraisal": profile}})
    card = Scorecard(items=(own("甲", 30), own("乙", 20), own("甲", 10), own("丙", 40)))
    repaired = repair(card, catalogue, "en")
    assert weights_of(repaired.scorecard) == [40, 20, 40]
    assert repaired.left == ()


LANGUAGES: tuple[Language, Language] = ("zh", "en")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("case", FORMS.values(), ids=FORMS.keys())
def test_every_change_is_worded_in_both_languages(case: Form, strict: bool) -> None:
    said = [repair(case.card, CATALOGUE, language, strict=strict) for language in LANGUAGES]
    for zh, en in zip(said[0].changes, said[1].changes, strict=True):
        assert zh.rules == en.rules != ()
        assert (zh.kind, zh.before, zh.after) == (en.kind, en.before, en.after)
        assert zh.text != en.text
        assert all(code in zh.text and code in en.text for code in zh.rules)
    assert all(one.fix for repaired in said for one in repaired.left)
