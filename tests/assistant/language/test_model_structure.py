"""Answers in words read as objects, and the schemas that are sent for them."""

import json
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from assistant.language.model.schema import response_format
from assistant.language.model.structure import parse
from knowledge.models import Frozen


class Draft(Frozen):
    kind: Literal["draft"]
    count: int = Field(ge=1, le=20)
    note: str = Field(default="", max_length=80)


class Ask(Frozen):
    kind: Literal["ask"]
    title: str


class Turn(Frozen):
    actions: tuple[Annotated[Draft | Ask, Field(discriminator="kind")], ...]


class Open(BaseModel):
    facts: dict[str, Any] = {}
    title: str = ""


DRAFT = '{"kind": "draft", "count": 6, "note": "回款"}'
READ = {
    "plain": DRAFT,
    "fenced": f"Here you are:\n```json\n{DRAFT}\n```\nAnything else?",
    "fenced without end of line": f"```{DRAFT}```",
    "prose around": f"当然可以，结果如下：{DRAFT}。还需要什么？",
    "another object before": f'First I note {{"thought": 1}}. {DRAFT}',
    "a call": f'{{"name": "Draft", "arguments": {DRAFT}}}',
    "a call with its arguments as text": json.dumps({"name": "Draft", "arguments": DRAFT}),
    "a call of the protocol": json.dumps({"tool_calls": [{"function": {"name": "f", "arguments": DRAFT}}]}),
    "a tagged call": f'<tool_call>\n{{"name": "Draft", "arguments": {DRAFT}}}\n</tool_call>',
    "under its name": f'{{"Draft": {DRAFT}}}',
    "in a list": f"[{DRAFT}]",
    "thought before": f'<think>Maybe {{"kind": "ask"}}?</think>\n{DRAFT}',
    "thought without its opening": f"Hm.</think>{DRAFT}",
    "single quotes": "{'kind': 'draft', 'count': 6, 'note': '回款'}",
    "a comma too many": '{"kind": "draft", "count": 6, "note": "回款",}',
}
NOT_READ = {
    "prose": ("I would draft six indicators.", "no JSON object", True),
    "empty": ("", "no JSON object", True),
    "outside its range": ('{"kind": "draft", "count": 60}', "count: ", False),
    "another object": ('{"weather": "fine"}', "fields are not those", False),
    "an unknown field": ('{"kind": "draft", "count": 6, "weight": 5}', "weight: ", False),
    "nested without end": ("{" * 5000, "no JSON object", True),
    "brackets in prose": ("Use {placeholders} here.", "no JSON object", True),
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_an_object_is_found(text: str) -> None:
    assert parse(text, Draft).value == Draft(kind="draft", count=6, note="回款")


@pytest.mark.parametrize(("text", "flaw", "formless"), NOT_READ.values(), ids=NOT_READ)
def test_what_is_wrong_is_told_without_the_values(text: str, flaw: str, formless: bool) -> None:
    parsed = parse(text, Draft)
    assert parsed.value is None
    assert flaw in parsed.flaw
    assert "60" not in parsed.flaw
    assert parsed.formless is formless


def test_another_object_is_not_taken_for_one_whose_fields_all_have_defaults() -> None:
    assert parse('{"weather": "fine"}', Open).value is None
    assert parse("{}", Open).value == Open()


def objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [found for part in schema for found in objects(part)]
    if not isinstance(schema, dict):
        return []
    inner = [found for part in schema.values() for found in objects(part)]
    return [schema, *inner] if schema.get("type") == "object" else inner


def test_schemas_are_strict() -> None:
    sent = response_format(Turn)["json_schema"]
    assert sent["strict"] is True
    found = objects(sent["schema"])
    assert len(found) == 3
    for part in found:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    text = json.dumps(sent)
    assert not [word for word in ("oneOf", "discriminator", "maxLength", "default") if f'"{word}"' in text]
    assert "title" in sent["schema"]["$defs"]["Ask"]["properties"]


def test_an_open_shape_is_not_called_strict() -> None:
    assert response_format(Open)["json_schema"]["strict"] is False
