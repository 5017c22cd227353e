"""YAML read strictly: what is refused, and on which line it stands."""

from pathlib import Path

import pytest

from knowledge import documents
from knowledge.errors import KnowledgeError, Problem

NAME = "catalogue/file.yaml"
REFUSED = [
    pytest.param("a: 1\nb: 2\na: 3\n", [(3, "a: stands twice")], id="repeated key"),
    pytest.param(
        "- {a: 1, a: 2}\n- b: {c: 1, c: 2}\n",
        [(1, "a: stands twice"), (2, "c: stands twice")],
        id="repeated keys, nested",
    ),
    pytest.param("1: a\n'1': b\n", [(2, "1: stands twice")], id="keys that read the same"),
    pytest.param("a: &x 1\nb: 2\n", [(1, "anchors and aliases are not allowed")], id="anchor"),
    pytest.param(
        "a: &x [1]\nb: *x\nc: *x\n", [(line, "anchors and aliases are not allowed") for line in (1, 2, 3)], id="aliases"
    ),
    pytest.param("a: [1, 2\nb: 3\n", [(2, "is not YAML")], id="bracket left open"),
    pytest.param("a:\n\t- b\n", [(2, "is not YAML")], id="tab"),
    pytest.param("a: b: c\n", [(1, "is not YAML")], id="two colons"),
    pytest.param("a: 1\n---\nb: 2\n", [(2, "is not YAML")], id="two documents"),
    pytest.param("a: 1\nb: !!python/object:os.system x\n", [(2, "is not YAML")], id="tag of a program"),
    pytest.param("? [a]\n: b\n", [(1, "is not YAML")], id="key that is a list"),
    pytest.param("a: \x00\n", [(None, "is not YAML")], id="control character"),
    pytest.param("a: 2024-13-45\n", [(None, "is not YAML")], id="day that is none"),
    pytest.param("[" * 50_000 + "]" * 50_000, [(1, "is nested more than 100 deep")], id="deep nesting"),
    pytest.param("", [(None, "is empty")], id="nothing"),
    pytest.param("# yaml-language-server: $schema=x.json\n\n", [(None, "is empty")], id="only a comment"),
]


def refused(error: pytest.ExceptionInfo[KnowledgeError]) -> tuple[Problem, ...]:
    return error.value.problems


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_what_is_refused_names_its_line(text: str, expected: list[tuple[int | None, str]]) -> None:
    with pytest.raises(KnowledgeError) as error:
        documents.parse(text, NAME)
    problems = refused(error)
    assert [problem.line for problem in problems] == [line for line, _ in expected]
    assert all(problem.file == NAME for problem in problems)
    assert all(said in problem.expected for problem, (_, said) in zip(problems, expected, strict=True))


def test_aliases_that_would_expand_without_limit_are_refused_at_once() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    with pytest.raises(KnowledgeError, match="anchors and aliases"):
        documents.parse(bomb, NAME)


UNREADABLE = [
    pytest.param("销售额: 1\n".encode("gb18030"), "is not UTF-8 text", id="another encoding"),
    pytest.param(b"\xff\xfea\x00", "is not UTF-8 text", id="UTF-16"),
    pytest.param(None, "cannot be read: No such file", id="missing"),
]


@pytest.mark.parametrize(("data", "expected"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, data: bytes | None, expected: str) -> None:
    path = tmp_path / "file.yaml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(KnowledgeError) as error:
        documents.read(path, NAME)
    (problem,) = refused(error)
    assert (problem.file, problem.line) == (NAME, None)
    assert expected in problem.expected


def test_a_document_knows_the_line_of_every_field() -> None:
    document = documents.parse("# first\n- id: a\n  name: {zh: 甲, en: A}\n- id: b\n  list:\n    - x\n    - y\n", NAME)
    assert document.data == [{"id": "a", "name": {"zh": "甲", "en": "A"}}, {"id": "b", "list": ["x", "y"]}]
    assert document.line((0, "name")) == 3
    assert document.line((1, "list", 1)) == 7
    assert document.line((1, "list", 9, "deeper")) == 5
    assert str(document.problem((1, "id"), "is wrong")) == f"{NAME}:4: 1.id: is wrong"
