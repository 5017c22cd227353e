"""The web server: ``create_app`` puts gate, routes and office together; nothing is opened before the server starts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from api import slack
from api.dependencies import ANYWHERE
from api.http import language, problems
from api.http.flaws import flaws
from api.http.gate import PROBES, Gate
from api.http.observing import Observing
from api.http.problems import Refused
from api.http.repeats import Repeats
from api.office import Office, furnished
from api.routes import batch, catalogue, conversations, documents, guidance, operations, saved, scorecards
from assistant import settings as configured
from assistant.errors import ScorecraftError
from assistant.settings import Settings, within_machine
from assistant.wording import worded

if TYPE_CHECKING:
    from starlette.routing import Route

    from api.slack.bot import Bot

MODULES = (scorecards, batch, saved, conversations, guidance, documents, catalogue, operations)
CLOSED = ("Retry-After", "ETag", "X-Request-ID", "Content-Disposition", "Location")


def create_app(settings: Settings | None = None) -> ASGIApp:
    """Return the application; ``settings`` are the environment's where none are given."""
    known = settings or configured.load()
    office = furnished(known)
    return guarded(office, routed(office))


def routed(office: Office) -> FastAPI:
    """Return the routes alone, as the OpenAPI file describes them."""

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        office.reading.start()
        office.warm_behind(app.openapi)
        if office.slack is not None:
            office.slack.start()
        yield
        office.close()

    app = FastAPI(
        title="Scorecraft",
        version="1",
        description="Suggests, checks and repairs KPI scorecards. Weights, findings and citations come from code.",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=running,
        responses=ANYWHERE,
        separate_input_output_schemas=False,
    )
    app.state.office = office
    app.openapi = partial(described, app)  # type: ignore[method-assign]
    for module in MODULES:
        app.include_router(module.router)
    if office.slack is not None:
        app.router.routes.append(slack_route(office.slack))
    for error, answer in ANSWERS.items():
        app.add_exception_handler(error, answer)
    return app


def slack_route(bot: "Bot") -> "Route":
    """Return where Slack's requests come in; its libraries are loaded only where there is a bot."""
    from api.slack.listening import app
    from api.slack.web import route

    secret = bot.settings.slack_signing_secret
    return route(app(bot), secret.get_secret_value() if secret else "", bot.working.arriving)


def guarded(office: Office, app: FastAPI) -> ASGIApp:
    """Put the gate before the routes; outermost what observes both."""
    settings = office.settings
    gate = Gate(
        Repeats(app),
        settings,
        office.doors,
        office.counter,
        open_house=within_machine(settings.api_host),
        signed=frozenset((slack.PATH,)) if office.slack else frozenset(),
    )
    if not settings.allowed_origins:
        return Observing(gate)
    cors = CORSMiddleware(
        gate,
        allow_origins=settings.allowed_origins,
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["*"],
        expose_headers=CLOSED,
    )
    return Observing(cors)


def described(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI file, with how callers say who they are; without keys this machine may leave it out."""
    made = app.openapi_schema is not None
    file = FastAPI.openapi(app)
    if not made:
        file["components"]["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer", "description": "scorecraft keys create"}
        }
        file["security"] = [{"key": []}, {}]
        for path in PROBES:
            file["paths"][path]["get"]["security"] = []
    return file


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise TypeError(type(error).__name__)
    return problems.refusal(error, language.spoken(request), request.state.request_id)


async def _trouble(request: Request, error: Exception) -> Response:
    if not isinstance(error, ScorecraftError):
        raise TypeError(type(error).__name__)
    return problems.trouble(error, language.spoken(request), request.state.request_id)


async def _invalid(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise TypeError(type(error).__name__)
    speaking = language.spoken(request)
    found = flaws(error.errors(), speaking)
    only = worded("web.field", speaking, place=found[0].pointer, detail=found[0].detail)
    detail = only if len(found) == 1 else worded("web.fields", speaking, count=len(found))
    return problems.response(422, "bad-input", detail, speaking, request.state.request_id, errors=found)


async def _http(request: Request, error: Exception) -> Response:
    """Word what the framework refuses."""
    if not isinstance(error, HTTPException):
        raise TypeError(type(error).__name__)
    if isinstance(error.__cause__, Refused):
        return await _refused(request, error.__cause__)
    return await _refused(request, _as_refused(request, error))


def _as_refused(request: Request, error: HTTPException) -> Refused:
    status, headers = error.status_code, error.headers
    known: dict[int, tuple[str, str, dict[str, Any]]] = {
        404: ("not-found", "web.not_found", {}),
        405: ("method", "web.method", {"method": request.method}),
    }
    name, key, variables = known.get(status, ("turned-away", "web.turned_away", {"status": str(status)}))
    return Refused(status, name, key, headers, **variables)


async def _fault(request: Request, error: Exception) -> Response:
    return await _refused(request, Refused(500, "fault", "web.fault"))


ANSWERS = {
    Refused: _refused,
    ScorecraftError: _trouble,
    RequestValidationError: _invalid,
    HTTPException: _http,
    Exception: _fault,
}
