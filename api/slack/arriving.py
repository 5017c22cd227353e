"""From Slack's payloads to what was asked; what nobody asked of us is ``None``.

Sources: docs.slack.dev, reference/events, interactivity/implementing-slash-commands, reference/interaction-payloads.
"""

import re
from collections.abc import Mapping
from typing import Any

from api.slack.asked import Asked, Attachment, Deed, Place, Pressed, conversation_of, named
from api.slack.blocks.controls import PREFIX

Payload = Mapping[str, Any]
HEARD = (None, "file_share", "thread_broadcast")
"""Subtypes of messages that people wrote; joins, topics, bots and the like have others."""
OURS = re.compile(rf"{PREFIX}\w+")
"""Names of our buttons."""
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
# Slack writes what people type as markup: <https://a.b|a.b>, <#C1|sales>, <!here>.
_MARKUP = re.compile(r"<(?P<sign>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<shown>[^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def message(body: Payload) -> Asked | None:
    """Read a ``message`` or ``app_mention`` event; bots, systems and ourselves are not answered."""
    event = body["event"]
    if event.get("subtype") not in HEARD or event.get("bot_id") or event.get("bot_profile") or not event.get("user"):
        return None
    mentioned = event["type"] == "app_mention"
    direct = event.get("channel_type") == "im" or str(event["channel"]).startswith("D")
    if not (direct or mentioned or event.get("thread_ts")) or (not direct and not mentioned and _mentions(body, event)):
        # A channel's own talk; a mention comes as an event of its own.
        return None
    thread = event.get("thread_ts") or (None if direct else event["ts"])
    place = Place(team=_home(body), channel=event["channel"], thread=thread, direct=direct)
    return Asked(
        kind="message",
        user=event["user"],
        team=event.get("user_team") or event.get("team") or _home(body),
        place=place,
        conversation=conversation_of(place, event["user"]),
        text=plain(event.get("text", "")),
        files=_files(event),
        source=f"{event['channel']}:{event['ts']}",
        mentioned=mentioned,
    )


def edited(body: Payload) -> Asked | None:
    """Read what a message was changed to; ``None`` where its words are the same, as when a link was unfolded."""
    event = body["event"]
    after, before = event.get("message") or {}, event.get("previous_message") or {}
    if after.get("text") == before.get("text") or after.get("subtype") == "tombstone":
        return None
    told = {**after, "type": "message", "channel": event["channel"], "channel_type": event.get("channel_type")}
    if told["channel_type"] != "im" and _mentions(body, told):
        told["type"] = "app_mention"
    asked = message({**body, "event": told}) if after.get("ts") else None
    return asked.model_copy(update={"kind": "edited"}) if asked is not None else None


def deleted(body: Payload) -> str:
    """Return the place of a message that was deleted."""
    event = body["event"]
    return f"{event['channel']}:{event.get('deleted_ts', '')}"


def opened(body: Payload) -> Asked:
    """Read ``assistant_thread_started``."""
    pane = body["event"]["assistant_thread"]
    place = Place(team=_home(body), channel=pane["channel_id"], thread=pane["thread_ts"], direct=True)
    return Asked(
        kind="opened",
        user=pane["user_id"],
        team=_home(body),
        place=place,
        conversation=conversation_of(place, pane["user_id"]),
    )


def command(body: Payload) -> Asked:
    """Read ``/kpi``."""
    place = Place(
        team=body["team_id"],
        channel=body["channel_id"],
        direct=str(body["channel_id"]).startswith("D"),
        private=True,
        response_url=body.get("response_url"),
    )
    return Asked(
        kind="command",
        user=body["user_id"],
        team=body["team_id"],
        place=place,
        conversation=conversation_of(place, body["user_id"]),
        text=plain(body.get("text", "")),
    )


def check(body: Payload) -> Asked:
    """Read the shortcut on a message: each message that is checked is a conversation of its own."""
    told, user = body["message"], body["user"]["id"]
    place = Place(team=_team(body), channel=body["channel"]["id"], private=True, response_url=body.get("response_url"))
    return Asked(
        kind="check",
        user=user,
        team=body["user"].get("team_id") or _team(body),
        place=place,
        conversation=named("check", _team(body), body["channel"]["id"], str(told.get("ts", "")), user),
        text=plain(told.get("text", "")),
        files=_files(told),
    )


def press(body: Payload) -> Asked | None:
    """Read a press of one of our buttons; ``None`` for another app's, or a button that carries nothing of ours."""
    action = body["actions"][0]
    deed = str(action.get("action_id", "")).removeprefix(PREFIX).partition("_")[0]
    option = (action.get("selected_option") or {}).get("value")
    try:
        pressed = Pressed.model_validate_json(str(action.get("block_id") if option else action.get("value")))
        pressed = pressed.model_copy(update={"words": option}) if option else pressed
        return _pressed(body, deed_of(deed), pressed)
    except ValueError:
        return None


def deed_of(name: str) -> Deed:
    known: dict[str, Deed] = {one: one for one in Deed.__args__}  # type: ignore[attr-defined]
    if name not in known:
        raise ValueError(name)
    return known[name]


def _pressed(body: Payload, deed: Deed, pressed: Pressed) -> Asked:
    container, user = body.get("container") or {}, body["user"]["id"]
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id", "")
    told = body.get("message") or {}
    private, direct = bool(container.get("is_ephemeral")), str(channel).startswith("D")
    thread = (
        container.get("thread_ts")
        or told.get("thread_ts")
        or (None if direct or private else container.get("message_ts"))
    )
    place = Place(
        team=_team(body),
        channel=channel,
        thread=thread,
        direct=direct,
        private=private,
        response_url=body.get("response_url") if private else None,
    )
    return Asked(
        kind="press",
        user=user,
        team=body["user"].get("team_id") or _team(body),
        place=place,
        conversation=pressed.conversation,
        deed=deed,
        pressed=pressed,
        text=pressed.words,
    )


def plain(text: str) -> str:
    """Return what a person typed from Slack's markup of it: without mentions, links as they were shown."""
    bare = _MARKUP.sub(_shown, _MENTION.sub(" ", text))
    for entity, sign in _ENTITIES:
        bare = bare.replace(entity, sign)
    return "\n".join(line.strip(" ") for line in bare.replace("```", "\n").splitlines()).strip()


def _shown(found: "re.Match[str]") -> str:
    sign, what, name = found["sign"], found["what"], found["shown"]
    if sign == "@":
        return " "
    return name or (what if sign != "!" else what.partition("^")[0])


def _mentions(body: Payload, event: Payload) -> bool:
    """Tell whether a message calls us by name."""
    return any(f"<@{id}" in event.get("text", "") for id in _bots(body))


def _bots(body: Payload) -> list[str]:
    return [one["user_id"] for one in body.get("authorizations") or [] if one.get("is_bot") and one.get("user_id")]


def _files(event: Payload) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(id=one["id"], name=one.get("name") or one["id"]) for one in event.get("files") or [] if one.get("id")
    )


def _home(body: Payload) -> str:
    """Return the team that the bot is installed in."""
    granted: Payload = next((one for one in body.get("authorizations") or [] if one.get("team_id")), {})
    return str(granted.get("team_id") or body["team_id"])


def _team(body: Payload) -> str:
    return str((body.get("team") or {}).get("id") or body["user"].get("team_id", ""))


def state(view: Payload) -> dict[str, Any]:
    """Return what was set in a window, by block."""
    return {block: next(iter(values.values()), {}) for block, values in view["state"]["values"].items()}
