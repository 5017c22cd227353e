"""Unsafe and unusable settings are refused by the name of their variable; secrets are never shown."""

import pytest

from assistant import settings
from assistant.errors import BadInput

REFUSED = [
    pytest.param({"CHROMA_URL": "http://index.example.com:8000"}, "not encrypted", id="texts in the clear"),
    pytest.param({"CHROMA_URL": "ftp://index"}, "CHROMA_URL", id="no web address"),
    pytest.param({"CHROMA_URL": "http://me:secret@localhost"}, "CHROMA_URL", id="a password in an address"),
    pytest.param({"EMBEDDINGS_BASE_URL": "https://models.example.com/v1"}, "EMBEDDINGS_MODEL", id="no model named"),
    pytest.param({"EMBEDDINGS_MODEL": "m", "EMBEDDINGS_DIMENSIONS": "0"}, "EMBEDDINGS_DIMENSIONS", id="no dimension"),
    pytest.param({"WORKERS": "many"}, "WORKERS", id="no number"),
]
TAKEN = [
    pytest.param({"CHROMA_URL": "http://localhost:8000"}, id="this machine"),
    pytest.param({"CHROMA_URL": "http://chroma:8000"}, id="a neighbour by name"),
    pytest.param({"CHROMA_URL": "http://10.0.0.7:8000"}, id="a private address"),
    pytest.param({"CHROMA_URL": "https://index.example.com"}, id="encrypted"),
    pytest.param({"CHROMA_URL": ""}, id="set to nothing"),
]


@pytest.mark.parametrize(("values", "named"), REFUSED)
def test_refused_by_name(values: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(settings.PREFIX + name, value)
    with pytest.raises(BadInput, match=named) as refused:
        settings.load()
    assert "secret" not in refused.value.say("en") + refused.value.say("zh")


@pytest.mark.parametrize("values", TAKEN)
def test_taken(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(settings.PREFIX + name, value)
    assert settings.load().chroma_url == (values["CHROMA_URL"] or None)


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{settings.PREFIX}EMBEDDINGS_MODEL", "m")
    monkeypatch.setenv(f"{settings.PREFIX}EMBEDDINGS_API_KEY", "sk-secret")
    assert "sk-secret" not in repr(settings.load())
