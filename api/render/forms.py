"""Replies about a form for the terminal."""

from rich.console import RenderableType

from api.render.checked import verdict
from api.render.repaired import repair_parts
from api.render.score import score_view
from api.render.terminal import titled
from api.render.trust import game_view, readiness_view, review_view
from assistant.conversation import Held, Reply
from assistant.wording import worded
from knowledge.models import Catalogue


def form_parts(reply: Reply, held: Held, catalogue: Catalogue) -> list[RenderableType]:
    """Show what was found about a form, and how it was read where it has just been."""
    language = reply.language
    if reply.checked is not None:
        understood = titled(worded("label.understood", language), list(held.understood)) if held.understood else []
        return [*understood, *verdict(reply.checked, catalogue, language, held.places)]
    if reply.repaired is not None:
        return repair_parts(held.card, reply.repaired, language)
    if reply.review is not None:
        return [review_view(reply.review, catalogue, language)]
    if reply.dry_run is not None:
        return [score_view(reply.dry_run, language)]
    if reply.kind == "gamed":
        return [game_view(reply.tricks, language)]
    if reply.kind == "readiness":
        return [readiness_view(reply.departments, catalogue, language)]
    return []
