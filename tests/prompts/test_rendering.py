"""Prompts: each is used, and each gets the variables it names."""

import ast
import re
from collections.abc import Iterator
from string import Template

import pytest

from prompts import UnknownPrompt, render
from prompts.rendering import PROMPTS, names, source

ROOT = PROMPTS.parent.parent


def calls() -> Iterator[tuple[str, frozenset[str]]]:
    """Return every call of ``render`` in the code: the prompt's name and the variables it is given."""
    for path in sorted((ROOT / "assistant").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "render":
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{path.name}: a prompt is named in so many words"
                yield str(name.value), frozenset(keyword.arg or "**" for keyword in node.keywords)


CALLS = dict(calls())


@pytest.mark.parametrize("name", names())
def test_a_prompt_gets_the_variables_it_names(name: str) -> None:
    template = Template(source(name))
    assert template.is_valid()
    assert CALLS[name] == set(template.get_identifiers())


def test_every_prompt_that_is_rendered_exists() -> None:
    assert set(CALLS) == set(names())


def test_a_prompt_is_filled_in_once() -> None:
    text = render("read", themes="$roles", roles="sdr: ${themes}")
    assert "$roles" in text and "sdr: ${themes}" in text


@pytest.mark.parametrize(
    ("name", "said"),
    [("nope", "'nope': there is no such file"), ("../texts/model", "no such file"), ("read", "'read': 'roles'")],
    ids=["file", "elsewhere", "variable"],
)
def test_what_is_missing_is_named(name: str, said: str) -> None:
    with pytest.raises(UnknownPrompt, match=re.escape(said)):
        render(name, themes="x")
