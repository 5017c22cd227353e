"""The weighted lines of a card as rows of the form, by dimension."""

from api.export.form import Column, Key, Row, Section
from api.export.layout import Cell, Number, capital, number, own, stacked, strung, together
from api.export.scoring import scoring_in_words
from assistant.formulas import formula_in_words
from assistant.models import USUAL_CAP, Scorecard, ScorecardItem
from assistant.wording import phrase_text
from knowledge.models import Catalogue, RaterShare, Text
from knowledge.terms import Dimension, Kind, Polarity, Unit


def columns(card: Scorecard, catalogue: Catalogue) -> tuple[Column, ...]:
    """Return the columns; a card without any dimension has no column for it."""
    name = "export.indicator" if catalogue.profiles[card.profile].binds_role else "export.measure"
    keys: dict[Key, str] = {
        "dimension": "export.dimension",
        "indicator": name,
        "definition": "export.definition",
        "threshold": "export.threshold",
        "target": "export.target",
        "stretch": "export.stretch",
        "weight": "export.weight",
        "scoring": "export.scoring",
        "source": "export.source",
        "provider": "export.provider",
        "rater": "export.rater",
        "period": "export.period",
        "score": "export.score",
        "weighted": "export.weighted",
    }
    plain = all(item.dimension is None for item in card.items)
    return tuple(Column(key, phrase_text(words)) for key, words in keys.items() if not (plain and key == "dimension"))


def sections(card: Scorecard, catalogue: Catalogue) -> tuple[Section, ...]:
    """Return the lines by dimension, dimensions in the order in which the card first names them."""
    groups: dict[Dimension | None, list[Row]] = {}
    for item in card.items:
        groups.setdefault(item.dimension, []).append(_row(item, card, catalogue))
    names = catalogue.terms["dimension"]
    return tuple(Section(names[key] if key else None, tuple(rows)) for key, rows in groups.items())


def _row(item: ScorecardItem, card: Scorecard, catalogue: Catalogue) -> Row:
    terms, percent = catalogue.terms, item.unit is Unit.PERCENT
    cells: dict[Key, Cell] = {
        "indicator": marked_name(item),
        "definition": _definition(item, catalogue),
        "threshold": _tier(item.tiers.threshold, percent),
        "target": own(item.tiers.text) or _tier(item.tiers.target, percent),
        "stretch": _tier(item.tiers.stretch, percent),
        "weight": number(item.weight, percent=True) or own(item.stated_weight),
        "scoring": scoring_in_words(item),
        "source": item.data_source,
        "provider": capital(terms["party"][item.provider]) if item.provider else None,
        "rater": _raters(item.raters, terms["party"]),
        "period": capital(terms["period"][item.period]) if item.period else None,
    }
    gates = tuple(place for place, veto in enumerate(card.vetoes) if item.indicator and item.indicator in veto.protects)
    return Row(cells, item.weight, _most(item), gates)


def marked_name(item: ScorecardItem) -> Text:
    """Return the name of a line, with a mark where it is no KPI."""
    if item.kind is Kind.KPI:
        return item.name
    mark = "export.key_task" if item.kind is Kind.KEY_TASK else "export.behaviour"
    return phrase_text("export.marked", name=item.name, mark=phrase_text(mark))


def _definition(item: ScorecardItem, catalogue: Catalogue) -> Text | None:
    basis = catalogue.terms["basis"][item.basis] if item.basis else None
    said = phrase_text("export.basis", basis=basis) if basis else None
    nature = strung(said, _polarity(item.polarity))
    return stacked(item.definition, _formula(item), capital(nature) if nature else None)


def _formula(item: ScorecardItem) -> Text | None:
    if not (item.formula and item.formula.strip()):
        return None
    words = Text(zh=formula_in_words(item, "zh"), en=formula_in_words(item, "en"))
    return phrase_text("export.formula", formula=words)


def _polarity(polarity: Polarity | None) -> Text | None:
    if polarity is Polarity.LOWER:
        return phrase_text("export.lower")
    return phrase_text("export.range") if polarity is Polarity.RANGE else None


def _tier(value: float | None, percent: bool) -> Cell:
    return phrase_text("export.to_be_set") if value is None else number(value, percent=percent)


def _raters(raters: tuple[RaterShare, ...], parties: dict[str, Text]) -> Text | None:
    if len(raters) == 1 and raters[0].share == 100:
        return capital(parties[raters[0].rater])
    return together(
        *(
            phrase_text("export.rater_share", rater=capital(parties[one.rater]), share=Number(one.share))
            for one in raters
        )
    )


def _most(item: ScorecardItem) -> int | None:
    if item.scoring is None:
        return USUAL_CAP
    return None if item.scoring.cap is None else max(USUAL_CAP, item.scoring.cap)
