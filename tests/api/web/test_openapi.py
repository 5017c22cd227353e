"""The OpenAPI file: what it shows works, and nothing answers otherwise than it says."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from api.app import routed
from api.office import furnished
from assistant.settings import Settings
from tests.integration.api_server import serving

OTHERWISE = {"suggestBatch"}


@schemathesis.serializer("application/jsonl")
def json_lines(context: object, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return routed(furnished(Settings(data_dir=tmp_path_factory.mktemp("described")))).openapi()


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(method, path, one) for path, all_ in described["paths"].items() for method, one in all_.items()]


def examples(described: dict[str, Any], operation: dict[str, Any]) -> list[Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return []
    name = content["schema"]["$ref"].rsplit("/", 1)[1]
    found: list[Any] = described["components"]["schemas"][name]["examples"]
    return found


def test_every_operation_is_described(described: dict[str, Any]) -> None:
    for method, path, one in operations(described):
        assert one["summary"], path
        assert "500" in one["responses"] and "429" in one["responses"], (method, path)
        if "application/json" in one.get("requestBody", {}).get("content", {}):
            assert examples(described, one), path


def test_it_says_how_a_caller_is_known(described: dict[str, Any]) -> None:
    (scheme,) = described["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer") and described["security"]
    open_to_all = {path for _, path, one in operations(described) if one.get("security") == []}
    assert open_to_all == {"/healthz", "/readyz"}


def test_the_examples_of_pure_verbs_work_and_answer_as_described(web: TestClient, described: dict[str, Any]) -> None:
    tried = 0
    for _, path, one in operations(described):
        if not path.startswith(("/v1/scorecards:", "/v1/guidance:")) or path.rsplit(":", 1)[1] in OTHERWISE:
            continue
        for example in examples(described, one):
            answer = web.post(path, json=example)
            assert answer.status_code == 200, (path, answer.text)
            if answer.headers["content-type"] == "application/json" and not path.endswith(":export"):
                schema = one["responses"]["200"]["content"]["application/json"]["schema"]
                whole = {**schema, "components": described["components"]}
                jsonschema_rs.validate(whole, answer.json())
            tried += 1
    assert tried > 12


def test_the_examples_of_writes_work(web: TestClient, described: dict[str, Any]) -> None:
    paths = described["paths"]

    def send(method: str, template: str, path: str, headers: dict[str, str]) -> Any:
        for example in examples(described, paths[template][method]):
            answer = web.request(method, path, json=example, headers=headers)
            assert answer.is_success, (path, answer.text)
        return answer

    kept = send("post", "/v1/scorecards", "/v1/scorecards", {})
    id, tag = kept.json()["id"], kept.headers["etag"]
    for method, suffix in (("put", ""), ("post", ":restore"), ("post", ":submit"), ("post", ":return")):
        answer = send(method, f"/v1/scorecards/{{id}}{suffix}", f"/v1/scorecards/{id}{suffix}", {"If-Match": tag})
        tag = answer.headers["etag"]
    begun = send("post", "/v1/conversations", "/v1/conversations", {}).json()["id"]
    send("post", "/v1/conversations/{id}/messages", f"/v1/conversations/{begun}/messages", {})
    feedback = examples(described, paths["/v1/feedback"]["post"])[0]
    assert web.post("/v1/feedback", json=feedback | {"conversation": begun}).status_code == 204


def test_the_file_is_served_whole(web: TestClient, described: dict[str, Any]) -> None:
    served = web.get("/v1/openapi.json")
    assert served.status_code == 200
    assert json.loads(served.text)["paths"].keys() == described["paths"].keys()


@pytest.mark.parametrize("keyed", [False, True], ids=["without a key", "with a key"])
def test_no_request_is_answered_otherwise_than_described(tmp_path: Path, keyed: bool) -> None:
    with serving(tmp_path, {"SCORECRAFT_API_RATE": "100000/minute"}) as served:
        headers = {"Accept-Language": "zh"}
        if keyed:
            headers["Authorization"] = f"Bearer {served.key(scopes='read,write,approve')}"
        schema = schemathesis.openapi.from_url(f"{served.url}/v1/openapi.json", headers=headers)
        for found in schema.get_all_operations():
            _fuzzed(found.ok(), served.url, headers)


# Which names, pins and rules there are stands in the catalogue: no schema says so (positive_data_acceptance).
def _fuzzed(operation: Any, url: str, headers: dict[str, str]) -> None:
    @given(case=operation.as_strategy())
    @bounded(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def one(case: Any) -> None:
        answer = case.call_and_validate(headers=headers, base_url=url, excluded_checks=[positive_data_acceptance])
        if answer.status_code >= 400:
            problem = answer.json()
            assert problem["status"] == answer.status_code and problem["detail"] and problem["type"]

    one()
