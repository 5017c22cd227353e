"""One application for reading, open to this machine, and one that wants keys."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from assistant.principal import Scope
from assistant.settings import Settings
from assistant.storage.keys import Keys
from assistant.storage.store import open_store
from tests.api.serving import client_over


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client without keys, on this machine."""
    with client_over(tmp_path_factory.mktemp("open")) as client:
        yield client


@dataclass(frozen=True)
class Guarded:
    """An application that wants keys, and the keys themselves."""

    client: TestClient
    keys: Keys

    def token(self, *scopes: Scope, workspace: str = "acme") -> str:
        return self.keys.create(workspace, "test", frozenset(scopes))[1]

    def bearer(self, *scopes: Scope, workspace: str = "acme") -> dict[str, str]:
        """Return the headers of a new key."""
        return {"Authorization": f"Bearer {self.token(*scopes, workspace=workspace)}"}


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    with open_store(Settings(data_dir=folder)) as store:
        keys = Keys(store.database)
        keys.create("acme", "first", frozenset({"read"}))
        with client_over(folder, api_rate="100000/minute") as client:
            yield Guarded(client, keys)
