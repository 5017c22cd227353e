"""The notes below the table: definitions the lines depend on, how to set targets, figures for reference."""

from api.export.form import Note
from api.export.layout import Number, strung, together
from assistant.models import Scorecard, ScorecardItem
from assistant.wording import phrase_text
from knowledge.models import Text
from knowledge.terms import Unit


def remarks(card: Scorecard) -> tuple[Note, ...]:
    """Return the notes that the card needs."""
    found = (
        ("export.parameters", _parameters(card)),
        ("export.methods", _methods(card)),
        ("export.figures", _figures(card)),
    )
    return tuple(Note(phrase_text(key), tuple(lines)) for key, lines in found if lines)


def _parameters(card: Scorecard) -> list[Text]:
    """Say each definition once, with the lines that depend on it."""
    used: dict[tuple[Text, Text], list[Text]] = {}
    for item in card.items:
        for one in item.parameters:
            used.setdefault((one.name, one.default), []).append(item.name)
    return [
        phrase_text("export.parameter", name=name, items=together(*items), default=default)
        for (name, default), items in used.items()
    ]


def _methods(card: Scorecard) -> list[Text]:
    used: dict[Text, list[Text]] = {}
    for item in card.items:
        if item.tiers.target is None and item.target_method is not None:
            used.setdefault(item.target_method, []).append(item.name)
    return [phrase_text("export.method", items=together(*items), method=method) for method, items in used.items()]


def _figures(card: Scorecard) -> list[Text]:
    said = [strung(_interims(item), _last_year(item), _uplift(item)) for item in card.items]
    stated = (("export.leader_target", card.leader_target), ("export.members_target", card.members_target))
    outside = [phrase_text(key, value=Number(value)) for key, value in stated if value is not None]
    return [text for text in [*said, *outside] if text]


def _interims(item: ScorecardItem) -> Text | None:
    parts = [phrase_text("export.interim", period=one.period, value=_figure(one.value, item)) for one in item.interims]
    return phrase_text("export.interims", item=item.name, parts=together(*parts)) if parts else None


def _last_year(item: ScorecardItem) -> Text | None:
    if item.last_year is None:
        return None
    return phrase_text("export.last_year", item=item.name, value=_figure(item.last_year, item))


def _uplift(item: ScorecardItem) -> Text | None:
    return phrase_text("export.uplift", item=item.name, uplift=Number(item.uplift)) if item.uplift is not None else None


def _figure(value: float, item: ScorecardItem) -> Number:
    return Number(value, item.unit is Unit.PERCENT)
