"""What was not chosen, and why: offered as monitor-only."""

from collections import Counter

from assistant.models import Considered
from assistant.recommender.candidates import Candidate
from assistant.recommender.draft import Choice
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Text
from knowledge.terms import BusinessModel

# As many as a reader goes through.
MOST = 8
PER_GROUP = 2


def considered(choice: Choice, catalogue: Catalogue) -> tuple[Considered, ...]:
    """Return what a person took off first, then the rest of the role's indicators, most valuable first."""
    wished = [_off(exclusion.indicator, exclusion.cause, catalogue) for exclusion in choice.brief.exclusions]
    rest = sorted(
        (one for id, one in choice.pool.items() if id not in choice.weights), key=lambda one: (-one.value, one.order)
    )
    outweighed = [_outweighed(one, choice, catalogue) for one in _spread(rest)]
    return (*wished, *[*outweighed, *_unfit(choice, catalogue)][:MOST])


def _spread(rest: list[Candidate]) -> list[Candidate]:
    """Keep the best few of each group, so that the list shows the width of the choice."""
    seen: Counter[str | None] = Counter()
    kept = []
    for one in rest:
        seen[one.group] += 1
        if seen[one.group] <= PER_GROUP:
            kept.append(one)
    return kept


def why_not(id: str, choice: Choice, catalogue: Catalogue) -> Considered | None:
    """Return why one indicator is not on the card, or ``None`` where it is."""
    if id in choice.weights:
        return None
    for exclusion in choice.brief.exclusions:
        if exclusion.indicator == id:
            return _off(id, exclusion.cause, catalogue)
    if id in choice.pool:
        return _outweighed(choice.pool[id], choice, catalogue)
    profile, indicator = catalogue.profiles[choice.brief.profile], catalogue.indicators[id]
    if profile.ban_on(id, indicator.name):
        return Considered(indicator=id, name=indicator.name, cause="banned", reason=_reason("banned"))
    found = next((one for one in _unfit(choice, catalogue) if one.indicator == id), None)
    return found or _beyond(id, choice, catalogue)


def _off(id: str, cause: str, catalogue: Catalogue) -> Considered:
    key = "excluded" if cause == "unwanted" else "no_data"
    reason = phrase_text(f"considered.{key}")
    return Considered(indicator=id, name=catalogue.indicators[id].name, cause=key, reason=reason)


def _outweighed(one: Candidate, choice: Choice, catalogue: Catalogue) -> Considered:
    chosen = {id: choice.pool[id] for id in choice.weights}
    kin = next((id for id, other in chosen.items() if other.indicator.family == one.indicator.family), None)
    same = [id for id, other in chosen.items() if other.group == one.group]
    instead = kin or max(same, key=choice.weights.__getitem__, default=None)
    cause = "same_family" if kin else "outweighed"
    key = cause if instead else "no_room"
    name = catalogue.indicators[instead].name if instead else None
    return Considered(
        indicator=one.id, name=one.indicator.name, cause=cause, reason=_reason(key, name), instead=instead
    )


def _unfit(choice: Choice, catalogue: Catalogue) -> list[Considered]:
    """Return what the role names but a draft does not use: bare counts."""
    role = catalogue.roles[choice.brief.role]
    ids = [item.indicator for group in role.groups for item in group.items if item.indicator not in choice.pool]
    off = {exclusion.indicator for exclusion in choice.brief.exclusions}
    found = [catalogue.indicators[id] for id in ids if id not in off and catalogue.indicators[id].vanity]
    return [Considered(indicator=one.id, name=one.name, cause="vanity", reason=_reason("vanity")) for one in found]


def _beyond(id: str, choice: Choice, catalogue: Catalogue) -> Considered:
    """Return why an indicator that was never in the choice is not on the card."""
    indicator = catalogue.indicators[id]
    model = choice.brief.context.business_model or BusinessModel.GENERAL
    if indicator.business_models and model not in indicator.business_models:
        return Considered(indicator=id, name=indicator.name, cause="other_business", reason=_reason("other_business"))
    groups = {item.indicator: group.id for group in catalogue.roles[choice.brief.role].groups for item in group.items}
    same = [other for other in choice.weights if choice.pool[other].group == groups.get(id, "")]
    instead = max(same, key=choice.weights.__getitem__, default=None)
    if instead is not None:
        reason = _reason("outweighed", catalogue.indicators[instead].name)
        return Considered(indicator=id, name=indicator.name, cause="outweighed", reason=reason, instead=instead)
    reason = _reason("no_room" if id in groups else "not_this_role")
    return Considered(indicator=id, name=indicator.name, cause="outweighed", reason=reason)


def _reason(key: str, instead: Text | None = None) -> Text:
    return phrase_text(f"considered.{key}", **({"instead": instead} if instead else {}))
