"""The one settings object: environment variables with the prefix ``SCORECRAFT_``."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator

from assistant.errors import BadInput
from assistant.principal import WORKSPACE
from knowledge.models import Frozen, Language

PREFIX = "SCORECRAFT_"
VALKEY = {"valkey", "valkeys", "redis", "rediss"}
TOKENS = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}
POSTGRES = {"postgresql", "postgres", "postgresql+psycopg"}


class Settings(Frozen):
    model_config = ConfigDict(hide_input_in_errors=True)

    lang: Language | None = None
    """Language of help and messages; otherwise the locale decides."""
    workers: int = Field(default=1, ge=1, le=64)
    """Processes that draft scorecards from a file of briefs."""
    data_dir: Path | None = None
    """Folder for the index and what else is kept; otherwise the user's data directory."""
    chroma_url: str | None = None
    """A Chroma server; otherwise the index is a folder under ``data_dir``."""
    database_url: SecretStr | None = None
    """PostgreSQL for conversations: postgresql://user:password@host/database; otherwise a file under ``data_dir``."""
    prefer_company: bool = False
    """Whether the company's own documents go before our guidance where both answer."""
    embeddings_model: str | None = None
    """A model of an OpenAI-compatible server; otherwise the one inside the package."""
    embeddings_base_url: str | None = None
    embeddings_api_key: SecretStr | None = None
    embeddings_dimensions: int | None = Field(default=None, ge=1, le=8192)

    llm_model: str | None = Field(default=None, min_length=1)
    """A chat model of an OpenAI-compatible server; otherwise everything is read and worded offline."""
    llm_base_url: str | None = None
    """Its server's address up to ``/v1``; otherwise OpenAI's own. Azure's ``?api-version=`` may stand in it."""
    llm_api_key: SecretStr | None = None
    llm_timeout: float = Field(default=30, gt=0, le=600)
    """Seconds for a whole call, retries included."""
    llm_calls: int = Field(default=4, ge=1, le=256)
    """Calls of the model at once; one more fails rather than waits."""

    api_host: str = "127.0.0.1"
    """Address to listen on; any but this machine's own needs API keys."""
    api_port: int = Field(default=8300, ge=0, le=65535)
    api_workers: int = Field(default=1, ge=1, le=64)
    """Processes of the web server; several need PostgreSQL, a Chroma server and Valkey."""
    api_threads: int | None = Field(default=None, ge=1, le=64)
    """Threads of a process that draft and check at once; otherwise the processes share the cores there are."""
    api_hosts: str = "localhost,127.0.0.1,[::1]"
    """Names by which the server is called, separated by commas; ``*.example.com`` stands for all below it."""
    api_origins: str = ""
    """Web pages elsewhere that may call the server, as https://host, separated by commas."""
    api_rate: str = "1200/minute"
    """Requests that one key may make, as the package ``limits`` writes them; without keys nothing is counted."""
    api_body: int = Field(default=2_000_000, ge=1_000, le=100_000_000)
    """Bytes of a request; documents and batches may be ten times as long."""
    api_patience: float = Field(default=30, gt=0, le=600)
    """Seconds that a client has to send a request, of which a pause may take a third."""
    valkey_url: SecretStr | None = None
    """Valkey or Redis, where several processes count requests together: valkey://user:password@host:6379."""
    turns: int = Field(default=8, ge=1, le=256)
    """Turns of conversations at once; as many again may wait, one more is told to come back."""
    slack_bot_token: SecretStr | None = None
    """Token of the Slack app's bot, xoxb-…; with it the Slack bot is on."""
    slack_signing_secret: SecretStr | None = None
    """Secret by which requests of Slack over HTTP are told from others; ``serve`` needs it."""
    slack_app_token: SecretStr | None = None
    """App-level token for Socket Mode, xapp-…; ``scorecraft slack`` needs it."""
    slack_workspace: str | None = None
    """Workspace of ours whose documents the people of the Slack workspace search; otherwise one named by its id."""
    slack_feedback: bool = True
    """Whether answers in Slack carry buttons for good and bad."""
    slack_api_url: str = "https://slack.com/api/"
    """Slack's Web API."""
    log_format: Literal["json", "text"] = "json"

    @field_validator("chroma_url")
    @classmethod
    def _no_path(cls, url: str | None) -> str | None:
        if url is not None and urlsplit(url).path not in {"", "/"}:
            raise ValueError("holds a path; a Chroma server is reached by its host and port alone")
        return url

    @field_validator("chroma_url", "embeddings_base_url", "llm_base_url", "slack_api_url")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url is not None:
            _parts(url)
        return url

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _the_right_token(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """Refuse tokens of another kind: Slack would, later, and less clearly."""
        start = TOKENS[info.field_name or ""]
        if token is not None and not token.get_secret_value().startswith(start):
            raise ValueError(f"does not start with {start}")
        return token

    @field_validator("slack_workspace")
    @classmethod
    def _a_workspace(cls, name: str | None) -> str | None:
        if name is not None and not re.fullmatch(WORKSPACE, name):
            raise ValueError("is no workspace such as local or acme: up to 63 of a-z, A-Z, 0-9, dot, dash, underscore")
        return name

    @field_validator("llm_api_key", "slack_bot_token", "slack_app_token", "slack_signing_secret")
    @classmethod
    def _a_key_that_can_be_sent(cls, key: SecretStr | None) -> SecretStr | None:
        """Refuse what no header can hold: its failure would show the key."""
        bare = key.get_secret_value().strip() if key else ""
        if not (bare.isascii() and bare.isprintable()):
            raise ValueError("holds characters that no key has")
        return SecretStr(bare) if bare else None

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _names_postgres(url.get_secret_value()):
            raise ValueError(
                "is no address of PostgreSQL such as postgresql://user:password@host:5432/database "
                "(in the password, write @ : / ? # % and [ ] as %40 %3A %2F %3F %23 %25 %5B %5D)"
            )
        return url

    @field_validator("api_rate")
    @classmethod
    def _a_rate(cls, rate: str) -> str:
        from limits import parse_many

        try:
            parse_many(rate)
        except ValueError:
            raise ValueError("is no rate such as 600/minute") from None
        return rate

    @field_validator("api_origins")
    @classmethod
    def _origins(cls, text: str) -> str:
        for origin in listed(text):
            _parts(origin)
            if urlsplit(origin).path not in {"", "/"}:
                raise ValueError(f"{origin} holds a path; an origin ends with the host or its port")
        return text

    @field_validator("api_hosts")
    @classmethod
    def _hosts(cls, text: str) -> str:
        """Refuse a star alone, under which a page elsewhere could call the server by a name of its own."""
        for host in listed(text):
            if host.strip("*.") == "" or set("*/ \t@") & set(host.removeprefix("*.")):
                raise ValueError(f"{host} is no host name such as kpi.example.com or *.example.com")
        return text

    @field_validator("valkey_url")
    @classmethod
    def _a_counter(cls, url: SecretStr | None) -> SecretStr | None:
        if url is not None and not _names_valkey(url.get_secret_value()):
            raise ValueError(
                "is no address of Valkey such as valkey://user:password@host:6379 (valkeys:// outside your own network)"
            )
        return url

    @model_validator(mode="after")
    def _no_key_in_the_clear(self) -> Self:
        """Refuse to send a key, or documents, to another machine without encryption."""
        for url in (self.chroma_url, self.embeddings_base_url, self.slack_api_url):
            if url is not None and urlsplit(url).scheme == "http" and not near(urlsplit(url).hostname or ""):
                raise ValueError(f"{url} is not encrypted: use https, or an address of your own network")
        return self

    @model_validator(mode="after")
    def _a_model_for_its_server(self) -> Self:
        """Refuse a server nobody asked a model of: it would be passed over in silence."""
        if self.embeddings_model is None and (self.embeddings_base_url or self.embeddings_api_key):
            raise ValueError(f"{PREFIX}EMBEDDINGS_MODEL is missing: say which model of the server to use")
        return self

    @model_validator(mode="after")
    def _a_chat_model_that_can_be_called(self) -> Self:
        """Refuse what would be passed over in silence, sent in the clear, or sent for nothing."""
        parts = urlsplit(self.llm_base_url or "https://api.openai.com")
        if parts.scheme == "http" and not near(parts.hostname or ""):
            raise ValueError(f"{PREFIX}LLM_BASE_URL is not encrypted: use https, or an address of your own network")
        if self.llm_model is None and (self.llm_base_url or self.llm_api_key):
            raise ValueError(f"{PREFIX}LLM_MODEL is missing: say which model of the server to use")
        if self.llm_model and not (self.llm_base_url or self.llm_api_key):
            raise ValueError(f"{PREFIX}LLM_BASE_URL or {PREFIX}LLM_API_KEY is missing: say where the model is")
        return self

    @model_validator(mode="after")
    def _a_bot_that_can_speak(self) -> Self:
        """Refuse half of what the Slack bot needs."""
        if self.slack_bot_token is None and (self.slack_signing_secret or self.slack_app_token):
            raise ValueError(f"{PREFIX}SLACK_BOT_TOKEN is missing: the Slack bot answers with it")
        return self

    @property
    def home(self) -> Path:
        """The folder for what is kept."""
        if self.data_dir is not None:
            return self.data_dir.expanduser()
        from platformdirs import user_data_path

        return user_data_path("scorecraft", appauthor=False)

    @property
    def trusted_hosts(self) -> tuple[str, ...]:
        return tuple(host.lower() for host in listed(self.api_hosts))

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        return tuple(origin.rstrip("/").lower() for origin in listed(self.api_origins))

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


def _names_postgres(url: str) -> bool:
    """Tell whether a text is a DSN; what is wrong with one is not said, since that could show its password."""
    try:
        parts = urlsplit(url)
        return parts.scheme in POSTGRES and parts.port != 0 and not parts.fragment and len(parts.path) > 1
    except ValueError:
        return False


def _names_valkey(url: str) -> bool:
    try:
        parts = urlsplit(url)
        safe = parts.scheme in {"valkeys", "rediss"} or near(parts.hostname or "")
        return parts.scheme in VALKEY and bool(parts.hostname) and parts.port != 0 and safe
    except ValueError:
        return False


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a text that commas separate."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def near(host: str) -> bool:
    """Tell whether a host is this machine or one of its own network: a bare name, or a private address."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))


def within_machine(host: str) -> bool:
    """Tell whether whoever listens on an address is reached from this machine alone: 0.0.0.0 is everybody's."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def reach(host: str) -> Literal["machine", "network", "elsewhere"]:
    """Tell how far texts go that are sent to a host."""
    try:
        address = ipaddress.ip_address(host)
        here = address.is_loopback or address.is_unspecified
    except ValueError:
        here = host == "localhost" or host.endswith(".localhost")
    if here:
        return "machine"
    return "network" if near(host) else "elsewhere"


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
