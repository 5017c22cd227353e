"""What people do in Slack, as the requests that Slack makes of it."""

import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx2

from tests.api.slack.workspace import CHANNEL, DM, HOME_BOT, TEAM, Workspace, signed

_COUNT = itertools.count(1)
Send = Callable[[str, str], httpx2.Response]
"""Sends a body of a content type, signed."""


def event(about: dict[str, Any], id: str | None = None) -> dict[str, Any]:
    """Return the request of the Events API that brings an event."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event": about,
        "event_id": id or f"Ev{next(_COUNT)}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": HOME_BOT, "is_bot": True}],
    }


@dataclass
class People:
    """Writes, presses and submits on behalf of people, and waits until the bot has answered."""

    space: Workspace
    send: Send
    idle: Callable[[], bool]
    """Tells whether nothing waits to be answered."""
    late: list[float] = field(default_factory=list)

    def post(self, body: dict[str, Any], *, form: bool = False) -> httpx2.Response:
        began = time.perf_counter()
        if form:
            answer = self.send(urlencode({"payload": json.dumps(body)}), "application/x-www-form-urlencoded")
        else:
            answer = self.send(json.dumps(body), "application/json")
        self.late.append(time.perf_counter() - began)
        return answer

    def settle(self, seconds: float = 30.0) -> None:
        """Wait until everything that was asked is answered."""
        end = time.monotonic() + seconds
        quiet = 0
        while time.monotonic() < end and quiet < 3:
            quiet = quiet + 1 if self.idle() else 0
            time.sleep(0.02)
        assert quiet >= 3, "the bot is still at it"

    def write(self, user: str, text: str, channel: str = DM, thread: str | None = None, **more: Any) -> dict[str, Any]:
        """Write a message; in a channel that mentions the bot it comes as a mention."""
        told = self.space.write(user, channel, text, **({"thread_ts": thread} if thread else {}), **more)
        kind = "app_mention" if f"<@{HOME_BOT}>" in text and not channel.startswith("D") else "message"
        about = {**told, "type": kind, "channel_type": "im" if channel.startswith("D") else "channel"}
        if more.get("files"):
            about["subtype"] = "file_share"
        answer = self.post(event(about))
        assert answer.status_code == 200, answer.text
        self.settle()
        return told

    def command(self, user: str, text: str, channel: str = CHANNEL) -> httpx2.Response:
        fields = {
            "command": "/kpi",
            "text": text,
            "user_id": user,
            "team_id": TEAM,
            "channel_id": channel,
            "trigger_id": f"{next(_COUNT)}.trigger",
            "response_url": self.space.response_url(user, channel),
        }
        answer = self.send(urlencode(fields), "application/x-www-form-urlencoded")
        self.settle()
        return answer

    def shortcut(self, user: str, message: dict[str, Any], channel: str = CHANNEL) -> None:
        self.post(
            {
                "type": "message_action",
                "callback_id": "check_scorecard",
                "trigger_id": f"{next(_COUNT)}.trigger",
                "team": {"id": TEAM},
                "user": {"id": user, "team_id": TEAM},
                "channel": {"id": channel},
                "message": message,
                "response_url": self.space.response_url(user, channel),
            },
            form=True,
        )
        self.settle()

    def press(
        self,
        user: str,
        message: dict[str, Any],
        deed: str,
        channel: str = DM,
        private: bool = False,
        name: str = "",
        *,
        expired: bool = False,
    ) -> None:
        """Press the button of a message whose name begins so, ``expired`` half an hour later.

        ``name`` tells apart the two for good and bad, and the choices of a menu.
        """
        button = next(one for one in buttons(message) if one["action_id"].startswith(f"scorecraft_{deed}"))
        if button["type"] == "static_select":
            block = next(one for one in message["blocks"] if button in one.get("elements", []))
            chosen = next(one for one in button["options"] if one["text"]["text"] == name)
            button = {**button, "selected_option": chosen, "block_id": block["block_id"]}
        if button["type"] == "feedback_buttons":
            marks = (button["positive_button"], button["negative_button"])
            button = {**button, "value": next(one["value"] for one in marks if one["text"]["text"] == name)}
        container = {"type": "message", "channel_id": channel, "message_ts": message.get("ts", self.space.ts())}
        self.post(
            {
                "type": "block_actions",
                "trigger_id": f"{next(_COUNT)}.trigger",
                "team": {"id": TEAM},
                "user": {"id": user, "team_id": TEAM},
                "channel": {"id": channel},
                "container": {**container, "is_ephemeral": private, "thread_ts": message.get("thread_ts")},
                "message": message,
                "actions": [{"type": "button", **button}],
                "response_url": self.space.response_url(user, channel) + ("-gone" if expired else ""),
            },
            form=True,
        )
        self.settle()

    def submit(self, user: str, view: dict[str, Any], values: dict[str, str], locks: tuple[str, ...] = ()) -> Any:
        """Submit a window and return what Slack is told."""
        state: dict[str, Any] = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            id, element = block["block_id"], block["element"]
            if element["type"] == "checkboxes":
                chosen = [one for one in element["options"] if one["text"]["text"] in locks]
                state[id] = {"value": {"type": "checkboxes", "selected_options": chosen}}
            elif element["type"] == "conversations_select":
                state[id] = {"value": {"type": element["type"], "selected_conversation": values["channel"]}}
            else:
                name = block["label"]["text"]
                state[id] = {"value": {"type": "number_input", "value": values.get(name, element.get("initial_value"))}}
        answer = self.post(
            {
                "type": "view_submission",
                "team": {"id": TEAM},
                "user": {"id": user, "team_id": TEAM},
                "trigger_id": f"{next(_COUNT)}.trigger",
                "view": {"id": f"V{next(_COUNT)}", "team_id": TEAM, **view, "state": {"values": state}},
            },
            form=True,
        )
        self.settle()
        return json.loads(answer.text) if answer.text else None


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        one
        for block in message.get("blocks", [])
        if block["type"] in {"actions", "context_actions"}
        for one in block["elements"]
    ]


def headers(body: str, kind: str) -> dict[str, str]:
    return {**signed(body), "Content-Type": kind}
