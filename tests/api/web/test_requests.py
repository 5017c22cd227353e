"""What clients send: bad input told with its place and the way out, writes carried out once, versions that hold."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.bodies import BRIEF, BRIEF_ZH, CARD, CARD_ZH, MOST_BRIEFS

JSON = {"Content-Type": "application/json"}
SUGGEST = "/v1/scorecards:suggest"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400), (b"", 422), (b"[]", 422), (b"null", 422), (b'"x"', 422), (b'{"role": NaN}', 400),
        (b'{"role": Infinity}', 400), (b'{"role": 1e999}', 422), (b'{"role": "\xff\xfe"}', 400),
        (b'{"role": "\\ud800"}', 400),
        (b"[" * 50_000, 400), (b'{"a":' * 50_000, 400), (b'{"role": "x", "count": 1e2}', 422),
        (b'{"role": "' + b"x" * 2_100_000 + b'"}', 413), (b'{"role": ["AE"]}', 422),
        (b'{"role": "AE", "count": 0}', 422),
        (b'{"role": "AE", "context": {"cycle_months": -1}}', 422), (b'{"role": "AE", "context": {"stage": "zz"}}', 422),
        (b'{"role": "AE", "pins": ["NPS=0"]}', 422), (b'{"role": "AE", "profile": "../../etc/passwd"}', 422),
        (b'{"role": "AE", "language": "fr"}', 422), (b'{"role": "AE", "strategy": ["cash", "nope_theme"]}', 422),
    ],
)  # fmt: skip
def test_bad_input_is_told_with_its_place(web: TestClient, body: bytes, status: int) -> None:
    for language in ("zh", "en"):
        answer = web.post(SUGGEST, content=body, headers={**JSON, "Accept-Language": language})
        assert answer.status_code == status, answer.text
        told = answer.json()
        assert answer.headers["content-language"] == language and told["detail"] and told["status"] == status
        assert any("一" <= letter <= "鿿" for letter in told["detail"] + told["title"]) == (language == "zh")


def test_a_field_is_pointed_at(web: TestClient) -> None:
    body = {"role": "AE", "context": {"cycle_months": "long", "moood": 1}, "pins": "NPS"}
    told = web.post(SUGGEST, json=body, headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}).json()
    assert {one["pointer"]: one["detail"] for one in told["errors"]} == {
        "#/context/cycle_months": "应为整数",
        "#/context/moood": "没有这个字段",
        "#/pins": "应为数组",
    }


@pytest.mark.parametrize(
    ("body", "accept", "language"),
    [
        ({"role": "魔法师"}, None, "zh"), ({"role": "wizard of oz"}, None, "en"),
        ({"role": "wizard of oz", "language": "zh"}, None, "zh"), ({"role": "魔法师", "language": "en"}, None, "en"),
        ({"role": "魔法师"}, "en", "en"), ({"role": "AE", "战略": "回款"}, "fr", "zh"),
        ({"role": "AE", "strategy": "回款优先", "count": "many"}, None, "zh"),
    ],
)  # fmt: skip
def test_a_problem_is_told_in_the_language_of_the_header_or_of_the_body(
    web: TestClient, body: dict[str, Any], accept: str | None, language: str
) -> None:
    answer = web.post(SUGGEST, json=body, headers={"Accept-Language": accept} if accept else {})
    assert (answer.status_code, answer.headers["content-language"]) == (422, language), answer.text


def test_names_that_are_not_known_come_with_those_that_are(web: TestClient) -> None:
    unknown = web.post(SUGGEST, json={"role": "sales wizard of oz"}, headers={"Accept-Language": "en"}).json()
    assert unknown["type"] == "urn:scorecraft:problem:unknown-role" and unknown["nearest"]
    assert "GET /v1/roles" in unknown["detail"] and "scorecraft" not in unknown["detail"]
    unclear = web.post(SUGGEST, json={"role": "AE", "exclude": ["zzqqx"]}).json()
    assert unclear["type"] == "urn:scorecraft:problem:unknown-indicator"
    colliding = web.post(SUGGEST, json={"role": "AE", "pins": ["NPS=60", "collection_rate=60"]}).json()
    assert colliding["type"] == "urn:scorecraft:problem:conflicting-wishes"
    assert len(colliding["wishes"]) == 2 and colliding["drop"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/roles", 404),
        ("GET", "/v1/roles/nobody", 404),
        ("PATCH", SUGGEST, 405),
        ("DELETE", "/v1/roles", 405),
    ],
)
def test_the_frameworks_own_refusals_speak_too(web: TestClient, method: str, path: str, status: int) -> None:
    told = web.request(method, path, headers={"Accept-Language": "zh"})
    assert told.status_code == status and told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"]


def test_other_content_types_are_named(web: TestClient) -> None:
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}):
        assert web.post(SUGGEST, content=b'{"role": "AE"}', headers=headers).status_code == 415
    assert web.post(SUGGEST, content=b'{"role": "AE"}', headers={"Content-Type": "application/vnd.a+json"}).is_success


def test_answers_follow_the_bodys_language_then_the_headers(web: TestClient) -> None:
    for body, header, wanted in ((BRIEF, "zh", "en"), (BRIEF_ZH, "en", "zh"), ({"role": "AE"}, "zh", "zh")):
        found = web.post(SUGGEST, json=body, headers={"Accept-Language": header}).json()
        assert found["understood"]["language"] == wanted


def test_a_repeated_request_is_answered_alike_and_others_are_not_mixed_up(web: TestClient) -> None:
    first = [web.post(SUGGEST, json=BRIEF, headers={"Accept-Language": header}).text for header in ("zh", "en")]
    again = [web.post(SUGGEST, json=BRIEF, headers={"Accept-Language": header}).text for header in ("zh", "en")]
    assert first == again
    checks = [
        web.post(f"/v1/scorecards:{verb}", json={"card": CARD, "language": "en"}).json() for verb in ("check", "repair")
    ]
    assert "findings" in checks[0] and "changes" in checks[1]
    assert (
        web.post(SUGGEST, json={"role": "AE", "count": 5}).text
        != web.post(SUGGEST, json={"role": "AE", "count": 6}).text
    )


@pytest.mark.parametrize(
    "given",
    [
        {}, {"card": CARD, "text": "x 100%"}, {"card": {}}, {"card": {"items": []}}, {"card": {"items": "x"}},
        {"card": {"items": [{"name": "Revenue", "weight": 1e300}]}}, {"text": "hello"}, {"card": {"items": [None]}},
        {"card": {"items": [{"name": {"zh": 1}}]}}, {"card": CARD, "ignore": {"X999": "because"}},
        {"card": CARD, "role": "nobody at all"}, {"text": "=HYPERLINK(1)\t50%"}, {"card": {"scorecard": {"items": 3}}},
        {"card": {"items": [{"name": "x" * 100_000, "weight": 50}]}},
    ],
)  # fmt: skip
def test_cards_that_are_none_are_refused_or_checked_never_a_fault(web: TestClient, given: dict[str, Any]) -> None:
    for verb in ("check", "repair", "review"):
        answer = web.post(f"/v1/scorecards:{verb}", json=given)
        assert answer.status_code in {200, 422}, (verb, answer.text[:300])


def test_a_card_that_we_suggested_is_sound_and_can_be_exported(web: TestClient) -> None:
    card = web.post(SUGGEST, json=BRIEF_ZH).json()["scorecard"]
    assert web.post("/v1/scorecards:check", json={"card": card}).json()["sound"]
    for to, start in (("xlsx", b"PK"), ("docx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")):
        answer = web.post("/v1/scorecards:export", json={"card": card, "to": to, "form_language": "both"})
        assert answer.content.startswith(start) and f'scorecard.{to}"' in answer.headers["content-disposition"]


def kept(web: TestClient, **headers: str) -> Any:
    return web.post("/v1/scorecards", json={"card": CARD_ZH, "name": "销售代表"}, headers=headers)


def test_a_write_sent_again_is_carried_out_once(web: TestClient) -> None:
    first, second = (kept(web, **{"Idempotency-Key": "order-1"}) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.content == second.content and second.headers["idempotent-replayed"] == "true"
    assert second.headers["location"] == first.headers["location"] and second.headers["etag"] == first.headers["etag"]
    other = web.post("/v1/scorecards", json={"card": CARD, "name": "x"}, headers={"Idempotency-Key": "order-1"})
    assert other.status_code == 422
    refused = web.post("/v1/scorecards", json={"card": {}, "name": "x"}, headers={"Idempotency-Key": "order-2"})
    assert refused.status_code == 422
    assert kept(web, **{"Idempotency-Key": "order-2"}).status_code == 201
    assert kept(web, **{"Idempotency-Key": "x" * 300}).status_code == 400


def test_nobody_overwrites_what_they_have_not_seen(web: TestClient) -> None:
    card = kept(web)
    path, tag = card.headers["location"], card.headers["etag"]
    changes: list[Callable[[dict[str, str]], Any]] = [
        lambda headers: web.put(path, json={"card": CARD}, headers=headers),
        lambda headers: web.post(f"{path}:submit", json={}, headers=headers),
        lambda headers: web.post(f"{path}:restore", json={"version": 1}, headers=headers),
        lambda headers: web.delete(path, headers=headers),
    ]
    for change in changes:
        assert change({}).status_code == 428
        assert change({"If-Match": '"99"'}).status_code == 412
        assert change({"If-Match": "*"}).status_code == 412
    assert web.post(f"{path}:approve", json={}, headers={"If-Match": tag}).status_code == 409
    changed = web.put(path, json={"card": CARD}, headers={"If-Match": tag})
    assert changed.status_code == 200 and changed.headers["etag"] != tag
    assert web.get(path, params={"version": 1}).json()["card"]["items"][0]["name"]["zh"] == "销售额"
    assert web.delete(path, headers={"If-Match": changed.headers["etag"]}).status_code == 204
    assert web.get(path).status_code == 404


def test_pages_lead_through_the_whole_list(web: TestClient) -> None:
    made = {kept(web).json()["id"] for _ in range(5)}
    seen, cursor, pages = list[str](), None, 0
    while pages < 100:
        page = web.get("/v1/scorecards", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [one["id"] for one in page["items"]]
        cursor, pages = page["next"], pages + 1
        if cursor is None:
            break
    assert made <= set(seen) and len(seen) == len(set(seen))
    for wrong in ("x", "%%%", "AAAA", ""):
        assert web.get("/v1/scorecards", params={"cursor": wrong}).status_code == 400


def test_a_batch_is_answered_line_by_line(web: TestClient) -> None:
    lines = [json.dumps(BRIEF), "nope", json.dumps({"role": "zzqq"}), json.dumps({"count": 3}), json.dumps(BRIEF_ZH)]
    answer = web.post(
        "/v1/scorecards:suggestBatch",
        content="\n".join(lines).encode(),
        headers={"Content-Type": "application/jsonl", "Accept-Language": "zh"},
    )
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert [one["line"] for one in found] == [1, 2, 3, 4, 5]
    assert ["result" in one for one in found] == [True, False, False, False, True]
    assert found[0]["result"]["scorecard"] == web.post(SUGGEST, json=BRIEF).json()["scorecard"]
    assert found[3]["error"]["errors"][0]["pointer"] == "#/role"


def test_a_batch_has_a_limit(web: TestClient) -> None:
    headers = {"Content-Type": "application/jsonl"}
    most = web.post("/v1/scorecards:suggestBatch", content=b"{}\n" * MOST_BRIEFS, headers=headers)
    assert most.status_code == 200 and most.text.count("\n") == MOST_BRIEFS
    more = web.post("/v1/scorecards:suggestBatch", content=b"{}\n" * (MOST_BRIEFS + 1), headers=headers)
    assert more.status_code == 422
    assert web.post("/v1/scorecards:suggestBatch", content=b"\n\n", headers=headers).status_code == 422
    assert web.post("/v1/scorecards:suggestBatch", json=BRIEF).status_code == 415
