"""The words Scorecraft says, in both languages."""

from prompts.phrases import UnknownPhrase, phrase

__all__ = ["UnknownPhrase", "phrase"]
