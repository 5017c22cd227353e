"""What a model's prose is held to before a sentence of it is shown: the facts of the turn, and nothing else."""

from assistant.language.guards.checks import Guard
from assistant.language.guards.facts import Facts, facts
from assistant.language.guards.release import released

__all__ = ["Facts", "Guard", "facts", "released"]
