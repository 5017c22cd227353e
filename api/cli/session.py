"""What one run of the command line knows before any command begins."""

from dataclasses import dataclass

import typer

from assistant.advisor import Advisor, from_settings
from assistant.settings import Settings
from knowledge.models import Language


@dataclass(frozen=True)
class Session:
    """The reader's language, whether someone chose it, and the settings."""

    language: Language
    told: bool
    settings: Settings

    def advisor(self, profile: str | None = None) -> Advisor:
        """Return the advisor, with a company's rule set where ``profile`` names one."""
        return from_settings(profile)


def session(context: typer.Context) -> Session:
    """Return the session that the entry point put into the context."""
    found = context.find_object(Session)
    if found is None:
        raise AssertionError("the command line was not started by build()")
    return found
