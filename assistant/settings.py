"""The one settings object: environment variables with the prefix ``SCORECRAFT_``."""

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import BadInput
from knowledge.models import Language


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SCORECRAFT_", frozen=True, extra="ignore")

    lang: Language | None = None
    """Language of help and messages; otherwise the locale decides."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that draft scorecards from a file of briefs."""


def load() -> Settings:
    """Read the settings; ``BadInput`` names the variable that holds an unusable value."""
    try:
        return Settings()
    except ValidationError as error:
        flaw = error.errors(include_url=False)[0]
        name = "SCORECRAFT_" + "_".join(map(str, flaw["loc"])).upper()
        raise BadInput("error.setting", name=name, problem=flaw["msg"]) from error
