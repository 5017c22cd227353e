"""Titles in a message, and which of them is the position it is about."""

import re

from assistant.language.offline.lexicon import Hit

# Titles that stand for whoever sells.
GENERIC = frozenset({"rep", "reps", "seller", "sellers"})
# Before the title of whoever speaks: 我是公司的, "as the", "my boss, the".
_SPEAKER = re.compile(
    r"(?:\bi'm|\bi am|\bas)\s+(?:the|a|an|our|your)?\s*(?:new\s+)?$"
    r"|我是(?:公司的?|这边的?|新来的)?$|本人是?$|作为$"
    r"|\b(?:his|her|their|my) (?:boss|manager),? (?:the|a)\s*$"
)
# Before a title that a card is for: "the same card for our".
_FOR = re.compile(r"\b(?:same|one|card|scorecard|another|too|also|draft|now)\b.{0,14}\bfor\b.{0,10}$")


def particular(text: str, titles: list[Hit], revising: bool) -> list[Hit]:
    """Leave out who speaks, and "reps" where a card or another title says which position is meant."""
    others = [hit for hit in titles if not _SPEAKER.search(text[: hit.start])] or titles
    named = [hit for hit in others if hit.words not in GENERIC]
    asked = [hit for hit in others if _FOR.search(text[: hit.start])] if revising else others
    return named or asked
