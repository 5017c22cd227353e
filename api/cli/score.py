"""``scorecraft score``: the points that hypothetical actuals of a position would bring on a card."""

from api.cli.options import ListFormat
from api.cli.output import write_json
from assistant.models import Scorecard
from assistant.scoring.actuals import from_argument
from assistant.scoring.run import dry_run
from knowledge.models import Catalogue, Language


def run(catalogue: Catalogue, card: Scorecard, actuals: str, shape: ListFormat, language: Language) -> None:
    """Print the dry run of a card; ``actuals`` are ``name=value`` pairs or the path of a file of them."""
    found = dry_run(card, from_argument(actuals), catalogue, language)
    if shape is ListFormat.JSON:
        write_json(found.model_dump(mode="json"))
        return
    from api.render.score import score_view
    from api.render.terminal import console

    console().print(score_view(found, language))
