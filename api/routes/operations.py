"""``/healthz``, ``/readyz``, ``/metrics``: for whoever runs the server."""

import os
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from pydantic import BaseModel

from api.dependencies import Reader
from api.office import Office
from assistant.errors import ScorecraftError

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether requests are answered, and what is still made ready behind them."""

    ready: bool
    parts: dict[str, str]
    """``ready``, ``warming``, or the kind of what went wrong."""


@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process is alive; nothing else is asked."""
    return Health()


@router.get("/readyz", responses={503: {"model": Readiness}})
async def readyz(request: Request, response: Response) -> Readiness:
    """Say whether requests are answered: the database answers, the rest may still be warming."""
    office: Office = request.app.state.office
    store = await office.pools.keep(_store, office)
    response.status_code = 200 if store == "ready" else 503
    return Readiness(ready=store == "ready", parts={"store": store, **office.warming})


def _store(office: Office) -> str:
    try:
        office.doors.keys.any()
    except ScorecraftError as error:
        return type(error).__name__
    return "ready"


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(caller: Reader) -> Response:
    """Return the figures for Prometheus, of all processes together."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
