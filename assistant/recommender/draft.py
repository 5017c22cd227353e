"""The choice of items and weights for a brief: the neutral card first, then the move that the priorities ask for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.models import Brief
from assistant.recommender.candidates import Candidate, Shift, candidates, group_weights, shifts
from assistant.recommender.conflicts import explain_conflict
from assistant.recommender.limits import limits
from assistant.recommender.nearest import nearest
from assistant.recommender.program import Move, Task, Weights, best
from assistant.recommender.wishes import wishes
from knowledge.models import Catalogue, RuleProfile, Stance

# Worth of raising a KPI that a priority leads with, in the units of value, at full strength.
LEAD_BONUS = 8.0
NEUTRAL_CARDS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen weights by indicator, and all that decided them."""

    brief: Brief
    weights: Weights
    neutral: Weights
    pool: dict[str, Candidate]
    shifts: tuple[Shift, ...]


class Recommender:
    """Chooses items and weights; remembers neutral cards, which many briefs share."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._neutral = lru_cache(NEUTRAL_CARDS_KEPT)(self._choose_neutral)

    def choose(self, brief: Brief, stance: Stance | None = None) -> Choice:
        """Return the best card for a brief; ``WishConflict`` where its wishes cannot be met together."""
        still = brief.context.model_copy(update={"stage": None})
        neutral = self._neutral(brief.model_copy(update={"themes": (), "context": still}))
        moved = shifts(brief, self.catalogue, stance)
        if not moved:
            return replace(neutral, brief=brief)
        pool = candidates(brief, self.catalogue, moved, neutral.weights)
        weights = self._solve(brief, pool, moved, self._move(brief, neutral.weights, moved))
        return Choice(brief, weights, neutral.weights, {one.id: one for one in pool}, tuple(moved))

    def _choose_neutral(self, brief: Brief) -> Choice:
        pool = candidates(brief, self.catalogue, [], ())
        weights = self._solve(brief, pool, (), None)
        return Choice(brief, weights, weights, {one.id: one for one in pool}, ())

    def _move(self, brief: Brief, neutral: Weights, moved: list[Shift]) -> Move:
        profile = self.catalogue.profiles[brief.profile]
        low, high = profile.move_one
        emphasised = {id for shift in moved for id, strength in shift.emphasis.emphases.items() if strength > 0}
        return Move(neutral, frozenset(emphasised), low, high if len(moved) == 1 else profile.move_more)

    def revise(self, current: Weights, brief: Brief) -> Choice:
        """Return the card nearest to the current one that meets the brief's wishes."""
        moved = shifts(brief, self.catalogue)
        neutral = self.choose(brief.model_copy(update={"pins": (), "count": None, "exclusions": ()})).neutral
        off = {exclusion.indicator for exclusion in brief.exclusions}
        pool = candidates(brief, self.catalogue, moved, current.keys() - off)
        task = self._task(brief, pool, moved, None)
        weights = nearest(task, current)
        if weights is None:
            raise explain_conflict(replace(task, strict=False))
        return Choice(brief, weights, neutral, {one.id: one for one in pool}, tuple(moved))

    def _task(self, brief: Brief, pool: list[Candidate], moved: Sequence[Shift], move: Move | None) -> Task:
        profile = self.catalogue.profiles[brief.profile]
        wished = wishes(brief, self.catalogue, frozenset(one.id for one in pool))
        weighed = group_weights(self.catalogue.roles[brief.role], brief.context)
        return Task(
            brief,
            profile,
            pool,
            limits(brief, self.catalogue, pool, moved),
            {group: float(value.weight) for group, value in weighed.items()},
            wished,
            move,
            room=not wished,
        )

    def _solve(self, brief: Brief, pool: list[Candidate], moved: Sequence[Shift], move: Move | None) -> Weights:
        task, neutral = self._task(brief, pool, moved, move), move.neutral if move else {}

        def lead_bonus(candidate: Candidate, weight: int) -> float:
            before = neutral.get(candidate.id, 0)
            # Gaining weight earns it; what stands on the neutral card loses it by leaving.
            return LEAD_BONUS * candidate.lead * ((weight > before) + (0 < before <= weight))

        preferred = _preferred(brief, task.profile)
        for attempt in (task, replace(task, room=False), replace(task, room=False, strict=False)):
            weights = best(attempt, preferred, lead_bonus)
            if weights is not None:
                return weights
        raise explain_conflict(replace(task, strict=False))


def _preferred(brief: Brief, profile: RuleProfile) -> int:
    """Return the profile's preferred number of items, or the wished number nearest to it."""
    if brief.count is None:
        return profile.preferred_count
    return min(max(profile.preferred_count, brief.count.at_least), brief.count.at_most)
