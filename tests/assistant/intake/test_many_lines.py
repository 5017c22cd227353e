"""A table too long for a scorecard is refused before it keeps anyone waiting."""

import json

import pytest

from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.intake.form import MOST_LINES
from assistant.intake.sandbox import in_process
from assistant.intake.sources import Source

NAMES = [f"指标{number}" for number in range(MOST_LINES + 1)]
FILES = {
    "a.csv": "指标,权重\n" + "".join(f"{name},1\n" for name in NAMES),
    "a.json": json.dumps({"items": [{"name": name, "weight": 1} for name in NAMES]}),
    "ours.json": json.dumps({"items": [{"name": {"zh": name, "en": name}, "weight": 1} for name in NAMES]}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_list_of_hundreds_is_no_card(advisor: Advisor, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        advisor.read_content(in_process(Source(name, FILES[name].encode())))
    assert refused.value.key == "error.many_lines"
    assert all(name in refused.value.say(language) for language in ("zh", "en"))
