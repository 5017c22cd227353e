"""``scorecraft roles | indicators | themes | rules``."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from knowledge.models import Catalogue, Language

Run = Callable[..., CompletedProcess[str]]

LISTS = ["roles", "indicators", "themes"]


def listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    done = run(*arguments, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


@pytest.mark.parametrize("what", LISTS)
def test_without_a_query_everything_is_listed_in_the_catalogues_order(
    run: Run, catalogue: Catalogue, what: str
) -> None:
    rows = listed(run, what)
    assert [row["id"] for row in rows] == list(getattr(catalogue, what))
    assert all(row["name"]["zh"] and row["name"]["en"] and "score" not in row for row in rows)


QUERIES = [
    pytest.param("roles", "业务员", "sales_representative", id="role, Chinese"),
    pytest.param("roles", "account executive", "sales_representative", id="role, English"),
    pytest.param("indicators", "NPS", "nps", id="indicator, abbreviation"),
    pytest.param("indicators", "回款率", "collection_rate", id="indicator, Chinese"),
    pytest.param("indicators", "gros margin rate", "gross_margin_rate", id="indicator, misspelt"),
    pytest.param("themes", "market share", "market_share", id="theme, English"),
    pytest.param("themes", "cost_control", "cost_control", id="theme, id"),
]


@pytest.mark.parametrize(("what", "query", "first"), QUERIES)
def test_a_query_returns_matches_best_first(run: Run, what: str, query: str, first: str) -> None:
    rows = listed(run, what, query)
    scores = [row["score"] for row in rows]
    assert rows[0]["id"] == first
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize("what", LISTS)
@pytest.mark.parametrize("query", ["zzqqzz", "🎉", "\x00\x01"])
def test_a_query_that_finds_nothing_gives_an_empty_list(run: Run, what: str, query: str) -> None:
    assert listed(run, what, query) == []


@pytest.mark.parametrize("what", [*LISTS, "rules"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_are_in_the_readers_language(run: Run, catalogue: Catalogue, what: str, language: Language) -> None:
    done = run(what, "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    texts = [one.title if what == "rules" else one.name for one in getattr(catalogue, what).values()]
    said = "".join(done.stdout.split())
    assert "".join(texts[0].say(language).split()) in said
    assert texts[0].say("en" if language == "zh" else "zh") not in done.stdout


@pytest.mark.parametrize(("code", "count"), [("W001", 1), ("w001", 1)], ids=["code", "lower case"])
def test_one_rule_is_shown_with_its_fix(run: Run, catalogue: Catalogue, code: str, count: int) -> None:
    rows = listed(run, "rules", code)
    assert [row["id"] for row in rows] == ["W001"]
    assert rows[0]["fix"] == catalogue.rules["W001"].model_dump()["fix"]
    table = run("rules", code).stdout
    assert "W001" in table
    assert "$" not in table


@pytest.mark.parametrize("family", list("WCRSDGKT"))
def test_a_family_of_rules(run: Run, catalogue: Catalogue, family: str) -> None:
    assert [row["id"] for row in listed(run, "rules", family)] == [
        code for code in catalogue.rules if code[0] == family
    ]


def test_all_rules_are_listed(run: Run, catalogue: Catalogue) -> None:
    assert [row["id"] for row in listed(run, "rules")] == list(catalogue.rules)


REFUSED = [
    pytest.param(["rules", "W999"], ["W999", "W001"], id="unknown code of a family"),
    pytest.param(["rules", "Q1"], ["Q1", "scorecraft rules"], id="unknown family"),
    pytest.param(["rules", "Q1", "--lang", "zh"], ["没有编号为“Q1”的规则"], id="in Chinese"),
    pytest.param(["roles", "--format", "yaml"], ["--format"], id="format"),
    pytest.param(["themes", "--lang", "fr"], ["“fr”"], id="language"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_is_not_there_is_refused(run: Run, arguments: list[str], said: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert [one for one in said if one not in done.stderr] == []
    assert "Traceback" not in done.stderr
