"""Whether Slack takes the bot's token, and what the app may do there."""

from urllib.parse import urlsplit

import yaml

from api.slack.calling import Declined, Later, client, told
from api.slack.manifest import manifest
from assistant.errors import BadInput, ScorecraftError
from assistant.health import Part
from assistant.settings import PREFIX, Settings, reach
from knowledge.models import Text


def slack(settings: Settings) -> Part:
    """Ask Slack who the bot is; a scope that it lacks is named."""
    host = urlsplit(settings.slack_api_url).hostname or ""
    part = Part(id="slack", place=host, reach=reach(host))
    try:
        return part.model_copy(update={"name": known_as(settings)})
    except ScorecraftError as error:
        return part.model_copy(update={"state": "fails", "problem": Text(zh=error.say("zh"), en=error.say("en"))})


def known_as(settings: Settings) -> str:
    """Return the bot's name in its workspace; ``BadInput`` where Slack refuses its token or lets it do too little."""
    token = settings.slack_bot_token
    try:
        with told():
            found = client(settings, token.get_secret_value() if token else None).auth_test()
    except Declined as error:
        raise BadInput("slack.bad_token", name=f"{PREFIX}SLACK_BOT_TOKEN", code=error.code) from None
    except Later:
        raise BadInput("slack.unreachable", url=settings.slack_api_url) from None
    granted = next((value for name, value in found.headers.items() if name.lower() == "x-oauth-scopes"), None)
    missing = tuple(sorted(scopes() - set(granted.replace(" ", "").split(",")))) if granted is not None else ()
    if missing:
        raise BadInput("slack.no_scopes", names=missing)
    return f"{found.get('user', '')} @ {found.get('team', '')}"


def scopes() -> set[str]:
    """Return the scopes that the manifest asks for."""
    return set(yaml.safe_load(manifest())["oauth_config"]["scopes"]["bot"])
