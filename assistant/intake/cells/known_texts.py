"""Texts that Scorecraft knows in both languages, found again by either."""

from collections.abc import Iterator

from assistant.intake.cells.bilingual import both, halves
from assistant.intake.form import Layout
from assistant.recommender.card import target_method
from assistant.recommender.guards import trigger
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Indicator, Text
from knowledge.words import folded

LAYOUTS: tuple[Layout | None, ...] = (None, "zh", "en", "both")


class KnownTexts:
    """Every text of the catalogue that a form can hold, by its words in one language or in both."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._known: dict[tuple[Layout | None, str], list[Text]] = {}
        for text in dict.fromkeys(_texts(catalogue)):
            for layout in LAYOUTS:
                for said in sayings(text, layout):
                    self._known.setdefault((layout, said), []).append(text)

    def text(self, cell: str, layout: Layout | None = None, usual: Text | None = None) -> Text | None:
        """Return a cell's words in both languages: a known text, else what the cell says; ``usual`` goes first."""
        cell = cell.strip()
        if not cell:
            return None
        said = folded(cell)
        if usual is not None and said in sayings(usual, layout):
            return usual
        found = self._known.get((layout, said), [])
        if len(found) == 1:
            return found[0]
        zh, en = halves(cell) if layout == "both" else (cell, cell)
        return Text(zh=zh, en=en)


def sayings(text: Text, layout: Layout | None) -> set[str]:
    """Return how a text can stand in a cell: of a form of ours in its language, of any other in either."""
    if layout is None:
        return {folded(text.zh), folded(text.en)}
    return {folded(both(text) if layout == "both" else text.say(layout))}


def _texts(catalogue: Catalogue) -> Iterator[Text]:
    for one in catalogue.indicators.values():
        yield from _of_indicator(one)
    for own in own_lines(catalogue):
        yield from own
    yield phrase_text("monitor.process")


def _of_indicator(one: Indicator) -> Iterator[Text]:
    yield from (one.name, one.definition, one.data_source, trigger(one), target_method(one))
    for parameter in one.parameters:
        yield from (parameter.name, parameter.default)


def own_lines(catalogue: Catalogue) -> Iterator[tuple[Text, Text, Text]]:
    """Return name, definition and data source of the lines that companies put on their cards."""
    for profile in catalogue.profiles.values():
        for one in profile.mandatory:
            if one.own is not None:
                yield one.own.name, one.own.definition, one.own.data_source
