"""A model that hangs holds up the turns that ask it, and nothing else."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import guarded, routed
from api.office import Office, furnished
from assistant.language.interpretation import Mind
from assistant.language.model import OpenAICompatible
from assistant.language.model.address import Address
from assistant.language.model.interpreter import ModelInterpreter
from assistant.language.model.mind import Made
from assistant.language.offline.interpreter import Offline
from assistant.settings import Settings
from tests.api.serving import LOCALHOST
from tests.integration.model_server import ModelServer, running

SECONDS = 4.0
OPEN = "sales rep; above everything the old faithful do not drift away to somebody else"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    yield from running()


@pytest.fixture
def office(server: ModelServer, tmp_path: Path) -> Office:
    """An office whose model is trusted to read, with a place for one turn and one that waits."""
    found = furnished(Settings(data_dir=tmp_path, turns=1))
    model = OpenAICompatible(Address(url=server.url, key=SecretStr("sk-secret")), "m", seconds=SECONDS)
    offline = Offline(found.advisor.reader)
    mind = Mind(offline, ModelInterpreter(model, offline, found.advisor.reader))
    found.advisor.__dict__["made"] = Made(mind, None, model)
    return found


def test_a_hanging_model_holds_up_its_turns_alone(office: Office, server: ModelServer) -> None:
    server.script({"do": "hang"})
    with TestClient(guarded(office, routed(office)), base_url=LOCALHOST) as web:
        path = f"/v1/conversations/{web.post('/v1/conversations', json={}).json()['id']}/messages"
        web.post("/v1/scorecards:suggest", json={"role": "AE"})
        answers = []
        threads = [
            threading.Thread(target=lambda: answers.append(web.post(path, json={"text": OPEN}))) for _ in range(2)
        ]
        for thread in threads:
            thread.start()
            time.sleep(0.3)
        refused = web.post(path, json={"text": OPEN})
        assert refused.status_code == 503 and int(refused.headers["retry-after"]) > 0
        assert refused.json()["type"] == "urn:scorecraft:problem:turns-full"
        begun = time.monotonic()
        assert web.post("/v1/scorecards:suggest", json={"role": "sales manager"}).status_code == 200
        assert web.get("/healthz").status_code == 200
        assert time.monotonic() - begun < SECONDS / 2
        for thread in threads:
            thread.join(30)
        assert [one.status_code for one in answers] == [200, 200]
        assert all(one.json()["note"] and one.json()["replies"] for one in answers)
        assert sorted(one.json()["number"] for one in answers) == [1, 2]
        assert web.post(path, json={"text": "undo"}).status_code == 200
