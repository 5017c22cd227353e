"""Documents found by what people call them, and what a search is kept to in people's words."""

import pytest

from assistant.errors import AmbiguousName, BadInput, UnknownName
from assistant.retrieval.entries import named
from assistant.retrieval.models import Entry
from assistant.retrieval.wanted import subject
from tests.assistant.retrieval import made


def entry(name: str, title: str) -> Entry:
    return Entry(name=name, title=title, sha256="0", chunks=1, languages=("zh",))


KNOWN = [
    entry("/hr/a/policy.md", "差旅政策"),
    entry("/hr/b/policy.md", "Visits"),
    entry("/hr/b/bonus.pdf", "Bonus plan"),
]
FOUND = [
    pytest.param("/hr/a/policy.md", 0, id="path"),
    pytest.param("a/policy.md", 0, id="tail"),
    pytest.param("b\\policy.md", 1, id="tail, as Windows writes it"),
    pytest.param("./bonus.pdf", 2, id="file"),
    pytest.param("bonus plan", 2, id="title"),
    pytest.param("差旅政策", 0, id="title, Chinese"),
    pytest.param("bonus", 2, id="file without ending"),
]


@pytest.mark.parametrize(("said", "place"), FOUND)
def test_a_document_is_found(said: str, place: int) -> None:
    assert named(said, KNOWN) == KNOWN[place]


def test_an_unclear_name_has_choices_and_an_unknown_one_the_nearest() -> None:
    with pytest.raises(AmbiguousName) as unclear:
        named("policy.md", KNOWN)
    assert unclear.value.ids == ("/hr/a/policy.md", "/hr/b/policy.md")
    with pytest.raises(UnknownName) as unknown:
        named("bonnus.pdf", KNOWN)
    assert "/hr/b/bonus.pdf" in unknown.value.say("zh")
    with pytest.raises(UnknownName, match="scorecraft documents"):
        named("zzz", [])
    with pytest.raises(UnknownName):
        named("", KNOWN)


@pytest.mark.parametrize("said", ["weights", "权重", " Weights "])
def test_a_subject_is_known_by_its_id_and_its_names(said: str) -> None:
    assert subject(said, made.guidance()) == "weights"


def test_an_unknown_subject_is_refused_with_the_choices() -> None:
    with pytest.raises(BadInput, match="strategy, selection"):
        subject("weather", made.guidance())
