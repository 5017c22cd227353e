"""What is no matter of cards: greetings, thanks, goodbyes, and what is asked of people and not done here."""

from assistant.actions import Action, Decline, Help, Leave, PersonCase, Thanks
from assistant.language.offline.patterns import spoken
from assistant.language.offline.people import declined, is_case, is_of_their_card, names_someone
from assistant.language.offline.utterance import Utterance

# Another person after the first: 那小李呢, "and Anna?".
_AND_WHO = spoken(r"^(?:那|还有|另外|and|what about|how about|then)\W*")
_LATELY = 2
"""Exchanges back to which "his card" is that of the person spoken of."""


def courtesy(said: Utterance) -> Action | None:
    """Take a message that is nothing but a greeting, thanks or a goodbye."""
    only = said.talk.only
    if only(said.message, "quit", "thanks") and "quit" in said.hits:
        return Leave()
    if only(said.message, "hello"):
        return Help()
    return Thanks() if only(said.message, "thanks", "hello") else None


def person(said: Utterance) -> Action | None:
    """Take a message about somebody's case, or one that asks for what is not done here."""
    if said.last == "person" and _AND_WHO.match(said.message) and names_someone(said.message):
        return PersonCase()
    if (why := declined(said.message, said.hits, asking=said.reading.asking)) is not None:
        return Decline.model_validate({"why": why})
    lately = {kind for one in said.before.recent[-_LATELY:] for kind in one.actions}
    theirs = is_of_their_card(said.message) and not {"decline", "person"}.isdisjoint(lately)
    return PersonCase() if theirs or is_case(said.message) else None


def at_least_courtesy(said: Utterance) -> Action | None:
    """Take thanks or a greeting out of a message that nothing else was read from."""
    if said.reading.drafting or said.reading.mentions:
        return None
    if "thanks" in said.hits:
        return Thanks()
    return Help() if "hello" in said.hits else None
