"""Which models can be configured, where their texts go, and what an endpoint is asked for."""

import subprocess
import sys

import pytest
from pydantic import SecretStr

from assistant import settings
from assistant.errors import BadInput, Cause, ModelUnavailable
from assistant.language.model import Remembered, from_settings
from assistant.language.model.address import Address, address
from assistant.language.model.ladder import Habits
from assistant.language.model.trouble import Trouble
from assistant.settings import Settings
from prompts.phrases import phrases

REFUSED = [
    pytest.param({"LLM_BASE_URL": "https://models.example.com/v1"}, "LLM_MODEL is missing", id="no model"),
    pytest.param({"LLM_API_KEY": "sk-secret"}, "LLM_MODEL is missing", id="a key alone"),
    pytest.param({"LLM_MODEL": "m"}, "LLM_BASE_URL or SCORECRAFT_LLM_API_KEY is missing", id="no place"),
    pytest.param(
        {"LLM_MODEL": "m", "LLM_BASE_URL": "http://models.example.com/v1?k=secret"}, "https", id="in the clear"
    ),
    pytest.param({"LLM_MODEL": "m", "LLM_BASE_URL": "https://me:secret@models.example.com"}, "password", id="password"),
    pytest.param({"LLM_MODEL": "m", "LLM_BASE_URL": "localhost:11434"}, "address", id="no address"),
    pytest.param({"LLM_MODEL": "m", "LLM_API_KEY": "sk-secret密钥"}, "LLM_API_KEY", id="no key"),
    pytest.param({"LLM_MODEL": "m", "LLM_API_KEY": "k", "LLM_TIMEOUT": "0"}, "LLM_TIMEOUT", id="no time"),
    pytest.param({"LLM_MODEL": "m", "LLM_API_KEY": "k", "LLM_CALLS": "0"}, "LLM_CALLS", id="no calls"),
]
PLACES = [
    (None, "api.openai.com", "elsewhere", "https://api.openai.com/v1"),
    ("http://localhost:11434/v1/", "localhost", "machine", "http://localhost:11434/v1"),
    ("http://[::1]:8080/v1", "::1", "machine", "http://[::1]:8080/v1"),
    ("http://10.0.0.7:8000/v1", "10.0.0.7", "network", "http://10.0.0.7:8000/v1"),
    ("http://ollama:11434/v1", "ollama", "network", "http://ollama:11434/v1"),
    ("https://api.deepseek.com/chat/completions", "api.deepseek.com", "elsewhere", "https://api.deepseek.com"),
]
AZURE = "https://firm.openai.azure.com/openai"


def configured(url: str | None) -> Settings:
    return Settings(llm_model="m", llm_base_url=url, llm_api_key=SecretStr("sk-secret"))


@pytest.mark.parametrize(("values", "said"), REFUSED)
def test_refused(values: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(settings.PREFIX + name, value)
    with pytest.raises(BadInput, match=said) as refused:
        settings.load()
    assert "secret" not in refused.value.say("en") + refused.value.say("zh")


def test_without_a_model_there_is_none() -> None:
    assert from_settings(Settings()) is None


@pytest.mark.parametrize(("url", "host", "reach", "base"), PLACES)
def test_where_texts_go(url: str | None, host: str, reach: str, base: str) -> None:
    model = from_settings(configured(url))
    assert model is not None
    assert (model.name, model.where.host, model.where.reach) == ("m", host, reach)
    assert host in model.where.say("zh")
    assert host in model.where.say("en")
    assert address(configured(url)).base == base


@pytest.mark.parametrize(
    ("url", "base", "query"),
    [
        (f"{AZURE}/v1/", f"{AZURE}/v1", {}),
        (f"{AZURE}/v1/?api-version=preview", f"{AZURE}/v1", {"api-version": "preview"}),
        (
            f"{AZURE}/deployments/gpt/chat/completions?api-version=2024-10-21",
            f"{AZURE}/deployments/gpt",
            {"api-version": "2024-10-21"},
        ),
    ],
)
def test_the_two_kinds_of_azure_address(url: str, base: str, query: dict[str, str]) -> None:
    place = Address(url=url)
    assert (place.base, place.query, place.azure) == (base, query, True)


def test_nothing_secret_is_shown() -> None:
    model = from_settings(configured("https://models.example.com/v1?token=sk-secret"))
    place = address(configured("https://models.example.com/v1?token=sk-secret"))
    assert "sk-secret" not in f"{model!r} {place!r} {place} {place.base}"


@pytest.mark.parametrize(
    "cause", [key.removeprefix("model.") for key in phrases() if key.count(".") == 1 and key.startswith("model.")]
)
def test_every_cause_is_one_sentence(cause: Cause) -> None:
    if cause in {"this_machine", "own_network", "elsewhere"}:
        return
    unavailable = ModelUnavailable(cause)
    assert unavailable.say("en").endswith("so this is the answer without it.")
    assert unavailable.say("en").count(".") == 1
    assert unavailable.say("zh").count("。") == 1


@pytest.mark.parametrize(
    ("mention", "changed"),
    [
        ("format", {"rung": "object"}),
        ("temperature", {"temperature": False}),
        ("length", {"lengths": ("max_completion_tokens",)}),
    ],
)
def test_an_endpoint_is_asked_otherwise_once_it_says_what_it_does_not_take(
    mention: str, changed: dict[str, object]
) -> None:
    habits = Habits.known(None, "max_tokens")
    after = habits.after(Trouble("settings", 400, mentions=frozenset({mention})))
    assert after == habits.model_copy(update=changed)
    assert habits.after(Trouble("key", 401, mentions=frozenset({mention}))) is None


def test_every_refusal_leaves_less_to_refuse() -> None:
    habits, mentions = Habits(), frozenset({"format", "length", "temperature"})
    steps = 0
    while (after := habits.after(Trouble("settings", 400, mentions=mentions))) is not None:
        habits, steps = after, steps + 1
    assert (habits.rung, habits.temperature, habits.lengths, steps) == ("text", False, (), 5)


def test_facts_of_another_version_are_passed_over() -> None:
    memory = Remembered()
    memory.learn("k", {"rung": "gone", "more": 1})
    assert Habits.known(memory.learned("k"), "max_tokens").lengths == ("max_tokens", "max_completion_tokens")


def test_importing_loads_no_client() -> None:
    code = "import sys, assistant.language.model; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"openai", "langchain_core", "langchain_openai", "httpx2"} & {*done.stdout.split()}
