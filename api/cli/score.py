"""``scorecraft score``: the points that hypothetical actuals of a position would bring on a card."""

import json
import sys

from api.cli.options import ListFormat
from assistant.models import Scorecard
from assistant.scoring.actuals import from_argument
from assistant.scoring.run import dry_run
from knowledge.models import Catalogue, Language


def run(catalogue: Catalogue, card: Scorecard, actuals: str, shape: ListFormat, language: Language) -> None:
    """Print the dry run of a card; ``actuals`` are ``name=value`` pairs or the path of a file of them."""
    found = dry_run(card, from_argument(actuals), catalogue, language)
    if shape is ListFormat.JSON:
        sys.stdout.write(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n")
        return
    from api.render.score import score_view
    from api.render.terminal import console

    console().print(score_view(found, language))
