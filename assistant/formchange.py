"""Changes that a person asks for on a form in the chat: another weight for a line, or the line gone."""

import re
from dataclasses import dataclass

from assistant.models import Scorecard
from assistant.scoring.lines import Lines
from knowledge.models import Catalogue

_WEIGHT = re.compile(
    r"^(?:请|帮我|把|将|please|make|set|put|change|raise|lower|reduce|increase|cut)*\s*(?P<name>\D.*?)\s*(?:的?权重)?\s*"
    r"(?:改成|改为|改到|调成|调为|调到|提高到|提到|降到|降为|降低到|设为|设成|定为|to|at|=|：|:|\s)\s*(?P<weight>\d{1,3})\s*[%％]?\s*[。.]?$",
    re.IGNORECASE,
)
_DROP = re.compile(
    r"^(?:请|帮我)?(?:把|将)?\s*(?:去掉|删掉|删除|不要|拿掉|drop|remove|delete|take off)\s*(?P<name>.+?)\s*[。.]?$"
    r"|^(?:把|将)\s*(?P<after>.+?)\s*(?:去掉|删掉|删除|拿掉)\s*[。.]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A line by its name, and the weight it is to have; ``None`` takes it off."""

    name: str
    weight: int | None


def change_in(message: str) -> Change | None:
    """Return the change that a message asks for, ``None`` where it asks for none."""
    said = message.strip()
    if match := _DROP.match(said):
        return Change((match["name"] or match["after"]).strip(), None)
    match = _WEIGHT.match(said)
    if match is None or not 1 <= int(match["weight"]) <= 100:
        return None
    return Change(match["name"].strip(" ，,"), int(match["weight"]))


def changed(card: Scorecard, change: Change, catalogue: Catalogue, words: str) -> Scorecard:
    """Return a card with one change; ``BadInput`` where no line, or more than one, has that name."""
    place = Lines(card, catalogue).place(change.name)
    items = list(card.items)
    if place >= len(items):
        return card
    if change.weight is None:
        del items[place]
    else:
        items[place] = items[place].model_copy(update={"weight": change.weight, "stated_weight": None, "pinned": words})
    return card.model_copy(update={"items": tuple(items)})
