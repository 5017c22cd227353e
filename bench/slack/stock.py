"""What is compared with: Bolt's own adapter for FastAPI, with listeners that acknowledge and then draft."""

import os
from typing import Any

from fastapi import FastAPI, Request
from slack_bolt import App
from slack_bolt.adapter.fastapi import SlackRequestHandler

from api.slack import PATH
from assistant.advisor import Advisor
from assistant.requests import Request as Brief
from knowledge import shipped

advisor = Advisor(shipped.load())
bolt = App(
    token=os.environ["SCORECRAFT_SLACK_BOT_TOKEN"],
    signing_secret=os.environ["SCORECRAFT_SLACK_SIGNING_SECRET"],
    token_verification_enabled=False,
)
bolt.client.base_url = os.environ["SCORECRAFT_SLACK_API_URL"]
handler = SlackRequestHandler(bolt)
app = FastAPI()


def drafted(text: str) -> str:
    found = advisor.suggest(Brief(role="sales_representative", strategy=text))
    return ", ".join(f"{item.name.en} {item.points}" for item in found.scorecard.items)


@bolt.command("/kpi")
def command(ack: Any, body: Any, respond: Any) -> None:
    ack()
    respond(drafted(body["text"]))


@bolt.event("message")
@bolt.event("app_mention")
def message(event: Any, say: Any) -> None:
    say(drafted(event["text"]))


@app.post(PATH)
async def events(request: Request) -> Any:
    return await handler.handle(request)
