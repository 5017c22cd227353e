"""Cases that HR can read and add to: the facts of the source document, and priorities with the KPIs they name."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.advisor import Advisor
from assistant.models import Suggestion
from assistant.requests import Request
from knowledge.terms import Nature

CASES = Path(__file__).parent.parent / "cases"


def table(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


FACTS = table("source_facts")


def suggested(case: dict[str, Any], advisor: Advisor, *, strategy: bool = True) -> Suggestion:
    return advisor.suggest(
        Request.model_validate(
            {
                "role": case.get("title", case["role"]),
                "strategy": case.get("strategy", "") if strategy else "",
                "context": case.get("context", {}),
                "pins": case.get("pins", ()),
            }
        )
    )


@pytest.mark.parametrize("case", FACTS, ids=[case["id"] for case in FACTS])
def test_fact(case: dict[str, Any], advisor: Advisor) -> None:
    found = suggested(case, advisor)
    card, weights = found.scorecard, found.scorecard.weights()
    neutral = suggested(case, advisor, strategy=False).scorecard.weights()
    families = {item.family for item in card.items}
    monitored = families | {advisor.catalogue.indicators[one.indicator].family for one in card.monitors}
    results = sum(item.points for item in card.items if item.nature is Nature.RESULT)
    low, high = case.get("results", (0, 100))
    assert card.role == case["role"]
    assert list(found.understood.themes) == case.get("themes", [])
    assert set(case.get("families", ())) <= families
    assert all(families & set(choices) for choices in case.get("one_of", ()))
    assert set(case.get("monitored", ())) <= monitored
    assert families.isdisjoint(case.get("none_of", ()))
    assert low <= results <= high
    assert {id: weights.get(id) for id in case.get("weights", {})} == case.get("weights", {})
    assert [id for id in case.get("raised", ()) if weights.get(id, 0) <= neutral.get(id, 0)] == []
    if case.get("unmoved"):
        assert weights == neutral
        assert found.understood.without_influence == tuple(case["themes"])


STRATEGIES = table("strategies")
MOST_READ = 0.95
MOST_NAMED = 0.5


def readable(case: dict[str, Any], advisor: Advisor) -> bool:
    read = advisor.reader.read(case["strategy"], case["language"])
    got, wanted = list(read.themes), case.get("themes", [])
    themes = set(wanted) <= set(got) if case.get("any_theme") else got == wanted
    stage = "stage" not in case or read.context.stage == case["stage"]
    return themes and stage and not set(case.get("not_themes", ())) & set(got)


def test_stated_priorities_are_read(advisor: Advisor) -> None:
    missed = [case["strategy"] for case in STRATEGIES if not readable(case, advisor)]
    assert len(missed) <= (1 - MOST_READ) * len(STRATEGIES), missed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_most_kpis_a_priority_names_stand_on_the_card(language: str, advisor: Advisor) -> None:
    """Over all cases: more than half of the named KPIs, or of their families, are on the card."""
    named = hit = 0
    for case in STRATEGIES:
        if case["language"] != language or not case.get("names") or not readable(case, advisor):
            continue
        card = suggested(case, advisor).scorecard
        families = {item.family for item in card.items} | {item.indicator for item in card.items}
        named += len(case["names"])
        hit += sum(advisor.catalogue.indicators[id].family in families for id in case["names"])
    assert named > 0
    assert hit > MOST_NAMED * named, (hit, named)
