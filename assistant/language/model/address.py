"""Where a model is reached, and what is particular to that place."""

from functools import cached_property
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import Field, SecretStr

from assistant.language.model.model import Where
from assistant.settings import Settings, reach
from knowledge.models import Frozen

OPENAI = "https://api.openai.com/v1"
AZURE = (".azure.com", ".azure.us", ".azure.cn", ".azure-api.net")


class Address(Frozen):
    """A base URL as people paste it, with the key for it."""

    url: str = Field(repr=False)
    key: SecretStr | None = None

    @cached_property
    def _parts(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def base(self) -> str:
        """The URL that paths are added to: without query, and without the path that is added."""
        path = self._parts.path.rstrip("/").removesuffix("/chat/completions")
        return f"{self._parts.scheme}://{self._parts.netloc}{path}"

    @property
    def query(self) -> dict[str, str]:
        """What stands behind the question mark; Azure's ``api-version`` does."""
        return dict(parse_qsl(self._parts.query))

    @property
    def host(self) -> str:
        return self._parts.hostname or ""

    @property
    def where(self) -> Where:
        return Where(host=self.host, reach=reach(self.host))

    @property
    def azure(self) -> bool:
        """Whether the key goes into a header of its own."""
        return self.host.endswith(AZURE) or "/openai/deployments/" in self._parts.path

    @property
    def limit_field(self) -> str:
        """The field that bounds an answer: OpenAI renamed it, most others only know the old name."""
        return "max_completion_tokens" if self.azure or self.host.endswith(".openai.com") else "max_tokens"


def address(settings: Settings) -> Address:
    return Address(url=settings.llm_base_url or OPENAI, key=settings.llm_api_key)
