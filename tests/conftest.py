"""What all tests share: the catalogue that ships and an advisor over it."""

import pytest

from assistant.advisor import Advisor
from knowledge import loader
from knowledge.models import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return loader.load()


@pytest.fixture(scope="session")
def advisor(catalogue: Catalogue) -> Advisor:
    return Advisor(catalogue)
