"""``scorecraft game | readiness | review``: what a card invites, what it needs, and what to make of last year's."""

from typing import TYPE_CHECKING

from api.cli.options import ListFormat
from api.cli.output import write_json
from assistant.models import Scorecard
from assistant.requests import Request
from knowledge.models import Language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from assistant.advisor import Advisor


def run_game(advisor: "Advisor", card: Scorecard, shape: ListFormat, language: Language) -> None:
    """Print how a card can be gamed and what stops it."""
    found = advisor.gaming(card)
    if shape is ListFormat.JSON:
        write_json([one.model_dump(mode="json") for one in found])
        return
    from api.render.trust import game_view

    _show(game_view(found, language))


def run_readiness(advisor: "Advisor", card: Scorecard, shape: ListFormat, language: Language) -> None:
    """Print which department has to deliver which figures."""
    found = advisor.readiness(card)
    if shape is ListFormat.JSON:
        write_json([one.model_dump(mode="json") for one in found])
        return
    from api.render.trust import readiness_view

    _show(readiness_view(found, advisor.catalogue, language))


def run_review(advisor: "Advisor", card: Scorecard, request: Request, shape: ListFormat, language: Language) -> None:
    """Print what to keep, change, drop and add on a form; the request's role and strategy go before the form's."""
    found = advisor.review(card, request)
    if shape is ListFormat.JSON:
        write_json(found.model_dump(mode="json"))
        return
    from api.render.trust import review_view

    _show(review_view(found, advisor.catalogue, language))


def _show(view: "RenderableType") -> None:
    from api.render.terminal import console

    console().print(view)
