"""The trust commands as tables, lines and JSON."""

import json

import pytest

from api.cli.options import ListFormat as Format
from api.cli.trust import run_game, run_readiness, run_review
from api.render.trust import game_lines, readiness_lines, review_lines
from assistant.advisor import Advisor
from assistant.gaming import gaming
from assistant.models import Brief, Scorecard, ScorecardItem
from assistant.readiness import readiness
from assistant.requests import Request
from assistant.review import review
from knowledge.models import Language, Text
from knowledge.terms import Party

FORM = Scorecard(
    items=(
        ScorecardItem(indicator="sales_amount", name=Text(zh="销售额", en="Sales"), weight=40),
        ScorecardItem(indicator="collection_rate", name=Text(zh="回款率", en="Collection"), weight=20),
        ScorecardItem(name=Text(zh="拜访次数", en="Visits made"), weight=25, provider=Party.SELF),
        ScorecardItem(indicator="nps", name=Text(zh="NPS", en="NPS"), weight=15),
    )
)
REQUEST = Request(role="sales_representative", strategy="market_share")


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ["怎么钻", "销售额 40%", "加什么最省事"]), ("en", ["Cheapest guard", "Sales 40%", "nothing"])],
)
def test_game_as_a_table(
    language: Language, words: list[str], advisor: Advisor, capsys: pytest.CaptureFixture[str]
) -> None:
    run_game(advisor, FORM, Format.TABLE, language)
    said = capsys.readouterr().out
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ["待指定", "拜访次数", "本人", "通常由"]), ("en", ["To be named", "Visits", "source to be"])],
)
def test_readiness_as_a_table(
    language: Language, words: list[str], advisor: Advisor, capsys: pytest.CaptureFixture[str]
) -> None:
    run_readiness(advisor, FORM, Format.TABLE, language)
    said = capsys.readouterr().out
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["保留", "调整", "增加", "建议的考核表", "100%"]),
        ("en", ["keep", "change", "add", "proposed card", "100%"]),
    ],
)
def test_review_as_a_table(
    language: Language, words: list[str], advisor: Advisor, capsys: pytest.CaptureFixture[str]
) -> None:
    run_review(advisor, FORM, REQUEST, Format.TABLE, language)
    said = capsys.readouterr().out
    assert [word for word in words if word not in said] == []
    assert "optimal" not in said.lower()


def test_json_holds_both_languages_and_a_card_that_reads_back(
    advisor: Advisor, capsys: pytest.CaptureFixture[str]
) -> None:
    run_game(advisor, FORM, Format.JSON, "zh")
    assert json.loads(capsys.readouterr().out)[0]["how"].keys() == {"zh", "en"}
    run_readiness(advisor, FORM, Format.JSON, "zh")
    assert {one["party"] for one in json.loads(capsys.readouterr().out)} == {None}
    run_review(advisor, FORM, REQUEST, Format.JSON, "zh")
    found = json.loads(capsys.readouterr().out)
    del found["proposal"]["dimensions"]
    assert sum(item.points for item in Scorecard.model_validate(found["proposal"]).items) == 100
    assert {row["verdict"] for row in found["rows"]} <= {"keep", "change", "drop", "add"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_plain_lines_say_every_verdict_trick_and_figure(language: Language, advisor: Advisor) -> None:
    catalogue = advisor.catalogue
    found = review(FORM, Brief(role="sales_representative", themes=("market_share",)), advisor.recommender)
    lines = review_lines(found, language)
    assert len(lines) == len(found.rows) + 1 + len(found.notes)
    tricks = gaming(FORM, catalogue)
    assert len(game_lines(tricks, language)) == 2 * len(tricks)
    assert game_lines((), language) != []
    departments = readiness(FORM, catalogue)
    told = readiness_lines(departments, catalogue, language)
    assert len(told) == len(departments) + sum(len(one.deliveries) for one in departments)
    assert all("$" not in line for line in [*lines, *told])
