"""``scorecraft suggest --from``: briefs in, one JSON object a line out, in order, errors in their place."""

import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.advisor import Advisor, from_settings
from assistant.errors import AmbiguousName, BadInput, ScorecraftError, UnknownName, WishConflict
from assistant.requests import Request
from assistant.wording import worded
from knowledge.models import Language

CHUNK = 20


def run(path: str, language: Language, workers: int) -> None:
    """Answer every line of a file, or of standard input for ``-``."""
    lines = _lines(path)
    for answer in _with_progress(answers(lines, language, workers), len(lines), language):
        sys.stdout.write(answer + "\n")
    sys.stdout.flush()


def answers(lines: list[str], language: Language, workers: int = 1) -> Iterator[str]:
    """Return one JSON object a line, computed in this process or in several."""
    jobs = [(number, line, language) for number, line in enumerate(lines, 1)]
    if workers == 1 or len(lines) <= CHUNK:
        yield from map(answer, jobs)
        return
    # Spawned, never forked: a fork would copy the solver in whatever state it is.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(answer, jobs, chunksize=CHUNK)


def answer(job: tuple[int, str, Language]) -> str:
    """Return the suggestion for one line as JSON, or its error as an object."""
    number, line, language = job
    try:
        request = _request(line, number, language)
        return _advisor().suggest(request).model_dump_json()
    except ScorecraftError as error:
        return json.dumps({"line": number, "error": _described(error, language)}, ensure_ascii=False)


@cache
def _advisor() -> Advisor:
    return from_settings()


def _request(line: str, number: int, language: Language) -> Request:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput("error.json", line=number, problem=getattr(error, "msg", str(error))) from error
    if not isinstance(value, dict):
        raise BadInput("error.json", line=number, problem=type(value).__name__)
    if isinstance(value.get("strategy"), list):
        value["strategy"] = ", ".join(map(str, value["strategy"]))
    try:
        return Request.model_validate({"language": language} | value)
    except ValidationError as error:
        flaw = error.errors(include_url=False)[0]
        place = ".".join(map(str, flaw["loc"]))
        raise BadInput("error.request", line=number, field=place, problem=flaw["msg"]) from error


def _described(error: ScorecraftError, language: Language) -> dict[str, Any]:
    described: dict[str, Any] = {"type": type(error).__name__, "message": error.say(language)}
    if isinstance(error, UnknownName):
        described["nearest"] = [_plain(one, language) for one in error.nearest]
    if isinstance(error, AmbiguousName):
        described["choices"] = list(error.ids)
    if isinstance(error, WishConflict):
        described["wishes"] = [wish.say(language) for wish in error.wishes]
        described["drop"] = [wish.say(language) for wish in error.drop]
    return described


def _plain(value: Any, language: Language) -> str:
    return value.say(language) if hasattr(value, "say") else str(value)


def _lines(path: str) -> list[str]:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        # A JSON text may hold U+2028 and its like, at which splitlines would break it.
        return data.decode("utf-8-sig").removesuffix("\n").split("\n") if data else []
    except OSError as error:
        raise BadInput("error.file", path=path, problem=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise BadInput("error.file", path=path, problem="not UTF-8") from error


def _with_progress(found: Iterable[str], total: int, language: Language) -> Iterator[str]:
    """Show a progress bar on standard error where that is a terminal."""
    if not sys.stderr.isatty():
        yield from found
        return
    from rich.progress import track

    from api.render.terminal import console

    yield from track(found, description=worded("cli.progress", language), total=total, console=console(stderr=True))
