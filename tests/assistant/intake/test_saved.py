"""Scorecards of our own that come back changed by hand or by a program."""

from typing import Any

import pytest

from assistant.errors import BadInput
from assistant.intake.grids import Content
from assistant.intake.saved import own_scorecard

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
