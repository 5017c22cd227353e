"""The choice of items and weights for a brief: the neutral card first, then the move that the priorities ask for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.models import Brief
from assistant.recommender.candidates import Candidate, Shift, group_weights, reachable, shifts
from assistant.recommender.conflicts import explain_conflict
from assistant.recommender.limits import limits
from assistant.recommender.nearest import nearest
from assistant.recommender.own import usual_candidates
from assistant.recommender.program import Move, Task, Weights, Worth, best
from assistant.recommender.standing import (
    Standing,
    guest_limits,
    guests,
    preferred_count,
    shown_already,
    stay_worth,
    with_standing,
)
from assistant.recommender.wishes import wishes
from knowledge.models import Catalogue, RuleProfile, Stance

# Worth of raising a KPI that a priority leads with, in the units of value, at full strength.
LEAD_BONUS = 8.0
NEUTRAL_CARDS_KEPT = 1024


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
        neutral = self._neutral(_unmoved(brief))
        moved = shifts(brief, self.catalogue, stance)
        if not moved:
            return replace(neutral, brief=brief)
        pool = usual_candidates(brief, self.catalogue, moved, neutral.weights)
        weights = self._solve(brief, pool, moved, self._move(brief, neutral.weights, moved))
        return Choice(brief, weights, neutral.weights, {one.id: one for one in pool}, tuple(moved))

    def _choose_neutral(self, brief: Brief) -> Choice:
        pool = usual_candidates(brief, self.catalogue, [], ())
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
        unasked = brief.model_copy(update={"pins": (), "count": None, "exclusions": ()})
        neutral = self._neutral(_unmoved(unasked)).weights
        off = {exclusion.indicator for exclusion in brief.exclusions}
        pool = usual_candidates(brief, self.catalogue, moved, current.keys() - off)
        task = self._task(brief, pool, moved, None)
        weights = nearest(task, current)
        if weights is None:
            raise explain_conflict(replace(task, strict=False))
        return Choice(brief, weights, neutral, {one.id: one for one in pool}, tuple(moved))

    def reconsider(self, brief: Brief, standing: Sequence[Standing]) -> Choice:
        """Return the best card for a brief where the sound lines of a form stand beside the usual candidates."""
        neutral = _unmoved(brief)
        before = self._among(neutral, standing, (None,), {})
        moved = shifts(brief, self.catalogue)
        if not moved:
            return replace(before, brief=brief)
        move = self._move(brief, before.weights, moved)
        usual = self._neutral(neutral).weights
        shown = shown_already(before.weights, usual, move.emphasised & reachable(brief, self.catalogue))
        # What the form shows of the priorities already is not asked for, nor granted, once more.
        rest = replace(move, least=max(0, move.least - shown), most=max(0, move.most - shown))
        return self._among(brief, standing, (rest, replace(rest, most=move.most)), usual)

    def _among(
        self, brief: Brief, standing: Sequence[Standing], moves: tuple[Move | None, ...], before: Weights
    ) -> Choice:
        moved, neutral = shifts(brief, self.catalogue), moves[0].neutral if moves[0] else {}
        usual = usual_candidates(brief, self.catalogue, moved, neutral.keys() | {one.id for one in standing})
        pool = with_standing(usual, standing, moved, brief, self.catalogue)
        task = self._task(brief, pool, moved, None)
        task = replace(task, limits=[*task.limits, *guest_limits(guests(standing, usual), pool, moved, task.profile)])
        counted = preferred_count(standing, task.profile) if brief.count is None else _preferred(brief, task.profile)
        tries = [attempt for move in moves for attempt in _attempts(replace(task, move=move))]
        # Limits may be missed only where no way of moving the card keeps them all.
        tries = sorted(tries, key=lambda attempt: not attempt.strict)
        weights = self._best(tries, counted, before, stay_worth(standing))
        return Choice(brief, weights, neutral or weights, {one.id: one for one in pool}, tuple(moved))

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
            room=all(wish.by_company for wish in wished),
        )

    def _solve(self, brief: Brief, pool: list[Candidate], moved: Sequence[Shift], move: Move | None) -> Weights:
        task = self._task(brief, pool, moved, move)
        neutral = move.neutral if move else {}
        return self._best(_attempts(task), _preferred(brief, task.profile), neutral, lambda candidate, weight: 0.0)

    def _best(self, attempts: Sequence[Task], preferred: int, neutral: Weights, more: Worth) -> Weights:
        def bonus(candidate: Candidate, weight: int) -> float:
            before = neutral.get(candidate.id, 0)
            # Gaining weight earns it; what stands on the neutral card loses it by leaving.
            led = LEAD_BONUS * candidate.lead * ((weight > before) + (0 < before <= weight))
            return led + more(candidate, weight)

        for attempt in attempts:
            weights = best(attempt, preferred, bonus)
            if weights is not None:
                return weights
        raise explain_conflict(attempts[-1])


def _attempts(task: Task) -> tuple[Task, ...]:
    """Return a task as it is, without room for a priority, then with limits that may be missed."""
    return task, replace(task, room=False), replace(task, room=False, strict=False)


def _preferred(brief: Brief, profile: RuleProfile) -> int:
    """Return the profile's preferred number of items, or the wished number nearest to it."""
    if brief.count is None:
        return profile.preferred_count
    return min(max(profile.preferred_count, brief.count.at_least), brief.count.at_most)


def _unmoved(brief: Brief) -> Brief:
    """Return a brief without what moves the neutral card."""
    return brief.model_copy(update={"themes": (), "context": brief.context.model_copy(update={"stage": None})})
