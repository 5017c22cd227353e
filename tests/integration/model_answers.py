"""What a scripted model says, in the words of OpenAI's protocol."""

import json
from typing import Any

Step = dict[str, Any]


def text(step: Step, body: dict[str, Any]) -> str:
    """Return what a step says."""
    match step["do"]:
        case "object":
            return json.dumps(step["value"], ensure_ascii=False)
        case "call":
            call = json.dumps({"name": "answer", "arguments": step["value"]}, ensure_ascii=False)
            return f"<tool_call>\n{call}\n</tool_call>" if step.get("tagged") else call
        case "fill":
            schema = body["response_format"]["json_schema"]["schema"]
            return json.dumps(least(schema, schema.get("$defs", {})), ensure_ascii=False)
        case "empty":
            return ""
    return str(step["text"])


def least(schema: dict[str, Any], known: dict[str, Any]) -> Any:
    """Return the least value that fits a schema."""
    if "$ref" in schema:
        return least(known[schema["$ref"].rpartition("/")[2]], known)
    if "const" in schema or "enum" in schema:
        return schema.get("const", next(iter(schema.get("enum", [None]))))
    if "anyOf" in schema:
        return least(schema["anyOf"][0], known)
    if schema.get("type") == "object":
        return {name: least(part, known) for name, part in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [least(schema["items"], known)] * int(schema.get("minItems", 0))
    return {"string": "", "integer": int(schema.get("minimum", 0)), "number": 0.0, "boolean": False}.get(schema["type"])


def chunk(delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}


def event(piece: str = "", finish: str | None = None) -> bytes:
    delta = {"role": "assistant", "content": piece} if piece else {}
    return b"data: " + json.dumps(chunk(delta, finish), ensure_ascii=False).encode() + b"\n\n"


def completion(said: str, finish: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": finish}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    whole = {"id": "c1", "object": "chat.completion", "created": 1, "model": "scripted"}
    return {**whole, "choices": [choice], "usage": usage}
