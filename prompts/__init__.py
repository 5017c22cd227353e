"""The words Scorecraft says, in both languages, and what it tells language models."""

from prompts.phrases import UnknownPhrase, phrase
from prompts.rendering import UnknownPrompt, render

__all__ = ["UnknownPhrase", "UnknownPrompt", "phrase", "render"]
