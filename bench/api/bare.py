"""A bare FastAPI endpoint that reads the body and returns the same bytes: what the framework itself costs."""

import os
from pathlib import Path

from fastapi import FastAPI, Request, Response

app = FastAPI(openapi_url=None)
ANSWER = Path(os.environ["BARE_ANSWER"]).read_bytes()


@app.post("/")
async def answer(request: Request) -> Response:
    await request.body()
    return Response(ANSWER, media_type="application/json")
