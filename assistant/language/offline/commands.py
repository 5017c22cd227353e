"""Commands of the conversation: leave, help, start over, show, compare, explain and the like."""

from assistant.actions import Action, Alternatives, Compare, Decline, Define, Explain, Help, Leave, Reset, Show
from assistant.language.offline.questions import last_asked
from assistant.language.offline.utterance import Utterance

# In this order, where a message holds several.
_PLAIN: dict[str, Action] = {
    "quit": Leave(),
    "help": Help(),
    "reset": Reset(),
    "decline": Decline(why="distribution"),
    "border": Decline(why="distribution"),
    "show": Show(),
    "alternatives": Alternatives(),
}


def commanded(said: Utterance) -> Action | None:
    """Take a message as the command it holds, the more far-reaching first."""
    commands, named = said.reading.commands, said.indicators
    if (plain := next((action for command, action in _PLAIN.items() if command in commands), None)) is not None:
        return plain
    if "compare" in commands:
        return _compared(said)
    asked = last_asked(commands)
    if named and not said.reading.roles and asked == "define":
        return Define(indicators=named)
    return Explain(indicators=named) if asked and (said.shown or named) else None


def _compared(said: Utterance) -> Action:
    """Compare what is named; without names, the two positions last spoken of."""
    roles = tuple(one.name for one in said.reading.roles)
    own = said.before.current.brief.role if said.before.current else None
    if len(roles) == 1 and own and roles[0] != own and not said.reading.themes:
        roles = (own, *roles)
    if not roles and len(said.reading.themes) < 2:
        spoken_of = [role for one in reversed(said.before.recent) for role in reversed(one.roles)]
        roles = tuple(reversed(list(dict.fromkeys(spoken_of))[:2]))
    return Compare(roles=roles, themes=said.reading.themes)
