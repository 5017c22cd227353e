"""A real server that misbehaves in every way known: the right cause, in good time, and nothing leaks."""

import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from pydantic import Field, SecretStr

from assistant.errors import ModelUnavailable
from assistant.language.model import OpenAICompatible, Remembered, from_settings
from assistant.language.model.address import Address
from assistant.language.model.breaker import Breaker
from assistant.language.model.model import Model
from assistant.settings import Settings
from knowledge.models import Frozen
from tests.integration.model_server import ModelServer, running
from tests.integration.servers import free_port

KEY = "sk-very-secret"
TEXT = "Our strategy is Project Nightingale"
SECONDS = 1.0
PATIENT = 6.0
AT_ONCE = 4.0
"""Well below the time there is: what is told then did not wait for its end."""
LATE = SECONDS + 2.0


class Wish(Frozen):
    kind: Literal["draft", "ask"]
    count: int = Field(ge=1, le=20)


WISH = {"do": "object", "value": {"kind": "draft", "count": 6}}


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    yield from running()


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load the client before any clock runs."""
    import assistant.language.model.client  # noqa: F401


@contextmanager
def connected(url: str, **values: Any) -> Iterator[OpenAICompatible]:
    model = OpenAICompatible(Address(url=url, key=SecretStr(KEY)), "m", **{"seconds": SECONDS, **values})
    try:
        yield model
    finally:
        model.close()


@pytest.fixture
def model(server: ModelServer) -> Iterator[OpenAICompatible]:
    with connected(server.url) as made:
        yield made


def said(model: Model) -> str:
    return "".join(model.stream("Be short.", TEXT, 200))


def failure(model: Model, how: str) -> ModelUnavailable:
    with pytest.raises(ModelUnavailable) as caught:
        model.structured("Read.", TEXT, Wish) if how == "structured" else said(model)
    told = "".join(traceback.format_exception(caught.value))
    context: BaseException | None = caught.value
    while context is not None:
        told += f"{context!r} {vars(context)}"
        context = context.__cause__ or context.__context__
    assert KEY not in told
    assert "Nightingale" not in told
    return caught.value


# What the server does, the cause, the requests made, the longest it may take.
FAULTS = [
    ({"do": "status", "status": 401}, "key", 1, AT_ONCE),
    ({"do": "status", "status": 403}, "key", 1, AT_ONCE),
    ({"do": "status", "status": 402}, "limit", 1, AT_ONCE),
    ({"do": "status", "status": 404}, "settings", 1, AT_ONCE),
    ({"do": "status", "status": 400, "error": {"message": TEXT + KEY}}, "settings", 1, AT_ONCE),
    ({"do": "status", "status": 307, "headers": {"Location": "http://127.0.0.1:9/v1"}}, "settings", 1, AT_ONCE),
    ({"do": "status", "status": 429, "headers": {"Retry-After": "30"}}, "limit", 1, AT_ONCE),
    ({"do": "status", "status": 429, "error": {"code": "insufficient_quota"}}, "limit", 1, AT_ONCE),
    ({"do": "hang"}, "slow", 1, LATE),
    ({"do": "pings"}, "slow", 1, LATE),
    ({"do": "dribble", "text": "All is well.", "pause": 0.02}, "slow", 1, LATE),
    ({"do": "cut", "text": "All is well."}, "cut", 1, AT_ONCE),
    ({"do": "cut", "text": "All is well.", "how": "clean"}, "cut", 1, AT_ONCE),
    ({"do": "malformed"}, "garbled", 1, AT_ONCE),
    ({"do": "page"}, "garbled", 1, AT_ONCE),
    ({"do": "error"}, "server", 1, AT_ONCE),
    ({"do": "refusal"}, "declined", 1, AT_ONCE),
    ({"do": "answer", "text": "I", "finish": "content_filter"}, "declined", 1, AT_ONCE),
    ({"do": "empty"}, "empty", 1, AT_ONCE),
    ({"do": "answer", "text": " \n "}, "empty", 1, AT_ONCE),
    ({"do": "endless", "text": "The same again.\n"}, "endless", 1, AT_ONCE),
]


@pytest.mark.parametrize("how", ["structured", "stream"])
@pytest.mark.parametrize(("step", "cause", "requests", "longest"), FAULTS)
def test_a_fault_is_told_in_time(
    server: ModelServer, step: Any, cause: str, requests: int, longest: float, how: str
) -> None:
    with connected(server.url, seconds=SECONDS if cause == "slow" else PATIENT) as model:
        server.script(step)
        began = time.monotonic()
        assert failure(model, how).cause == cause
        assert time.monotonic() - began < longest
        assert len(server.requests()) == requests


@pytest.mark.parametrize("how", ["structured", "stream"])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_is_tried_again_twice(server: ModelServer, status: int, how: str) -> None:
    with connected(server.url, seconds=5) as model:
        server.script({"do": "status", "status": status})
        assert failure(model, how).status == status
        assert len(server.requests()) == 3
        server.script({"do": "status", "status": status}, WISH)
        assert model.structured("Read.", TEXT, Wish).count == 6
        assert len(server.requests()) == 2


def test_a_wait_that_is_asked_for_is_kept_when_there_is_time(server: ModelServer) -> None:
    with connected(server.url, seconds=5) as model:
        server.script({"do": "status", "status": 429, "headers": {"Retry-After": "1"}}, WISH)
        began = time.monotonic()
        model.structured("Read.", TEXT, Wish)
        assert 1.0 <= time.monotonic() - began < 1.6


def test_nothing_is_tried_again_once_text_was_handed_out(server: ModelServer, model: OpenAICompatible) -> None:
    server.script({"do": "error"})
    answer = model.stream("Be short.", TEXT, 100)
    assert next(answer) == "The "
    with pytest.raises(ModelUnavailable, match="server failed"):
        next(answer)
    assert len(server.requests()) == 1


def test_a_pause_within_an_answer_ends_it_before_the_deadline(server: ModelServer) -> None:
    with connected(server.url, seconds=20, idle=0.2) as model:
        server.script({"do": "answer", "text": "One two three four.", "pause": 3})
        began = time.monotonic()
        assert failure(model, "stream").cause == "slow"
        assert time.monotonic() - began < 1


def test_a_server_that_is_not_there(server: ModelServer) -> None:
    with connected(f"http://127.0.0.1:{free_port()}/v1", seconds=5) as model:
        began = time.monotonic()
        assert failure(model, "structured").cause == "refused"
        assert time.monotonic() - began < 3
    with connected("http://no-such-host.localhost.invalid:1/v1", seconds=0.5) as model:
        assert failure(model, "stream").cause in {"refused", "slow"}


def test_a_server_that_stops_and_comes_back_is_used_again() -> None:
    now = [1000.0]
    passing = ModelServer()
    passing.start()
    try:
        with connected(passing.url, breaker=Breaker(lambda: now[0])) as model:
            assert said(model) == "Hello."
            passing.stop()
            assert [failure(model, "stream").cause for _ in range(5)] == ["refused"] * 3 + ["resting"] * 2
            passing.start()
            assert failure(model, "stream").cause == "resting"
            now[0] += 31
            assert said(model) == "Hello."
    finally:
        passing.stop()


def test_bad_answers_do_not_make_it_rest(server: ModelServer, model: OpenAICompatible) -> None:
    server.script({"do": "answer", "text": "no"})
    assert {failure(model, "structured").cause for _ in range(5)} == {"garbled"}


def test_an_answer_that_is_too_long_for_its_bound(server: ModelServer, model: OpenAICompatible) -> None:
    server.script({"do": "answer", "text": '{"kind": "draft"', "finish": "length"})
    assert failure(model, "structured").cause == "cut"
    assert said(model) == '{"kind": "draft"'
    assert server.requests()[-1]["body"]["max_tokens"] == 200


ANSWERS = [
    ([WISH], 1, "schema"),
    ([{"do": "fill"}], 1, "schema"),
    ([{**WISH, "refuses": ["json_schema"]}], 2, "object"),
    ([{**WISH, "refuses": ["json_schema", "json_object"]}], 3, "text"),
    ([{"do": "call", "value": WISH["value"]}], 1, "schema"),
    ([{"do": "call", "value": WISH["value"], "tagged": True}], 1, "schema"),
    ([{"do": "object", "value": {"kind": "draft", "count": 99}}, WISH], 2, "schema"),
    ([{"do": "answer", "text": "好的，我来起草。"}, WISH], 2, "object"),
    ([{"do": "status", "status": 500, "error": {"message": "failed to parse grammar"}}, WISH], 2, "object"),
]


@pytest.mark.parametrize(("steps", "requests", "rung"), ANSWERS)
def test_a_shape_is_read_from_servers_of_every_kind(
    server: ModelServer, steps: list[Any], requests: int, rung: str
) -> None:
    memory = Remembered()
    with connected(server.url, learned=memory, seconds=5) as model:
        server.script(*steps)
        assert model.structured("Read.", TEXT, Wish).kind == "draft"
        assert len(server.requests()) == requests
        assert (memory.learned(f"{server.url} m") or {})["rung"] == rung
    with connected(server.url, learned=memory, seconds=5) as model:
        server.script(steps[-1])
        model.structured("Read.", TEXT, Wish)
        sent = [request["body"] for request in server.requests()]
        assert len(sent) == 1
        assert sent[0].get("response_format", {}).get("type", "text").endswith(rung)


def test_what_is_wrong_is_told_once(server: ModelServer, model: OpenAICompatible) -> None:
    server.script({"do": "object", "value": {"kind": "draft", "count": 99}})
    assert failure(model, "structured").cause == "garbled"
    first, second = (request["body"]["messages"] for request in server.requests())
    assert "count: " not in first[-1]["content"]
    assert "count: " in second[-1]["content"]
    assert '"kind"' in second[0]["content"]


def test_a_model_without_temperature_is_asked_without(server: ModelServer, model: OpenAICompatible) -> None:
    unknown = {"message": "Unsupported value: 'temperature' does not support 0 with this model."}
    server.script({"do": "status", "status": 400, "error": unknown}, {"do": "answer", "text": "Fine."})
    assert (said(model), said(model)) == ("Fine.", "Fine.")
    assert [request["body"].get("temperature") for request in server.requests()] == [0.0, None, None]


def test_thoughts_are_not_part_of_the_answer(server: ModelServer, model: OpenAICompatible) -> None:
    server.script({"do": "answer", "text": "<think>Cash matters here.</think>\n\nCash leads."})
    assert said(model) == "Cash leads."


def test_calls_beyond_the_bound_fail_at_once_and_places_come_free(server: ModelServer) -> None:
    with connected(server.url, calls=2, seconds=5) as model:
        server.script({"do": "endless", "text": "Never mind. ", "pause": 0.2})
        held = [model.stream("Be short.", TEXT, 5000) for _ in range(2)]
        assert [next(answer) for answer in held] == ["Never mind. "] * 2
        began = time.monotonic()
        assert failure(model, "stream").cause == "busy"
        assert time.monotonic() - began < 0.1
        for answer in held:
            answer.close()  # type: ignore[attr-defined]
        server.script({"do": "answer", "text": "Fine."})
        assert said(model) == "Fine."


def test_many_at_once_get_their_own_answers() -> None:
    echoing = ModelServer(brain="tests.integration.test_model_faults:echo")
    echoing.start()
    told: list[str] = []
    try:
        with connected(echoing.url, calls=8, seconds=10) as model:
            ask = [threading.Thread(target=lambda at=at: told.append(ask_back(model, at))) for at in range(8)]
            for thread in ask:
                thread.start()
            for thread in ask:
                thread.join()
    finally:
        echoing.stop()
    assert sorted(told) == [str(at) for at in range(8)]


def echo(request: dict[str, Any]) -> str:
    return str(request["messages"][-1]["content"])


def ask_back(model: Model, at: int) -> str:
    answer = "".join(model.stream("Echo.", str(at), 10))
    return answer if answer == str(at) else f"{at}: {answer}"


def test_an_address_with_a_query_and_a_key_of_azures_kind(server: ModelServer) -> None:
    url = f"{server.url.removesuffix('/v1')}/openai/deployments/gpt?api-version=2024-10-21"
    with connected(url) as model:
        server.script({"do": "answer", "text": "Fine."})
        said(model)
        sent = server.requests()[0]
    assert sent["path"] == "/openai/deployments/gpt/chat/completions?api-version=2024-10-21"
    assert sent["headers"]["api-key"] == KEY
    assert "authorization" not in sent["headers"]
    assert sent["body"]["max_completion_tokens"] == 200


def test_a_server_without_a_key_gets_a_placeholder(server: ModelServer) -> None:
    model = from_settings(Settings(llm_model="m", llm_base_url=server.url))
    assert model is not None
    server.script({"do": "answer", "text": "Fine."})
    assert said(model) == "Fine."
    assert server.requests()[0]["headers"]["authorization"] == "Bearer none"
    model.close()


PROGRAM = """
import logging, time
logging.basicConfig(level=logging.DEBUG)
from assistant import settings
from assistant.errors import ModelUnavailable
from assistant.language.model import from_settings
model = from_settings(settings.load())
model.warm()
for _ in range(3):
    try:
        print("".join(model.stream("Be short.", "Project Night" + "ingale", 50)))
    except ModelUnavailable as error:
        print(error)
