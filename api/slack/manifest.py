"""The app's manifest: what Slack is told of the bot when it is created."""

from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import yaml

from api.slack import PATH
from assistant.errors import BadInput


def manifest(url: str | None = None) -> str:
    """Return the manifest for Socket Mode, or for HTTP where the server's public address is given."""
    text = resources.files("api.slack").joinpath("manifest.yaml").read_text(encoding="utf-8")
    if url is None:
        return text
    at = urlsplit(url)
    if at.scheme != "https" or not at.hostname or at.path not in {"", "/"} or at.query:
        raise BadInput("slack.bad_url", url=url)
    found: dict[str, Any] = yaml.safe_load(text)
    events = f"https://{at.netloc}{PATH}"
    found["settings"]["socket_mode_enabled"] = False
    found["settings"]["event_subscriptions"]["request_url"] = events
    found["settings"]["interactivity"]["request_url"] = events
    for command in found["features"]["slash_commands"]:
        command["url"] = events
    return yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=120)
