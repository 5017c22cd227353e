"""The one settings object: environment variables with the prefix ``SCORECRAFT_``."""

import os

from pydantic import Field, ValidationError

from assistant.errors import BadInput
from knowledge.models import Frozen, Language

PREFIX = "SCORECRAFT_"


class Settings(Frozen):
    lang: Language | None = None
    """Language of help and messages; otherwise the locale decides."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that draft scorecards from a file of briefs."""


def load() -> Settings:
    """Read the settings; ``BadInput`` names the variable that holds an unusable value."""
    if not any(name.upper().startswith(PREFIX) for name in os.environ):
        return Settings()
    try:
        return _read()
    except ValidationError as error:
        flaw = error.errors(include_url=False)[0]
        name = PREFIX + "_".join(map(str, flaw["loc"])).upper()
        raise BadInput("error.setting", name=name, problem=flaw["msg"]) from error


def _read() -> Settings:
    # Slow to import, and mostly there is nothing to read.
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class FromEnvironment(Settings, BaseSettings):
        model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    return FromEnvironment()
