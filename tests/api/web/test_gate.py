"""Who is let in, how often, and what everybody is sent."""

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.storage.keys import Keys
from assistant.storage.store import open_store
from tests.api.serving import client_over
from tests.api.web.conftest import Guarded

BRIEF = {"role": "sales representative", "strategy": "cash first"}
CARD = {"position": "Sales representative", "items": [{"name": "Revenue", "weight": 60}, {"name": "NPS", "weight": 40}]}


def problem(answer: object) -> dict[str, object]:
    found: dict[str, object] = answer.json()  # type: ignore[attr-defined]
    assert answer.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    assert {"type", "title", "status", "detail", "instance"} <= found.keys()
    return found


def test_without_keys_this_machine_may_do_everything(web: TestClient) -> None:
    assert web.get("/v1/roles").status_code == 200
    assert web.post("/v1/scorecards", json={"card": CARD, "name": "Reps"}).status_code == 201


def test_from_the_first_key_on_everybody_needs_one(tmp_path: Path) -> None:
    with open_store(Settings(data_dir=tmp_path)) as store:
        key, token = Keys(store.database).create("acme", "HR", frozenset({"read"}))
        Keys(store.database).revoke(key.id)
    with client_over(tmp_path) as client:
        assert client.get("/v1/roles").status_code == 401
        assert client.get("/v1/roles", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_whatever_is_wrong_with_a_key_the_answer_is_the_same(guarded: Guarded) -> None:
    key, revoked = guarded.keys.create("acme", "old", frozenset({"read"}))
    guarded.keys.revoke(key.id)
    _, good = guarded.keys.create("acme", "good", frozenset({"read"}))
    answers = []
    for token in ("nonsense", "sc_000000000000_" + "x" * 43, revoked, good[:-2] + "zz"):
        answer = guarded.client.get("/v1/roles", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer")
        answers.append({name: value for name, value in problem(answer).items() if name != "instance"})
    assert all(one == answers[0] for one in answers)
    assert guarded.client.get("/v1/roles", headers={"Authorization": f"Basic {good}"}).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_need_neither_key_nor_name(guarded: Guarded, path: str) -> None:
    answer = guarded.client.get(path, headers={"Host": "10.0.0.7:8300"})
    assert answer.status_code == 200


READERS = [
    ("GET", "/v1/roles", None), ("GET", "/v1/indicators", None), ("GET", "/v1/themes", None),
    ("GET", "/v1/rules", None),
    ("GET", "/v1/profiles", None), ("GET", "/v1/scorecards", None), ("GET", "/v1/conversations", None),
    ("GET", "/v1/documents", None), ("GET", "/metrics", None),
    ("POST", "/v1/scorecards:suggest", BRIEF), ("POST", "/v1/scorecards:check", {"card": CARD}),
    ("POST", "/v1/guidance:search", {"query": "weights"}),
]  # fmt: skip
WRITERS = [
    ("POST", "/v1/scorecards", {"card": CARD, "name": "Reps"}), ("PUT", "/v1/scorecards/x", {"card": CARD}),
    ("DELETE", "/v1/scorecards/x", None), ("POST", "/v1/scorecards/x:restore", {"version": 1}),
    ("POST", "/v1/scorecards/x:submit", {}), ("POST", "/v1/conversations", {}), ("DELETE", "/v1/conversations/x", None),
    ("POST", "/v1/conversations/x/messages", {"text": "hi"}), ("DELETE", "/v1/documents/x", None),
    ("POST", "/v1/feedback", {"conversation": "x", "turn": 1, "verdict": "up"}),
]  # fmt: skip
APPROVERS = [("POST", "/v1/scorecards/x:approve", {}), ("POST", "/v1/scorecards/x:return", {})]


def test_a_scope_opens_what_it_names_and_no_more(guarded: Guarded) -> None:
    held = {scope: guarded.bearer(scope) for scope in ("read", "write", "approve", "admin")}  # type: ignore[arg-type]
    for wanted, routes in (("read", READERS), ("write", WRITERS), ("approve", APPROVERS)):
        for method, path, body in routes:
            for scope, headers in held.items():
                status = guarded.client.request(method, path, json=body, headers=headers).status_code
                assert (status == 403) == (scope != wanted), (scope, method, path, status)


def test_nothing_of_a_workspace_is_seen_from_another(guarded: Guarded) -> None:
    ours, theirs = (guarded.bearer("read", "write", "approve", workspace=name) for name in ("acme", "other"))
    client = guarded.client
    card = client.post("/v1/scorecards", json={"card": CARD, "name": "Secret"}, headers=ours).json()["id"]
    talk = client.post("/v1/conversations", json={}, headers=ours).json()["id"]
    client.post(f"/v1/conversations/{talk}/messages", json={"text": "AE, win new logos"}, headers=ours)
    paper = client.post(
        "/v1/documents", files={"file": ("secret.md", b"# Zebra plan\n\nZebras get 12 points.")}, headers=ours
    ).json()["id"]
    _until_ready(client, paper, ours)
    nobody = "00000000-0000-0000-0000-000000000000"
    for method, path, body in (
        ("GET", "/v1/scorecards/{}", None), ("GET", "/v1/scorecards/{}/versions", None),
        ("PUT", "/v1/scorecards/{}", {"card": CARD}), ("POST", "/v1/scorecards/{}:submit", {}),
        ("POST", "/v1/scorecards/{}:approve", {}), ("DELETE", "/v1/scorecards/{}", None),
        ("GET", "/v1/scorecards?cursor={}", None),
        ("GET", "/v1/conversations/{}/messages", None), ("GET", "/v1/conversations/{}/events", None),
        ("POST", "/v1/conversations/{}/messages", {"text": "hi"}), ("DELETE", "/v1/conversations/{}", None),
        ("GET", "/v1/documents/{}", None), ("DELETE", "/v1/documents/{}", None),
    ):  # fmt: skip
        for id in (card, talk, paper):
            told = []
            for one in (id, nobody):
                answer = client.request(method, path.format(one), json=body, headers=theirs | {"If-Match": '"1"'})
                found = problem(answer)
                told.append((answer.status_code, str(found["detail"]).replace(one, "…"), found["type"]))
            assert told[0] == told[1] and told[0][0] in {400, 404}, (path, told)
    for path in ("/v1/scorecards", "/v1/conversations", "/v1/documents"):
        assert client.get(path, headers=theirs).json()["items"] == []
        assert client.get(path, headers=ours).json()["items"]
    query = {"query": "How many points do zebras get in the zebra plan?"}
    assert "secret.md" in client.post("/v1/guidance:search", json=query, headers=ours).text
    assert "secret.md" not in client.post("/v1/guidance:search", json=query, headers=theirs).text
    feedback = {"conversation": talk, "turn": 1, "verdict": "up"}
    assert client.post("/v1/feedback", json=feedback, headers=theirs).status_code == 404


def _until_ready(client: TestClient, id: str, headers: dict[str, str]) -> None:
    for _ in range(200):
        if client.get(f"/v1/documents/{id}", headers=headers).json()["status"] == "ready":
            return
        time.sleep(0.1)
    raise AssertionError("the document was not read")


def test_conversations_of_one_key_are_not_another_keys(guarded: Guarded) -> None:
    mine, yours = (guarded.bearer("read", "write") for _ in range(2))
    talk = guarded.client.post("/v1/conversations", json={}, headers=mine).json()["id"]
    assert guarded.client.get(f"/v1/conversations/{talk}/messages", headers=yours).status_code == 404
    assert guarded.client.get(f"/v1/conversations/{talk}/messages", headers=mine).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "localhost@x"]
)
def test_foreign_host_names_are_refused(web: TestClient, host: str) -> None:
    answer = web.get("/v1/roles", headers={"Host": host})
    assert answer.status_code == 421
    assert problem(answer)["type"] == "urn:scorecraft:problem:unknown-host"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8300", "127.0.0.1:9", "[::1]:8300"])
