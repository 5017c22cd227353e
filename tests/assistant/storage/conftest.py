"""A store on each database."""

from collections.abc import Iterator

import pytest

from assistant.settings import Settings
from assistant.storage.store import Store, open_store
from tests.integration.postgres import postgres, settings

__all__ = ["postgres", "settings"]


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened
