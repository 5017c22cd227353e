"""S: whether a card follows the stated strategy."""

from collections.abc import Iterator
from itertools import combinations

from assistant.models import Fix
from assistant.recommender.candidates import influences
from assistant.rules.engine import Case, Flaw, rule
from knowledge.models import StrategyTheme

MANY_THEMES = 3
# A priority that pulls an indicator down this clearly does not want it heavy.
PULLS_AGAINST = -0.3
HEAVY = 20


@rule("S001")
def none_read(case: Case) -> Iterator[Flaw]:
    if not case.card.themes and not case.card.context.stage:
        yield Flaw()


@rule("S002")
def opposed(case: Case) -> Iterator[Flaw]:
    for first, second in combinations(case.themes, 2):
        if second.id in first.opposes:
            yield Flaw(values={"first": first.name, "second": second.name})


@rule("S003")
def no_leading_kpi(case: Case) -> Iterator[Flaw]:
    reach = case.reach
    for theme in case.themes:
        raised = {id for id, strength in theme.emphases.items() if strength > 0} & reach
        if influences(theme, reach) and case.ids.isdisjoint(raised):
            best = max(sorted(raised), key=theme.emphases.__getitem__)
            values = {"theme": theme.name, "indicator": case.catalogue.indicators[best].name}
            yield Flaw(fix=Fix(kind="add", indicator=best), values=values)


@rule("S004")
def without_influence(case: Case) -> Iterator[Flaw]:
    reach = case.reach
    for theme in case.themes:
        if not influences(theme, reach) and case.role:
            yield Flaw(values={"theme": theme.name, "role": case.role.name})


@rule("S005")
def diluted(case: Case) -> Iterator[Flaw]:
    if len(case.themes) > MANY_THEMES:
        yield Flaw(values={"count": len(case.themes)})


@rule("S006")
def pulls_against(case: Case) -> Iterator[Flaw]:
    if not case.profile.binds_role:
        return
    for theme in case.themes:
        for item, indicator in case.known:
            against = theme.emphases.get(indicator.id, 0.0) <= PULLS_AGAINST
            if against and item.points >= HEAVY and not _wanted_otherwise(case, theme, indicator.id):
                yield Flaw(item=item, values={"theme": theme.name, "weight": float(item.points)})


def _wanted_otherwise(case: Case, theme: StrategyTheme, id: str) -> bool:
    return any(other.emphases.get(id, 0.0) > 0 for other in case.themes if other is not theme)


STRATEGY = (none_read, opposed, no_leading_kpi, without_influence, diluted, pulls_against)
