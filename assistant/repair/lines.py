"""Lines that a repair adds, written out in full."""

from dataclasses import replace

from assistant.models import ScorecardItem
from assistant.recommender.candidates import OUTSIDE_WORTH, Candidate
from assistant.recommender.card import line, written
from assistant.recommender.draft import Choice
from assistant.recommender.own import OWN, own_candidate
from assistant.repair.draft import Draft
from assistant.repair.scope import Scope
from assistant.rules.lines import nature, subjective


def stands_as(item: ScorecardItem, id: str, scope: Scope, order: int) -> Candidate:
    """Return a line of the card as a candidate; what the card says of it goes before what the catalogue says.

    A name that can mean several indicators counts as its usual meaning, as the rules take it.
    """
    meant, worth = scope.rules.meant(item), max(float(item.points), 1.0)
    read = {"nature": nature(scope.rules, item), "subjective": subjective(scope.rules, item)}
    item = item.model_copy(update=read)
    if not meant:
        return own_candidate(id, item, worth, order)
    said = {"dimension": item.dimension, "kind": item.kind, "subjective": item.subjective}
    known, group = meant[0].model_copy(update=said), scope.rules.group(item)
    in_role = scope.pool.get(id)
    if in_role is not None:
        return replace(in_role, indicator=known, group=group, nature=item.nature)
    return Candidate(id, known, group, item.nature, worth, worth, 0.0, order, 0.0)


def may_come(id: str, scope: Scope) -> Candidate:
    """Return an indicator that is not on the card as a candidate; outside the role it is worth little."""
    indicator = scope.catalogue.indicators[id]
    usual = Candidate(id, indicator, None, indicator.nature, OUTSIDE_WORTH, OUTSIDE_WORTH, 0.0, scope.places[id], 0.0)
    return scope.pool.get(id, usual)


def complete(one: Candidate, weights: dict[str, int], pool: dict[str, Candidate], scope: Scope) -> ScorecardItem:
    """Return a new line with all that the catalogue says and, for a position, why it is there."""
    if scope.brief is None:
        return line(one.indicator, weights[one.id])
    choice = Choice(scope.brief, weights, {}, pool, tuple(scope.shifts))
    return written(one, choice, scope.catalogue)


def canonical(place: int) -> str:
    """Return the id of a line that no indicator names alone."""
    return f"{OWN}{place}"


def instead(id: str, draft: Draft, place: int, scope: Scope) -> ScorecardItem:
    """Return an indicator's line with the weight of the line whose place it takes."""
    one = may_come(id, scope)
    weight = draft.lines[place].item.weight
    found = line(one.indicator, weight, group=one.group, nature=one.nature)
    return found.model_copy(update={"weight": weight})
