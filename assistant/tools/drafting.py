"""Tools that draw cards: suggest, alternatives, why a KPI stands on a card or not."""

from itertools import chain
from typing import Any

from assistant.explanation import explain
from assistant.models import Suggestion
from assistant.tools.arguments import BriefGiven, WhyGiven
from assistant.tools.cards import card_data
from assistant.tools.desk import Desk
from assistant.tools.plain import citations, findings, part, plain
from assistant.wording import worded
from knowledge.models import Language

NOT_CHOSEN = 8
"""What was left out, the nearest to a place first, as far as a model needs it."""


def suggest(desk: Desk, given: BriefGiven) -> dict[str, Any]:
    found = desk.advisor.draft(desk.understood(given))
    cited = dict.fromkeys(chain.from_iterable(item.citations for item in found.scorecard.items))
    said = {
        "understood": _understood(found, desk),
        "why": {one.indicator: one.text for one in found.explanation},
        "not_chosen": [part(one, "indicator name reason", desk.language) for one in found.considered[:NOT_CHOSEN]],
        "to_fill": found.to_fill,
        "questions": found.questions,
        "citations": citations(cited, desk.language, quoted=False),
    }
    judged = findings(found.findings, desk.language)
    return {"scorecard": card_data(found.scorecard, desk), "findings": judged, **_plain(said, desk.language)}


def alternatives(desk: Desk, given: BriefGiven) -> dict[str, Any]:
    found = desk.advisor.alternatives(desk.understood(given))
    cards = [
        {**part(one.stance, "id name summary", desk.language), "scorecard": card_data(one.suggestion.scorecard, desk)}
        for one in found
    ]
    return {"alternatives": cards, **({} if cards else {"note": worded("chat.no_alternatives", desk.language)})}


def why(desk: Desk, given: WhyGiven) -> dict[str, Any]:
    """Say what a KPI's weight is made of, or why it is not on the card that the brief gives."""
    id, understanding = desk.advisor.understander.indicator(given.kpi), desk.understood(given)
    card = desk.advisor.draft(understanding).scorecard
    item = card.item(id)
    said: dict[str, Any] = {"indicator": id, "name": desk.catalogue.indicators[id].name, "on_card": item is not None}
    if item is not None:
        said |= {"weight": item.weight, "why": explain(item, desk.catalogue, desk.language)}
        said |= {"reason": item.rationale, "citations": citations(item.citations, desk.language, quoted=True)}
    elif (known := desk.advisor.why_not(id, understanding.brief, card.weights())) is not None:
        said |= {"why": known.reason, "cause": known.cause, "instead": known.instead}
    return _plain(said, desk.language)


def _understood(found: Suggestion, desk: Desk) -> dict[str, Any]:
    known, themes = found.understood, desk.catalogue.themes
    return {
        "role": desk.catalogue.roles[known.role].name if known.role else None,
        "themes": [themes[id].name for id in known.themes],
        "without_influence": [themes[id].name for id in known.without_influence],
        "profile": desk.catalogue.profiles[known.profile].name,
        "assumptions": known.assumptions,
    }


def _plain(said: dict[str, Any], language: Language) -> dict[str, Any]:
    found: dict[str, Any] = plain(said, language)
    return found