time.sleep(1)
"""


def test_nothing_goes_to_others_or_into_logs_whatever_the_environment(server: ModelServer) -> None:
    other = ModelServer()
    other.start()
    tempting = {
        "SCORECRAFT_LLM_MODEL": "m",
        "SCORECRAFT_LLM_BASE_URL": server.url,
        "SCORECRAFT_LLM_API_KEY": KEY,
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING": "true",
        "LANGSMITH_ENDPOINT": other.url,
        "LANGSMITH_API_KEY": "lsv2_other",
        "LANGSMITH_GATEWAY": other.url,
        "OPENAI_BASE_URL": other.url,
        "OPENAI_API_BASE": other.url,
        "OPENAI_API_KEY": "sk-other",
        "OPENAI_ADMIN_KEY": "sk-other",
        "OPENAI_ORG_ID": "org-other",
        "OPENAI_PROJECT_ID": "project-other",
        "OPENAI_CUSTOM_HEADERS": "X-Other: other",
        "OPENAI_LOG": "debug",
    }
    server.script({"do": "answer", "text": "Fine."}, {"do": "status", "status": 400, "error": {"message": TEXT}}, WISH)
    command = [sys.executable, "-W", "error", "-c", PROGRAM]
    done = subprocess.run(command, env=os.environ | tempting, capture_output=True, text=True, encoding="utf-8")
    sent, elsewhere = server.requests(), other.requests()
    other.stop()
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Fine.")
    assert KEY not in done.stdout + done.stderr
    assert "Nightingale" not in done.stdout + done.stderr
    assert "other" not in str([request["headers"] for request in sent])
    assert [request["headers"]["authorization"] for request in sent] == [f"Bearer {KEY}"] * 3
    assert elsewhere == []


def test_a_process_ends_cleanly_in_the_middle_of_an_answer(server: ModelServer) -> None:
    server.script({"do": "endless", "text": "Never mind. ", "pause": 0.2})
    program = """
import sys
from assistant.language.model import OpenAICompatible
from assistant.language.model.address import Address
answer = OpenAICompatible(Address(url=sys.argv[1]), "m").stream("Be short.", "Well?", 5000)
print(next(answer))
"""
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", program, server.url]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=20)
    # A busy machine is slow, which the development mode of asyncio tells.
    said = [line for line in done.stderr.splitlines() if not (line.startswith("Executing <") and " took " in line)]
    assert (done.returncode, done.stdout.strip(), said) == (0, "Never mind.", [])


def test_closing_ends_the_calls_under_way(server: ModelServer) -> None:
    with connected(server.url, seconds=20) as model:
        server.script({"do": "endless", "text": "Never mind. ", "pause": 0.2})
        answer = model.stream("Be short.", TEXT, 5000)
        next(answer)
        model.close()
        began = time.monotonic()
        with pytest.raises(ModelUnavailable, match="broke off"):
            list(answer)
        assert time.monotonic() - began < 1
