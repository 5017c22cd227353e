"""The one settings object: environment variables with the prefix ``SCORECRAFT_``."""

import ipaddress
import os
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator

from assistant.errors import BadInput
from knowledge.models import Frozen, Language

PREFIX = "SCORECRAFT_"


class Settings(Frozen):
    lang: Language | None = None
    """Language of help and messages; otherwise the locale decides."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that draft scorecards from a file of briefs."""
    data_dir: Path | None = None
    """Folder for the index and what else is kept; otherwise the user's data directory."""
    chroma_url: str | None = None
    """A Chroma server; otherwise the index is a folder under ``data_dir``."""
    prefer_company: bool = False
    """Whether the company's own documents go before our guidance where both answer."""
    embeddings_model: str | None = None
    """A model of an OpenAI-compatible server; otherwise the one inside the package."""
    embeddings_base_url: str | None = None
    embeddings_api_key: SecretStr | None = None
    embeddings_dimensions: int | None = Field(default=None, ge=1, le=8192)

    @field_validator("chroma_url")
    @classmethod
    def _no_path(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).path not in {"", "/"}:
            raise ValueError("holds a path; a Chroma server is reached by its host and port alone")
        return url

    @field_validator("chroma_url", "embeddings_base_url")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url is not None:
            _parts(url)
        return url

    @model_validator(mode="after")
    def _no_key_in_the_clear(self) -> Self:
        """Refuse to send a key, or documents, to another machine without encryption."""
        for url in (self.chroma_url, self.embeddings_base_url):
            if url is not None and urlsplit(url).scheme == "http" and not _near(urlsplit(url).hostname or ""):
                raise ValueError(f"{url} is not encrypted: use https, or an address of your own network")
        return self

    @model_validator(mode="after")
    def _a_model_for_its_server(self) -> Self:
        """Refuse a server nobody asked a model of: it would be passed over in silence."""
        if self.embeddings_model is None and (self.embeddings_base_url or self.embeddings_api_key):
            raise ValueError(f"{PREFIX}EMBEDDINGS_MODEL is missing: say which model of the server to use")
        return self

    @property
    def home(self) -> Path:
        """The folder for what is kept."""
        if self.data_dir is not None:
            return self.data_dir.expanduser()
        from platformdirs import user_data_path

        return user_data_path("scorecraft", appauthor=False)

    @property
    def embeddings_host(self) -> str:
        """Where texts go to be embedded, without anything secret."""
        return urlsplit(self.embeddings_base_url or "https://api.openai.com").hostname or ""


def _parts(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("is no address such as https://host:8000")
    if parts.username or parts.password:
        raise ValueError("holds a name or password; those do not belong in an address")


def _near(host: str) -> bool:
    """Tell whether a host is this machine or one of its own network: a bare name, or a private address."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))


def load() -> Settings:
    """Read the settings; ``BadInput`` names the variable that holds an unusable value."""
    if not any(name.upper().startswith(PREFIX) for name in os.environ):
        return Settings()
    try:
        return _read()
    except ValidationError as error:
        flaw = error.errors(include_url=False, include_input=False)[0]
        name = PREFIX + ("_".join(map(str, flaw["loc"])).upper() or "…")
        raise BadInput("error.setting", name=name, problem=flaw["msg"]) from error


def _read() -> Settings:
    # Slow to import, and mostly there is nothing to read.
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class FromEnvironment(Settings, BaseSettings):
        model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", env_ignore_empty=True)

    return FromEnvironment()