def test_own_names_are_known(web: TestClient, host: str) -> None:
    assert web.get("/v1/roles", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://localhost:1234"}, {"Origin": "http://localhost.evil.example"},
    ],
)  # fmt: skip
def test_pages_elsewhere_cannot_write(web: TestClient, headers: dict[str, str]) -> None:
    assert web.post("/v1/scorecards:suggest", json=BRIEF, headers=headers).status_code == 403
    assert web.get("/v1/roles", headers=headers).status_code == 200


def test_an_own_page_can_write(web: TestClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert web.post("/v1/scorecards:suggest", json=BRIEF, headers=headers).status_code == 200


def test_cors_is_off_until_an_origin_is_named(web: TestClient, tmp_path: Path) -> None:
    asked = {"Origin": "https://hr.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in web.options("/v1/scorecards:suggest", headers=asked).headers
    with client_over(tmp_path, api_origins="https://hr.example") as client:
        allowed = client.options("/v1/scorecards:suggest", headers=asked)
        assert allowed.headers["access-control-allow-origin"] == "https://hr.example"
        sent = client.post("/v1/scorecards:suggest", json=BRIEF, headers={"Origin": "https://hr.example"})
        assert sent.status_code == 200 and sent.headers["access-control-allow-origin"] == "https://hr.example"
        assert (
            client.post("/v1/scorecards:suggest", json=BRIEF, headers={"Origin": "https://x.example"}).status_code
            == 403
        )


def test_more_than_agreed_is_told_when_to_come_back(tmp_path: Path) -> None:
    with open_store(Settings(data_dir=tmp_path)) as store:
        tokens = [Keys(store.database).create("acme", name, frozenset({"read"}))[1] for name in "ab"]
    with client_over(tmp_path, api_rate="3/hour") as client:
        answers = [client.get("/v1/rules", headers={"Authorization": f"Bearer {tokens[0]}"}) for _ in range(4)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert 0 < int(answers[3].headers["retry-after"]) <= 3600
        assert client.get("/v1/rules", headers={"Authorization": f"Bearer {tokens[1]}"}).status_code == 200


def test_guessing_keys_is_slowed_down(tmp_path: Path) -> None:
    with open_store(Settings(data_dir=tmp_path)) as store:
        Keys(store.database).create("acme", "a", frozenset({"read"}))
    with client_over(tmp_path) as client:
        answers = [client.get("/v1/rules", headers={"Authorization": f"Bearer guess{n}"}) for n in range(31)]
    assert [one.status_code for one in answers] == [401] * 30 + [429]


@pytest.mark.parametrize("path", ["/v1/roles", "/nothing", "/healthz", "/v1/openapi.json"])
def test_every_answer_carries_its_id_and_keeps_to_itself(web: TestClient, path: str) -> None:
    headers = web.get(path, headers={"X-Request-ID": "order-66"}).headers
    assert headers["x-request-id"] == "order-66"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
    assert len(web.get(path, headers={"X-Request-ID": "a b\n"}).headers["x-request-id"]) == 32
