"""What Scorecraft says: every phrase in both languages, with the same variables, known and used."""

import ast
import re
from collections.abc import Iterator
from string import Template

import pytest

from knowledge import documents
from prompts import phrase
from prompts.phrases import SOURCES, UnknownPhrase, phrases

ROOT = SOURCES.parent.parent
CODE = [path for name in ("api", "assistant", "knowledge", "prompts") for path in sorted((ROOT / name).rglob("*.py"))]
SECTIONS = {key.partition(".")[0] for key in phrases()}
# Keys put together from one of these and an ending; every ending stands in the code as a string of its own.
STEMS = (
    "assumed.",
    "cli.option.",
    "considered.",
    "context.",
    "error.unknown_",
    "explain.",
    "field.",
    "gate.",
    "label.",
    "rationale.",
    "row.",
    "target.",
    "wish.",
)
ENDINGS = ("_alone", "_raised", "_yes", "_no")
CHINESE = re.compile(r"[\u3400-\u9fff]")
NOT_ENGLISH = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def strings() -> Iterator[str]:
    """Return every string of the code, parts of f-strings among them."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


STRINGS = frozenset(strings())


def named() -> set[str]:
    """Return the strings of the code that can only be keys of phrases."""
    key = re.compile(rf"({'|'.join(SECTIONS)})(\.[a-z_]+)+")
    return {text for text in STRINGS if key.fullmatch(text) and not text.endswith((".", "_"))}


def used(key: str) -> bool:
    if key in STRINGS:
        return True
    bare = next((key.removesuffix(ending) for ending in ENDINGS if key.endswith(ending)), key)
    stem = next((stem for stem in STEMS if key.startswith(stem)), None)
    return stem is not None and (bare in STRINGS or bare.removeprefix(stem) in STRINGS)


def variables(text: str) -> set[str]:
    return set(Template(text).get_identifiers())


def test_the_files_are_sound_and_repeat_no_key() -> None:
    read = [entry for path in sorted(SOURCES.glob("*.yaml")) for entry in documents.read(path, path.name).data.items()]
    assert len(read) == len(dict(read))
    assert dict(read) == phrases()


@pytest.mark.parametrize("key", phrases())
def test_a_phrase_stands_in_both_languages(key: str) -> None:
    texts = phrases()[key]
    assert set(texts) == {"zh", "en"}
    assert variables(texts["zh"]) == variables(texts["en"])
    assert all(Template(text).is_valid() and text for text in texts.values())
    assert not NOT_ENGLISH.search(texts["en"])
    words = re.sub(r"\$\{?\w+\}?", "", texts["zh"])
    assert CHINESE.search(words) or not re.search("[A-Za-z]", words)


def test_every_phrase_named_in_the_code_exists() -> None:
    assert named() - set(phrases()) == set()


def test_every_phrase_is_used() -> None:
    assert [key for key in phrases() if not used(key)] == []


def test_a_phrase_is_filled_in() -> None:
    assert phrase("ask.choice", "en", number=1, name="Sales") == "1. Sales"
    assert phrase("error.language", "zh", name="$x") == "语言只有 zh 和 en，没有“$x”。"


@pytest.mark.parametrize(
    ("key", "said"), [("nope", "'nope'"), ("ask.choice", "'ask.choice' (en): 'number'")], ids=["key", "variable"]
)
def test_what_is_missing_is_named(key: str, said: str) -> None:
    with pytest.raises(UnknownPhrase, match=re.escape(said)):
        phrase(key, "en")
