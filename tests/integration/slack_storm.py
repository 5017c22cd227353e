"""Many people at once, and Slack as it sends again what is not acknowledged within three seconds."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx2

from api.slack import PATH
from tests.api.slack.slack import event, headers
from tests.api.slack.workspace import CHANNEL, HOME_BOT, SECRET, TEAM, Workspace

PATIENCE = 3.0
"""Seconds for which Slack waits."""
WORDS = ("sales representative, collect cash faster", "销售总监，扩大市场份额", "key account manager, protect margin")
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Sent:
    """A request of Slack, and where its answer is to be seen."""

    body: str
    kind: str
    user: str
    again: bool = False
    """Whether Slack sends it twice."""


@dataclass
class Storm:
    """What came of it: seconds until each request was acknowledged, first tries and those sent again."""

    seconds: list[float] = field(default_factory=list)
    late: int = 0
    statuses: list[int] = field(default_factory=list)


def everybody(space: Workspace, count: int) -> list[Sent]:
    """Return a request each of so many people: messages, mentions and commands; every fourth comes twice."""
    return [_of(space, number, f"UMANY{number}") for number in range(count)]


def _of(space: Workspace, number: int, user: str) -> Sent:
    text, again = WORDS[number % len(WORDS)], number % 4 == 0
    if number % 5 == 3:
        about = {
            "command": "/kpi",
            "text": text,
            "user_id": user,
            "team_id": TEAM,
            "channel_id": CHANNEL,
            "trigger_id": f"storm.{number}",
            "response_url": space.response_url(user),
        }
        return Sent(urlencode(about), FORM, user, again)
    if number % 5 == 4:
        told = space.write(user, CHANNEL, f"<@{HOME_BOT}> {text}")
        return Sent(json.dumps(event({**told, "type": "app_mention"})), JSON, user, again)
    told = space.write(user, f"D{user}", text)
    return Sent(json.dumps(event({**told, "channel_type": "im"})), JSON, user, again)


def storm(urls: Sequence[str], requests: Sequence[Sent]) -> Storm:
    """Send all requests at once, shared out over the processes, and again what is not acknowledged in time."""
    return asyncio.run(_storm(urls, requests))


async def _storm(urls: Sequence[str], requests: Sequence[Sent]) -> Storm:
    found = Storm()
    limits = httpx2.Limits(max_connections=len(requests) * 2, max_keepalive_connections=0)
    async with httpx2.AsyncClient(limits=limits, timeout=PATIENCE) as client:
        # The same request goes to one process and then to another.
        every = [one for one in requests for _ in range(2 if one.again else 1)]
        jobs = [_acknowledged(client, urls[turn % len(urls)] + PATH, one, found) for turn, one in enumerate(every)]
        await asyncio.gather(*jobs)
    return found


async def _acknowledged(client: httpx2.AsyncClient, url: str, one: Sent, found: Storm) -> None:
    for attempt in range(4):
        began = time.perf_counter()
        told = {**headers(one.body, one.kind), **({"X-Slack-Retry-Num": str(attempt)} if attempt else {})}
        try:
            answer = await client.post(url, content=one.body.encode(), headers=told)
        except httpx2.TransportError:
            found.late += 1
            continue
        found.seconds.append(time.perf_counter() - began)
        found.statuses.append(answer.status_code)
        if answer.status_code == 200:
            return


def answers(space: Workspace, requests: Sequence[Sent]) -> dict[str, int]:
    """Return how many answers each person has seen."""
    found = {one.user: 0 for one in requests}
    roots = {one["ts"]: one["user"] for one in space.messages[CHANNEL] if one["user"] in found}
    for user in found:
        found[user] += len(space.said(f"D{user}")) + len(space.ephemeral[user])
    for one in space.said(CHANNEL):
        found[roots[one["thread_ts"]]] += 1
    return found


def settings(space: Workspace) -> dict[str, str]:
    """Return the environment of a server whose bot is in a workspace."""
    return {
        "SCORECRAFT_SLACK_BOT_TOKEN": "xoxb-test",
        "SCORECRAFT_SLACK_SIGNING_SECRET": SECRET,
        "SCORECRAFT_SLACK_API_URL": f"{space.url}/api/",
    }
