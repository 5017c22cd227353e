"""A company's own rule set: read from its file, checked, and used wherever a shipped one is."""

from assistant.profiles.reading import load, resolve_profile, with_profile

__all__ = ["load", "resolve_profile", "with_profile"]
