"""What a line is, as far as its own words tell: on a company's form the wording is all there is to go by."""

from assistant.models import ScorecardItem
from assistant.rules.engine import Case
from knowledge.models import Indicator
from knowledge.terms import Level, Nature
from knowledge.words import folded, word_in

# Own lines about speed are gamed as this indicator is: quick and wrong scores full marks.
LIKE_SPEED = "first_response"


def own_names(case: Case, item: ScorecardItem) -> tuple[str, ...]:
    """Return the names of a line that are the company's own, none where the catalogue's own name stands there."""
    indicator = case.catalogue.indicators.get(item.indicator or "")
    usual = {folded(indicator.name.zh), folded(indicator.name.en)} if indicator else set()
    return tuple(name for name in dict.fromkeys((item.name.zh, item.name.en)) if folded(name) not in usual)


def says(case: Case, item: ScorecardItem, words: str) -> str | None:
    """Return the word of a list that stands in a line's own name."""
    return said(case, own_names(case, item), words)


def said(case: Case, texts: tuple[str, ...], words: str) -> str | None:
    """Return the word of a list that stands in some texts."""
    listed = case.catalogue.word_lists[words].words.all()
    return next((word for text in texts if (word := word_in(text, listed))), None)


def bare_count(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a line counts activity or output: by its mark, or by a name of its own that no quality qualifies."""
    return item.vanity or bool(says(case, item, "vanity_counts") and not says(case, item, "qualified"))


def subjective(case: Case, item: ScorecardItem) -> bool:
    """Tell whether a line rests on someone's opinion: by its mark, or by a name of its own that nothing measures."""
    return item.subjective or bool(says(case, item, "subjective") and not says(case, item, "measurable"))


def nature(case: Case, item: ScorecardItem) -> Nature | None:
    """Return whether a line is a result or a process; ``None`` where neither the form nor its words tell."""
    meant = {indicator.nature for indicator in case.meant(item)}
    if item.nature is not None or len(meant) == 1:
        return item.nature or meant.pop()
    if bare_count(case, item) or subjective(case, item) or says(case, item, "speed"):
        return Nature.PROCESS
    return Nature.RESULT if says(case, item, "results") else None


def level(case: Case, item: ScorecardItem) -> Level | None:
    """Return the level of a line's data: its own name may lift it to the company."""
    indicator = case.catalogue.indicators.get(item.indicator or "")
    usual = item.level or (indicator.level if indicator else None)
    return Level.COMPANY if says(case, item, "company_level") else usual


def gamed_as(case: Case, item: ScorecardItem) -> tuple[Indicator, ...]:
    """Return the indicators whose tricks a line invites: one of them guarded is enough."""
    meant = case.meant(item)
    if len(meant) != 1 and says(case, item, "speed") and not says(case, item, "qualified"):
        return (case.catalogue.indicators[LIKE_SPEED], *meant)
    areas = {indicator.gaming.area if indicator.gaming else None for indicator in meant}
    return meant if len(areas) == 1 else ()
