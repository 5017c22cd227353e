"""The dry run: hypothetical actuals of a position put to its card. It scores the card, never a person."""

from assistant.errors import BadInput
from assistant.models import Adjustment, Scorecard, Veto
from assistant.scoring.curve import curve, marks
from assistant.scoring.item import score
from assistant.scoring.lines import Lines
from assistant.scoring.models import Actual, DryRun, Extra, ItemScore, Line
from assistant.scoring.terms import Terms
from assistant.scoring.words import rule
from assistant.wording import phrase_text, worded
from knowledge.models import Catalogue, Language


def dry_run(card: Scorecard, actuals: tuple[Actual, ...], catalogue: Catalogue, language: Language) -> DryRun:
    """Return what actuals would bring on a card; an unknown, unclear or repeated line is refused."""
    named = _named(card, actuals, catalogue)
    scored = tuple(score(item, named[place], place + 1) for place, item in enumerate(card.items) if place in named)
    missing = _missing(card, named)
    extras = _extras(card, named)
    curves = {place: curve(item) for place, item in enumerate(card.items, 1)}
    total = sum(one.points for one in scored)
    return DryRun(
        title=worded("scoring.title", language, title=_title(card, catalogue, language)),
        lines=scored,
        missing=missing,
        extras=extras,
        total=round(total + _bounded(extras, card, catalogue), 6),
        at_target=round(sum(one.weight for one in scored), 6),
        at_most=_at_most(scored),
        conditions=tuple(_condition(veto, catalogue, language) for veto in card.vetoes if veto.trigger),
        notes=tuple(_notes(card, scored, missing, extras, catalogue, language)),
        curves=curves,
        marks={place: marks(card.items[place - 1], points) for place, points in curves.items()},
    )


def _named(card: Scorecard, actuals: tuple[Actual, ...], catalogue: Catalogue) -> dict[int, Actual]:
    lines, named = Lines(card, catalogue), dict[int, Actual]()
    for one in actuals:
        place = lines.place(one.line)
        if place in named:
            raise BadInput("error.actual_twice", name=one.line, other=named[place].line)
        named[place] = one
    return named


def _missing(card: Scorecard, named: dict[int, Actual]) -> tuple[Line, ...]:
    left = [(place, item) for place, item in enumerate(card.items) if place not in named]
    return tuple(
        Line(
            line=place + 1,
            indicator=item.indicator,
            name=item.name,
            weight=item.points,
            at_most=Terms(item).at_most,
            rule=rule(Terms(item)),
            house=bool(Terms(item).house),
        )
        for place, item in left
    )


def _extras(card: Scorecard, named: dict[int, Actual]) -> tuple[Extra, ...]:
    first = len(card.items)
    return tuple(
        _extra(adjustment, named[place]) for place, adjustment in enumerate(card.adjustments, first) if place in named
    )


def _extra(adjustment: Adjustment, actual: Actual) -> Extra:
    """Return the points of a bonus or penalty item: once where it happened, or as often as a whole number says."""
    often = {"yes": 1.0, "no": 0.0}.get(actual.form, actual.value)
    if actual.form not in {"yes", "no", "figure"} or often < 0 or often != int(often):
        raise BadInput("error.actual_adjustment", name=adjustment.name, value=actual.words)
    return Extra(
        name=adjustment.name, read=phrase_text("scoring.read.count", count=often), points=often * adjustment.points
    )


def _bounded(extras: tuple[Extra, ...], card: Scorecard, catalogue: Catalogue) -> float:
    """Return the points outside the 100 within what the rule set allows in all."""
    most = catalogue.profiles[card.profile].adjustment_cap
    return max(-float(most), min(float(most), sum(extra.points for extra in extras)))


def _at_most(scored: tuple[ItemScore, ...]) -> float | None:
    highest = [one.at_most for one in scored if one.at_most is not None]
    return round(sum(highest), 6) if len(highest) == len(scored) else None


def _title(card: Scorecard, catalogue: Catalogue, language: Language) -> str:
    role = catalogue.roles.get(card.role or "")
    return card.position or (role.name.say(language) if role else worded("scoring.no_position", language))


def _condition(veto: Veto, catalogue: Catalogue, language: Language) -> str:
    decides = catalogue.terms["party"][veto.decides] if veto.decides else worded("scoring.open", language)
    effect = veto.effect or worded("scoring.open", language)
    return worded("scoring.condition", language, trigger=veto.trigger, effect=effect, decides=decides)


def _notes(
    card: Scorecard,
    scored: tuple[ItemScore, ...],
    missing: tuple[Line, ...],
    extras: tuple[Extra, ...],
    catalogue: Catalogue,
    language: Language,
) -> list[str]:
    notes = [worded("scoring.line_note", language, name=one.name, note=note) for one in scored for note in one.notes]
    if missing:
        names, weight = tuple(one.name for one in missing), float(sum(one.weight for one in missing))
        notes.append(worded("scoring.missing", language, names=names, weight=weight))
    if sum(extra.points for extra in extras) != _bounded(extras, card, catalogue):
        most = float(catalogue.profiles[card.profile].adjustment_cap)
        notes.append(worded("scoring.extras_bounded", language, most=most))
    return notes
