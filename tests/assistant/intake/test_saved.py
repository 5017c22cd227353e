"""Scorecards of our own that come back changed by hand or by a program."""

from typing import Any

import pytest

from api.export import export
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.intake.grids import Content
from assistant.intake.sandbox import in_process
from assistant.intake.saved import own_scorecard
from assistant.intake.sources import Source
from assistant.models import Scorecard, ScorecardItem
from knowledge.models import Text

NAME = {"zh": "销售额", "en": "Sales"}


@pytest.mark.parametrize(
    "fields",
    [{"weight": 1e308}, {"weight": -1e16}, {"weight": 20, "scoring": {"method": "ratio", "cap": 10**30}}],
    ids=["huge", "hugely negative", "in the scoring"],
)
def test_a_number_that_nobody_can_mean_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        own_scorecard(Content("json", "card.json", data={"items": [{"name": NAME, **fields}]}))
    assert refused.value.key == "file.number"
    assert all("card.json" in refused.value.say(language) for language in ("zh", "en"))


def test_a_name_that_looks_like_a_number_comes_back_from_yaml(advisor: Advisor) -> None:
    names = ("0e0", "1.5", "-3", "2026-01-01", "+1e5", ".5")
    items = tuple(ScorecardItem(name=Text(zh=name, en=name), weight=10) for name in names)
    data = export(Scorecard(items=items), advisor.catalogue, "yaml", "zh")
    card = advisor.read_content(in_process(Source("card.yaml", data)))[0].card
    assert [item.name.zh for item in card.items] == list(names)
