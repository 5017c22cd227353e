"""What actions are about: the indicators, positions and priorities they name, for messages that refer back."""

from collections.abc import Collection, Iterator, Sequence

from assistant.actions import Action, Define, Explain, Said
from assistant.advisor import Advisor

About = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def meant(actions: Sequence[Action], advisor: Advisor, weights: Collection[str] = ()) -> About:
    """Return the ids of the indicators, positions and priorities that actions name; ``weights`` are on the card."""
    indicators = [id for action in actions for id in _indicators(action, advisor, weights)]
    roles = [id for action in actions for id in _roles(action, advisor)]
    themes = [theme for action in actions for theme in getattr(action, "themes", ())]
    return tuple(dict.fromkeys(indicators)), tuple(dict.fromkeys(roles)), tuple(dict.fromkeys(themes))


def _indicators(action: Action, advisor: Advisor, weights: Collection[str]) -> Iterator[str]:
    named: tuple[str, ...] = ()
    if isinstance(action, Said):
        named = tuple(wish.indicator for wish in action.wishes)
    elif isinstance(action, Explain | Define):
        named = action.indicators
    for name in named:
        choices = advisor.reader.indicators.meaning(name).choices
        # An open word means the line that it was taken for.
        yield from tuple(id for id in choices if id in weights) or choices or _sure(advisor, name)


def _sure(advisor: Advisor, name: str) -> tuple[str, ...]:
    id = advisor.reader.indicators.meaning(name).id
    return (id,) if id else ()


def _roles(action: Action, advisor: Advisor) -> Iterator[str]:
    names = getattr(action, "roles", None) or (getattr(action, "role", None),)
    for name in filter(None, names):
        if (id := advisor.reader.roles.meaning(name).id) is not None:
            yield id
