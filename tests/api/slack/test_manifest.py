"""The app's manifest: what it asks for is what the bot uses, and no more."""

import re
from pathlib import Path

import pytest
import yaml

import api.slack
from api.slack.listening import COMMAND, SHORTCUT
from api.slack.manifest import manifest
from assistant.errors import BadInput

# Source: docs.slack.dev/reference/methods and reference/events; which scopes each needs.
SCOPES = {
    "chat_postMessage": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_startStream": {"chat:write"},
    "chat_appendStream": {"chat:write"},
    "chat_stopStream": {"chat:write"},
    "users_info": {"users:read"},
    "conversations_info": {"channels:read", "groups:read", "im:read", "mpim:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "files_info": {"files:read"},
    "files_getUploadURLExternal": {"files:write"},
    "files_completeUploadExternal": {"files:write"},
    "assistant_threads_setStatus": {"assistant:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "views_open": set(),
    "auth_test": set(),
    "apps_connections_open": set(),
}
EVENTS = {
    "app_mention": {"app_mentions:read"},
    "assistant_thread_started": {"assistant:write"},
    "assistant_thread_context_changed": {"assistant:write"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
}


def test_the_scopes_are_those_that_are_used() -> None:
    found = yaml.safe_load(manifest())
    code = "".join(one.read_text(encoding="utf-8") for one in Path(api.slack.__file__).parent.rglob("*.py"))
    used = set(re.findall(r"\b(?:client|bot|settings\))\.(\w+_\w+)\b", code)) & set(SCOPES)
    assert used == set(SCOPES)
    events = found["settings"]["event_subscriptions"]["bot_events"]
    wanted = {"commands"}.union(*(SCOPES[one] for one in used), *(EVENTS[one] for one in events))
    assert set(found["oauth_config"]["scopes"]["bot"]) == wanted


def test_the_names_are_those_that_are_listened_to() -> None:
    found = yaml.safe_load(manifest())["features"]
    assert [one["command"] for one in found["slash_commands"]] == [COMMAND]
    assert [one["callback_id"] for one in found["shortcuts"]] == [SHORTCUT]


def test_texts_keep_slacks_limits() -> None:
    found = yaml.safe_load(manifest())
    about = found["display_information"]
    assert (
        len(about["name"]) <= 35 and len(about["description"]) <= 140 and 175 <= len(about["long_description"]) <= 4000
    )
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in found["features"]["shortcuts"])


def test_over_http_slack_is_told_where_to_send() -> None:
    found = yaml.safe_load(manifest("https://kpi.example.com/"))
    events = "https://kpi.example.com/slack/events"
    settings = found["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == settings["interactivity"]["request_url"] == events
    assert found["features"]["slash_commands"][0]["url"] == events


@pytest.mark.parametrize(
    "url", ["http://kpi.example.com", "kpi.example.com", "https://kpi.example.com/x", "https://", ""]
)
def test_an_address_that_slack_could_not_call_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        manifest(url)
