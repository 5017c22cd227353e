"""Whether the limits of a rule set can hold together, before any card is drafted."""

from collections.abc import Iterator
from itertools import combinations

from assistant.profiles.trouble import Found
from knowledge.models import Band, Catalogue, Mandatory, RuleProfile, Text
from knowledge.terms import Dimension


def incoherent(profile: RuleProfile, catalogue: Catalogue) -> list[Found]:
    """Return every contradiction, each with the field it stands in."""
    ranges = list(_ranges(profile))
    found = [*ranges, *_step(profile), *_bands(profile), *_moves(profile), *_dimensions(profile)]
    if not found:
        found += _reach(profile)
    found += [*_weights(profile), *_bans(profile, catalogue), *_repeated(profile, catalogue)]
    if not found:
        found += [*_room(profile, catalogue), *_crowded_dimensions(profile, catalogue)]
    return found


def steps(profile: RuleProfile) -> tuple[int, int]:
    """Return the least and the most fine weight that lie on the step."""
    low, high = profile.weight_fine
    return low + -low % profile.step, high - high % profile.step


def _ranges(profile: RuleProfile) -> Iterator[Found]:
    for name in ("count_fine", "weight_fine", "move_one"):
        low, high = getattr(profile, name)
        if low > high:
            yield (name,), "profile.order", {"low": low, "high": high}
        elif low < 1 and name != "move_one":
            yield (name,), "profile.from_one", {}
    low, high = profile.count_fine
    if low <= high and not low <= profile.preferred_count <= high:
        values = {"count": profile.preferred_count, "low": low, "high": high}
        yield ("preferred_count",), "profile.preferred", values


def _step(profile: RuleProfile) -> Iterator[Found]:
    if profile.total % profile.step:
        yield ("step",), "profile.step", {"step": profile.step, "total": profile.total}
        return
    low, high = steps(profile)
    if low > high and profile.weight_fine[0] <= profile.weight_fine[1]:
        yield ("weight_fine",), "profile.no_step", {"step": profile.step}


def _bands(profile: RuleProfile) -> Iterator[Found]:
    whole = ("count_bands", profile.count_bands, profile.count_fine, 0)
    # Weights need not be whole on a form, so bands of weights touch; those of counts leave a whole number between.
    touching = ("weight_bands", profile.weight_bands, profile.weight_fine, 1)
    for name, bands, fine, touch in (whole, touching):
        for place, band in enumerate(bands):
            if band.low > band.high:
                yield (name, place), "profile.order", {"low": int(band.low), "high": int(band.high)}
            elif _meet(band, fine[0], fine[1], touch):
                yield (name, place), "profile.band_in_fine", {"low": fine[0], "high": fine[1]}
        for (_, one), (place, other) in combinations(enumerate(bands), 2):
            if one.severity is not other.severity and _meet(one, other.low, other.high, touch):
                yield (name, place), "profile.bands_meet", {"low": int(one.low), "high": int(one.high)}


def _meet(band: Band, low: float, high: float, touch: int) -> bool:
    return max(band.low, low) + touch <= min(band.high, high)


def _moves(profile: RuleProfile) -> Iterator[Found]:
    if profile.move_more < profile.move_one[1]:
        yield ("move_more",), "profile.move_more", {"least": profile.move_one[1]}
    if profile.sales_floor + profile.collection_floor > profile.total:
        yield ("sales_floor",), "profile.floors", {"total": profile.total}


def _dimensions(profile: RuleProfile) -> Iterator[Found]:
    bands = profile.dimension_bands
    for dimension, (low, high) in bands.items():
        if low > high:
            yield ("dimension_bands", dimension), "profile.order", {"low": low, "high": high}
    least = sum(low for low, _ in bands.values())
    most = sum(bands[one][1] if one in bands else profile.total for one in Dimension)
    if not least <= profile.total <= most:
        yield ("dimension_bands",), "profile.dimension_sum", {"least": least, "most": most, "total": profile.total}


def _reach(profile: RuleProfile) -> Iterator[Found]:
    low, high = profile.count_fine
    least, most = steps(profile)
    if not any(count * least <= profile.total <= count * most for count in range(low, high + 1)):
        values = {"low": low, "high": high, "least": least, "most": most, "total": profile.total}
        yield ("count_fine",), "profile.no_sum", values


def _weights(profile: RuleProfile) -> Iterator[Found]:
    low, high = profile.weight_fine
    for place, one in enumerate(profile.mandatory):
        field = "at_least" if one.weight is None else "weight"
        if one.least > high or (one.weight is not None and one.weight < low):
            yield ("mandatory", place, field), "profile.outside_fine", {"low": low, "high": high}
        elif one.weight is not None and one.weight % profile.step:
            yield ("mandatory", place, field), "profile.off_step", {"step": profile.step}


def _bans(profile: RuleProfile, catalogue: Catalogue) -> Iterator[Found]:
    for place, one in enumerate(profile.mandatory):
        name = name_of(one, catalogue)
        if name is not None and profile.ban_on(one.indicator, name):
            yield ("mandatory", place), "profile.banned_too", {"name": name}


def _repeated(profile: RuleProfile, catalogue: Catalogue) -> Iterator[Found]:
    for (_, first), (place, one) in combinations(enumerate(profile.mandatory), 2):
        shared = not first.roles or not one.roles or not set(first.roles).isdisjoint(one.roles)
        if one.key == first.key and shared and (name := name_of(one, catalogue)):
            yield ("mandatory", place), "profile.mandatory_twice", {"name": name}


def _room(profile: RuleProfile, catalogue: Catalogue) -> Iterator[Found]:
    """Report the roles whose mandatory items leave no way to add up; those in the same plight together."""
    low, high = profile.count_fine
    least, most = steps(profile)
    for required, roles in _by_required(profile, catalogue):
        lows = [one.weight or max(least, one.least + -one.least % profile.step) for one in required]
        highs = [one.weight or most for one in required]
        more = [count - len(required) for count in range(max(low, len(required)), high + 1)]
        if any(sum(lows) + count * least <= profile.total <= sum(highs) + count * most for count in more):
            continue
        values = {"roles": roles, "count": len(required), "weight": sum(lows), "least": least, "low": low, "high": high}
        yield ("mandatory",), "profile.no_room", values


def _crowded_dimensions(profile: RuleProfile, catalogue: Catalogue) -> Iterator[Found]:
    for required, roles in _by_required(profile, catalogue):
        for dimension, (_, high) in profile.dimension_bands.items():
            weight = sum(one.least for one in required if _dimension(one, catalogue) is dimension)
            if weight > high:
                values = {"roles": roles, "weight": weight, "high": high}
                yield ("dimension_bands", dimension), "profile.crowded_dimension", values


def _by_required(profile: RuleProfile, catalogue: Catalogue) -> list[tuple[tuple[Mandatory, ...], tuple[Text, ...]]]:
    alike: dict[tuple[Mandatory, ...], list[Text]] = {}
    for id, role in catalogue.roles.items():
        if required := profile.required(id):
            alike.setdefault(required, []).append(role.name)
    return [(required, tuple(names)) for required, names in alike.items()]


def _dimension(one: Mandatory, catalogue: Catalogue) -> Dimension:
    return one.own.dimension if one.own else catalogue.indicators[one.key].dimension


def name_of(one: Mandatory, catalogue: Catalogue) -> Text | None:
    """Return the name of a mandatory item; none for one that leads nowhere."""
    if one.own is not None:
        return one.own.name
    return catalogue.indicators[one.indicator].name if one.indicator in catalogue.indicators else None
