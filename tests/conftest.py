"""What all tests share: the catalogue that ships and an advisor over it."""

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
