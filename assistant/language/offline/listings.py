"""Questions what there is: "which roles do you support?", 有哪些指标."""

from assistant.actions import Action, Listing
from assistant.language.offline.utterance import Utterance

LISTS = ("roles", "indicators", "themes", "profiles", "rules", "versions")
_GOING_ON = 40
"""Characters of a message that goes on with lists: "and themes?"."""
# Words that may ask about anything, and about what is known only beside a word of the house.
_WHICH = frozenset({"what", "which", "有什么", "有哪些"})
_OF_THE_HOUSE = (
    "支持", "你", "可以选", "能选", "可选", "系统", "库", "到现在", "现在有",
    "you", "available", "support", "choose from", "pick", "so far", "do i have",
)  # fmt: skip


def listed(said: Utterance) -> Action | None:
    """Take a message that asks what is known."""
    asked = next((what for what in LISTS if f"list_{what}" in said.hits), None)
    known = said.hits.get("list_known", [])
    goes_on = said.last == "list"
    if asked is None or not (known or goes_on) or "alternatives" in said.reading.commands:
        return None
    if said.reading.wanted or said.reading.themes:
        return None
    if goes_on and len(said.message) < _GOING_ON:
        return Listing.model_validate({"what": asked})
    if len(known) == 1 and known[0].words in _WHICH and not _of_the_house(said.message):
        return None
    return Listing.model_validate({"what": asked, "role": said.role})


def _of_the_house(message: str) -> bool:
    """Tell whether a question with nothing but "which" asks what is known here."""
    return any(word in message.lower() for word in _OF_THE_HOUSE)
