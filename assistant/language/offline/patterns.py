"""Patterns of what people write, as alternatives that stand one kind to a line."""

import re


def either(*kinds: str) -> str:
    """Join alternatives into one expression; each of them may hold alternatives itself."""
    return "|".join(kinds)


def spoken(*kinds: str) -> re.Pattern[str]:
    """Compile alternatives to a pattern that capitals make no difference to."""
    return re.compile(either(*kinds), re.IGNORECASE)
