"""``scorecraft score``: what it prints."""

import json

import pytest

from api.cli.options import ListFormat
from api.cli.score import run
from assistant.models import Scorecard
from knowledge.models import Catalogue, Language
from tests.assistant.scoring.lines import line

CARD = Scorecard(
    position="KAM",
    items=(
        line("按完成率计分，上限120%", name="sales", weight=60),
        line("每发生一次扣5分", name="complaints", weight=40),
    ),
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ["试算：KAM", "得分曲线", "目标的92%", "55.2", "未给出", "试算总分55.2", "每发生1次（件、天）扣5分"]),
        (
            "en",
            ["Dry run of the card: KAM", "Curve", "92% of target", "55.2", "not given", "Total 55.2", "minus 5 points"],
        ),
    ],
)
def test_the_table(
    language: Language, said: list[str], catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    run(catalogue, CARD, "sales=92%", ListFormat.TABLE, language)
    shown = capsys.readouterr().out
    assert [words for words in said if words not in shown] == []
    assert "▄" in shown


def test_json_holds_the_curves(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    run(catalogue, CARD, "sales=92%, complaints=2", ListFormat.JSON, "en")
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == 91.2
    assert found["lines"][0]["read"]["en"] == "92% of target"
    assert found["curves"]["1"][0] == {"attainment": 0.0, "figure": None, "score": 0.0, "points": 0.0}
    assert found["marks"]["1"] == {"threshold": None, "target": 100.0, "cap": 120.0}
    assert found["curves"]["2"][0]["figure"] == 0.0
