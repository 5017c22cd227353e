"""Files of Slack: fetched by their id, and uploaded into a conversation."""

import httpx2
from slack_sdk.web import WebClient

from api.slack.asked import Attachment
from api.slack.calling import TIMEOUT, Declined, Later, call, of_slack
from assistant.errors import BadInput
from assistant.intake.sources import LIMIT, MEGABYTES, Source
from assistant.settings import Settings


def fetched(client: WebClient, settings: Settings, file: Attachment) -> Source:
    """Return a file that a person attached; ``BadInput`` where it cannot be had, ``Later`` where not now."""
    try:
        about = call(client.files_info, file=file.id)["file"]
    except Declined:
        raise BadInput("slack.no_file", name=file.name) from None
    if int(about.get("size") or 0) > LIMIT:
        raise BadInput("file.size", name=file.name, most=MEGABYTES)
    url = str(about.get("url_private_download") or about.get("url_private") or "")
    if not of_slack(url, settings):
        # A file kept elsewhere: our token is not for whoever keeps it.
        raise BadInput("slack.no_file", name=file.name)
    return Source(str(about.get("name") or file.name), _read(url, client, file.name))


def _read(url: str, client: WebClient, name: str) -> bytes:
    data = bytearray()
    try:
        with (
            httpx2.Client(timeout=TIMEOUT, follow_redirects=False) as web,
            web.stream("GET", url, headers={"Authorization": f"Bearer {client.token}"}) as answer,
        ):
            if answer.status_code >= 500 or answer.status_code == 429:
                raise Later(unclear=False)
            if answer.status_code != 200 or answer.headers.get("content-type", "").startswith("text/html"):
                raise BadInput("slack.no_file", name=name)
            for part in answer.iter_bytes():
                data += part
                if len(data) > LIMIT:
                    raise BadInput("file.size", name=name, most=MEGABYTES)
    except httpx2.TransportError:
        raise Later(unclear=False) from None
    if not data:
        raise BadInput("file.empty", name=name)
    return bytes(data)


def uploaded(client: WebClient, settings: Settings, name: str, data: bytes) -> str:
    """Hand a file to Slack and return its id; nobody sees it until it is shared."""
    place = call(client.files_getUploadURLExternal, filename=name, length=len(data))
    url = str(place["upload_url"])
    if not of_slack(url, settings):
        raise Declined("foreign_upload_url")
    try:
        answer = httpx2.post(url, content=data, timeout=TIMEOUT)
    except httpx2.TransportError:
        raise Later(unclear=False) from None
    if answer.status_code != 200:
        raise Later(unclear=False)
    return str(place["file_id"])
