"""What goes back to earlier turns: undoing, starting over, showing again, "once more", "the former"."""

import re

from assistant.actions import Action, Draft, Export, Help, Reset, Score, Show, Undo
from assistant.language.offline.bygone import past_in
from assistant.language.offline.cardtalk import form_language, is_of_language, target_of
from assistant.language.offline.lexicon import plain
from assistant.language.offline.patterns import spoken
from assistant.language.offline.results import says_weight
from assistant.language.offline.supposed import actuals_of
from assistant.language.offline.utterance import Utterance

_SENTENCE = re.compile(r"[.。!！;；，,]\s*")
_ONCE_MORE = spoken(
    r"再来一次|再退|再撤|再一次|还要退", r"\bonce more\b|\bagain\b|\bone more\b|\banother (?:one|step)\b"
)
_SHORT = 20
"""Characters of a message that says no more than "once more"."""
_SHOW_ONLY = frozenset({"show", "display", "card", "the card", "show card", "看表", "表", "看看", "显示"})
# Another case of a dry run: 如果完成90%呢, "and with 12?".
_IF = spoken(
    r"^\W*(?:如果|假如|要是|假设|那|那么|换成|and|what if|if|suppose|with|now with|then with|how about)",
)
_FORMER = spoken(r"前一?[种个张]|前者|第一[种个]", r"\bformer\b|\bfirst (?:one|way|option|of)\b|\bthe first\b")
_LATTER = spoken(r"后一?[种个张]|后者|第二[种个]", r"\blatter\b|\bsecond (?:one|way|option|of)\b|\bthe second\b")
_PICKING = 60
"""Characters of a message that picks one of two."""


def past(said: Utterance) -> Action | None:
    """Take a message that starts over, asks for help, or goes back to an earlier version."""
    sentences = [one for one in _SENTENCE.split(said.message) if one.strip()]
    alone = {command for one in sentences for command in said.reader.read(one, "en").commands}
    if "reset" in alone:
        return Reset()
    if "help" in alone and not (said.shown and said.reading.mentions):
        return Help()
    if "undo" in said.reading.commands or said.before.made:
        return past_in(said.message, said.before.made)
    return None


def shown_again(said: Utterance) -> Action | None:
    """Take a message that wants to see the card in hand and nothing else."""
    if is_of_language(said.message):
        if said.last == "export":
            return Export(target=target_of(said.message), language=form_language(said.message))
        return Show() if said.shown else Help()
    if not said.shown:
        return None
    if said.message.strip().lower().rstrip(".!。") in _SHOW_ONLY:
        return Show()
    reading = said.reading
    more = reading.wanted or reading.roles or reading.themes or said.commands
    return Show() if "show_again" in said.hits and not more else None


def once_more(said: Utterance) -> Action | None:
    """Take "once more", "the former" or a dry run's "and with 12?" as about what was asked last."""
    supposed = said.last == "score" and said.reading.mentions and not says_weight(said.message)
    if supposed and _IF.match(said.message) and (told := actuals_of(said.text)):
        return Score(actuals=told)
    if said.last == "compare" and (picked := _picked(said)) is not None:
        return picked
    if said.last == "undo" and _ONCE_MORE.search(said.message) and len(said.message) < _SHORT:
        return Undo()
    return None


def _picked(said: Utterance) -> Action | None:
    """Take "the former" after a comparison as the priority or the position that stood there."""
    place = 0 if _FORMER.search(said.message) else 1 if _LATTER.search(said.message) else None
    named = said.reader.indicators.lexicon.find(plain(said.message))
    if place is None or len(said.message) > _PICKING or named:
        return None
    compared = said.before.recent[-1]
    if len(compared.themes) == 2:
        role = next((one.roles[-1] for one in reversed(said.before.recent) if one.roles), None)
        return Draft(role=role, themes=(compared.themes[place],))
    return Draft(role=compared.roles[place]) if len(compared.roles) == 2 else None
