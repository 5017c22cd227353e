"""Why each weight is what it is: exact parts that add up to it."""

from assistant.models import Part
from assistant.recommender.candidates import Candidate, Shift
from assistant.recommender.draft import Choice


def parts(choice: Choice) -> dict[str, tuple[Part, ...]]:
    """Return, for each chosen item, the parts of its weight in tenths of a per cent; limits make up the rest.

    With S the value of all chosen items, the role gives ``100 * base / S`` and each priority
    ``100 * base * strength * emphasis / S``: sums, so that no order of priorities changes them.
    """
    chosen = {id: choice.pool[id] for id in choice.weights}
    total = sum(candidate.value for candidate in chosen.values())
    return {id: _parts(chosen[id], weight, total, choice.shifts) for id, weight in choice.weights.items()}


def _parts(candidate: Candidate, weight: int, total: float, shifts: tuple[Shift, ...]) -> tuple[Part, ...]:
    unit = 1000 * candidate.base / total
    exact: list[tuple[Part, float]] = [(Part(source="role", tenths=0), unit)]
    exact += [
        (Part(source=shift.source, id=shift.emphasis.id, tenths=0), unit * moved)
        for shift in shifts
        if (moved := shift.on(candidate.id))
    ]
    rest = 10 * weight - sum(value for _, value in exact)
    exact.append((Part(source="limits", tenths=0), rest))
    tenths = largest_remainder([value for _, value in exact], 10 * weight)
    kept = zip(exact, tenths, strict=True)
    return tuple(part.model_copy(update={"tenths": n}) for (part, _), n in kept if n or part.source == "role")


def largest_remainder(values: list[float], total: int) -> list[int]:
    """Round values so that they add up to ``total``; the largest remainders are rounded up."""
    floors = [int(value // 1) for value in values]
    by_remainder = sorted(range(len(values)), key=lambda place: floors[place] - values[place])
    for place in by_remainder[: total - sum(floors)]:
        floors[place] += 1
    return floors
