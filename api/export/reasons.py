"""Why each line stands on the form: its reason, its weight, its risks and where its content comes from."""

from typing import Any

from api.export.form import Block
from api.export.layout import capital, stacked, together
from assistant.citation import Citation
from assistant.explanation import explain
from assistant.models import Scorecard, ScorecardItem
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Gaming, Text


def reasons(card: Scorecard, catalogue: Catalogue) -> Block:
    """Return a row a line; references have a column where any line has one."""
    cited = any(item.citations for item in card.items)
    binds = catalogue.profiles[card.profile].binds_role
    headings = ["export.indicator" if binds else "export.measure", "export.rationale", "export.parts"]
    headings += ["export.pitfalls", *(["export.citations"] if cited else []), "export.grade"]
    return Block(
        kind="reasons",
        title=phrase_text("export.reasons"),
        headings=tuple(phrase_text(key) for key in headings),
        shares=(3, 5, 5, 10, 4, 2) if cited else (3, 5, 5, 11, 2),
        rows=tuple(_row(item, card, catalogue, cited) for item in card.items),
    )


def _row(item: ScorecardItem, card: Scorecard, catalogue: Catalogue, cited: bool) -> tuple[Text | None, ...]:
    references = stacked(*(_citation(one, catalogue) for one in item.citations))
    return (
        item.name,
        item.rationale,
        _parts(item, catalogue),
        _risks(item, card, catalogue),
        *((references,) if cited else ()),
        _grade(item, catalogue),
    )


def _parts(item: ScorecardItem, catalogue: Catalogue) -> Text | None:
    if item.parts:
        return Text(zh=explain(item, catalogue, "zh"), en=explain(item, catalogue, "en"))
    return phrase_text("export.pinned", words=item.pinned) if item.pinned else None


def _risks(item: ScorecardItem, card: Scorecard, catalogue: Catalogue) -> Text | None:
    indicator = catalogue.indicators[item.indicator] if item.indicator else None
    if indicator is None:
        return None
    pitfalls = [phrase_text("export.pitfall", text=text) for text in indicator.pitfalls]
    gaming = indicator.gaming
    if gaming is None:
        return stacked(*pitfalls)
    # How the line can be gamed is left out: whoever signs the form reads it.
    return stacked(*_guards(gaming, card, catalogue), *pitfalls)


def _guards(gaming: Gaming, card: Scorecard, catalogue: Catalogue) -> list[Text]:
    """Say what keeps the line honest here; where nothing does, what could."""
    condition = phrase_text("export.counts_when", condition=gaming.counts_when) if gaming.counts_when else None
    here = [guard for guard in gaming.guards if guard in _standing(card)]
    shown, key = (here, "export.guarded") if here or condition else (gaming.guards, "export.guards_missing")
    names = together(*(catalogue.indicators[guard].name for guard in shown))
    said = [phrase_text(key, guards=names) if names else None, condition]
    return [text for text in said if text]


def _standing(card: Scorecard) -> set[str]:
    placed = [item.indicator for item in card.items] + [veto.indicator for veto in card.vetoes]
    placed += [monitor.indicator for monitor in card.monitors]
    return {id for id in placed if id}


def _citation(one: Citation, catalogue: Catalogue) -> Text | None:
    """Say where a passage stands: our own guidance with its evidence grade, a company's document by its name."""
    values: dict[str, Any] = {"title": one.title, "source": one.source}
    if one.grade is not None:
        values["source"] = phrase_text("export.our_guidance", grade=catalogue.terms["grade"][one.grade])
    if one.section:
        place = phrase_text("export.citation_section", section=one.section, **values)
    else:
        place = phrase_text("export.citation", **values)
    return stacked(place, phrase_text("export.excerpt", text=one.excerpt) if one.excerpt else None)


def _grade(item: ScorecardItem, catalogue: Catalogue) -> Text:
    if item.indicator is None:
        return phrase_text("export.own_line")
    return capital(catalogue.terms["grade"][catalogue.indicators[item.indicator].grade])
