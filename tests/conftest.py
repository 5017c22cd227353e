"""What all tests share: the catalogue that ships, an advisor over it, and a data folder of their own."""

from pathlib import Path

import pytest

from assistant.advisor import Advisor
from knowledge import shipped
from knowledge.models import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped.load()


@pytest.fixture(scope="session")
def advisor(catalogue: Catalogue) -> Advisor:
    return Advisor(catalogue)


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of tests that only search the guidance, which is prepared in it once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def home(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from a person's own data; one that changes the index sets a folder of its own."""
    monkeypatch.setenv("SCORECRAFT_DATA_DIR", str(shared_home))
    return shared_home
