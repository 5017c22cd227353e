"""Titles and KPI names as people write them, labelled by hand."""

from typing import Any

import pytest

from assistant.advisor import Advisor
from assistant.language.offline.names import Meaning
from tests.assistant.test_cases import table

TITLES, NAMES = table("titles"), table("names")


def title_right(case: dict[str, Any], meaning: Meaning) -> bool:
    """A title may resolve, or be asked about with the right role among the choices; other words must not resolve."""
    if "role" in case:
        return meaning.id == case["role"] or (meaning.id is None and case["role"] in meaning.choices)
    return meaning.id is None


def name_right(case: dict[str, Any], meaning: Meaning) -> bool:
    wanted = set(case.get("any", [case.get("indicator")])) - {None}
    if wanted:
        if case.get("asked") and meaning.question is None:
            return False
        return meaning.id in wanted or (meaning.question is not None and bool(wanted & set(meaning.choices)))
    return meaning.id is None and meaning.question is None


def test_titles(advisor: Advisor) -> None:
    wrong = [case["title"] for case in TITLES if not title_right(case, advisor.reader.roles.meaning(case["title"]))]
    assert len(wrong) <= 0.05 * len(TITLES), wrong


def test_indicator_names(advisor: Advisor) -> None:
    names = advisor.reader.indicators
    wrong = [case["name"] for case in NAMES if not name_right(case, names.meaning(case["name"]))]
    assert len(wrong) <= 0.10 * len(NAMES), wrong


@pytest.mark.parametrize("case", [case for case in NAMES if case.get("sure")], ids=lambda case: case["name"])
def test_names_that_only_look_alike(case: dict[str, Any], advisor: Advisor) -> None:
    meaning = advisor.reader.indicators.meaning(case["name"])
    assert name_right(case, meaning), meaning


@pytest.mark.parametrize(
    ("title", "motion", "business_model"),
    [
        ("AE", "hunter", None),
        ("account manager", "farmer", None),
        ("外贸业务员", None, "export"),
        ("保险代理人", None, "insurance"),
    ],
)
def test_titles_tell_more_than_the_role(
    title: str, motion: str | None, business_model: str | None, advisor: Advisor
) -> None:
    context = advisor.reader.read(title, "en").context
    assert (context.motion, context.business_model) == (motion, business_model)
