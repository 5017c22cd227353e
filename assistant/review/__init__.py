"""Last year's form against this year's strategy: what to keep, change, drop and add, with a card that adds up."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.errors import BadInput
from assistant.models import USUAL_PROFILE, Brief, Scorecard
from assistant.recommender.card import scorecard
from assistant.recommender.draft import Choice, Recommender
from assistant.recommender.explain import parts
from assistant.recommender.own import own_item
from assistant.requests import Request, Understander, Understanding, merged
from assistant.review.comparison import Comparison, of_the_form
from assistant.review.form import Form
from assistant.review.verdicts import Row, verdicts
from assistant.understood import without_influence
from assistant.wording import phrase_text
from knowledge.models import Frozen, Id, Text
from knowledge.terms import Dimension


class Review(Frozen):
    """A verdict for each line of a form, what to add, and the card that comes of it."""

    role: Id
    themes: tuple[Id, ...]
    rows: tuple[Row, ...]
    proposal: Scorecard
    moved: float
    """Points that lines gain over the form."""
    notes: tuple[Text, ...] = ()


def brief_of(card: Scorecard, request: Request, understander: Understander) -> Understanding:
    """Return the brief of a review; what the request leaves open is taken from the form.

    ``BadInput`` where neither names the position.
    """
    title = request.role.strip() or card.role or card.position
    if not title:
        raise BadInput("error.review_role")
    strategy = request.strategy if request.strategy.strip() else ", ".join(card.themes)
    profile = card.profile if request.profile == USUAL_PROFILE else request.profile
    asked = {"role": title, "strategy": strategy, "profile": profile, "context": merged(card.context, request.context)}
    return understander.understand(request.model_copy(update=asked))


def review(card: Scorecard, brief: Brief, recommender: Recommender) -> Review:
    """Return the verdicts on a form and the proposal for a brief; ``WishConflict`` where its wishes cannot be met."""
    form = Form(card, brief, recommender.catalogue)
    choice = recommender.reconsider(brief, form.standing)
    proposal = _proposal(form, choice)
    rows = verdicts(
        Comparison(
            card=card,
            proposal=proposal,
            choice=choice,
            catalogue=recommender.catalogue,
            ids=form.ids,
            before=form.stated,
            sound=form.sound,
            said=form.said,
            barred=form.barred,
        )
    )
    return Review(
        role=brief.role,
        themes=brief.themes,
        rows=rows,
        proposal=_watching(proposal, rows),
        moved=sum(max(0.0, (row.after or 0) - (row.before or 0.0)) for row in rows),
        notes=tuple(_notes(form)),
    )


def _proposal(form: Form, choice: Choice) -> Scorecard:
    """Write out a choice: our lines complete, the company's own as the form has them, and what stands beside both."""
    written = scorecard(_without_own(choice), form.catalogue)
    pieces = parts(choice)
    ours = [
        item.model_copy(update={"parts": pieces[item.indicator]}) if item.indicator else item for item in written.items
    ]
    own = [
        own_item(form.card.items[place], choice.weights[id]).model_copy(update={"stated_weight": None})
        for id, place in form.sound.items()
        if id in choice.weights and of_the_form(id, choice)
    ]
    order = list(Dimension)
    lines = sorted(
        [*ours, *own],
        key=lambda item: (order.index(item.dimension) if item.dimension else len(order), -item.points),
    )
    return _with_the_rest(written.model_copy(update={"items": tuple(lines)}), form.card)


def _without_own(choice: Choice) -> Choice:
    """Return a choice without the form's own lines, of which too little is known to write them out."""
    weights = {id: weight for id, weight in choice.weights.items() if not of_the_form(id, choice)}
    pool = {id: one for id, one in choice.pool.items() if not of_the_form(id, choice)}
    return replace(choice, weights=weights, pool=pool)


def _with_the_rest(written: Scorecard, kept: Scorecard) -> Scorecard:
    """Keep what stands outside the 100 on the form; our gates come in only where it has none for the same thing."""
    covered = {veto.indicator for veto in kept.vetoes if veto.indicator and not veto.protects}
    gates = tuple(veto for veto in written.vetoes if veto.indicator not in covered)
    watched = {item.indicator for item in written.items} | {one.indicator for one in written.monitors}
    return written.model_copy(
        update={
            "position": kept.position,
            "vetoes": (*kept.vetoes, *gates),
            "adjustments": kept.adjustments,
            "monitors": (*written.monitors, *(one for one in kept.monitors if one.indicator not in watched)),
            "ignored": kept.ignored,
        }
    )


def _watching(proposal: Scorecard, rows: tuple[Row, ...]) -> Scorecard:
    """Add what leaves the weighted lines and stays watched."""
    known = {one.indicator for one in proposal.monitors}
    more = tuple(row.monitor for row in rows if row.monitor is not None and row.monitor.indicator not in known)
    return proposal.model_copy(update={"monitors": (*proposal.monitors, *more)})


def _notes(form: Form) -> Iterator[Text]:
    brief, catalogue = form.brief, form.catalogue
    idle = without_influence(brief, catalogue)
    if idle:
        yield phrase_text("review.without_influence", themes=tuple(catalogue.themes[id].name for id in idle))
    if len(idle) == len(brief.themes) and not brief.context.stage:
        yield phrase_text("review.neutral")
    if any(weight is None for weight in form.stated):
        yield phrase_text("review.weights_missing")
    total = round(sum(weight for weight in form.stated if weight is not None), 2)
    if total != catalogue.profiles[brief.profile].total and all(weight is not None for weight in form.stated):
        yield phrase_text("review.total", total=float(total))
