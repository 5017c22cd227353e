"""The terminal view of a repair says what was filled in on one line in one go."""

from io import StringIO

import pytest
from rich.console import Console, Group

from api.render.repaired import repair_parts
from assistant.models import Scorecard
from assistant.repair import repair
from knowledge.models import Language
from tests.assistant.repair.forms import CATALOGUE, known

LINES = ("sales_amount", "collection_rate", "new_customers", "nps")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_fields_of_a_line_are_told_together(language: Language) -> None:
    items = tuple(known(id, 25, raters=(), scoring=None) for id in LINES)
    card = Scorecard(role="sales_representative", items=items)
    repaired = repair(card, CATALOGUE, language, strict=True)
    console = Console(width=400, record=True, file=StringIO())
    console.print(Group(*repair_parts(card, repaired, language)))
    told = [line for line in console.export_text().splitlines() if "D009" in line]
    assert len(told) == sum(one.field == "raters" for one in repaired.changes) == len(LINES)
    assert all("T013" in line for line in told)
