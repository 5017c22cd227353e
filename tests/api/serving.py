"""The web application within the test's process, over a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from assistant.settings import Settings

LOCALHOST = "http://localhost"


@contextmanager
def client_over(folder: Path, **settings: object) -> Iterator[TestClient]:
    """Yield a client of a fresh application whose data lie in a folder."""
    chosen = Settings.model_validate({"data_dir": folder, **settings})
    with TestClient(create_app(chosen), base_url=LOCALHOST, raise_server_exceptions=False) as client:
        yield client
