"""``suggest --from`` and ``check --from``: one JSON object a line in and out, in order, errors in their place."""

import json
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from assistant.advisor import Advisor, from_settings
from assistant.errors import AmbiguousName, BadInput, ScorecraftError, UnknownName, WishConflict
from assistant.models import Context
from assistant.requests import Request
from assistant.wording import worded
from knowledge.models import LANGUAGES, Language

CHUNK = 20
Work = Literal["suggest", "check"]


class Job(NamedTuple):
    """One line to answer; ``profile`` is a company's file of rules, read once by each process."""

    work: Work
    number: int
    line: str
    language: Language
    profile: str | None = None


def run(path: str, language: Language, workers: int, work: Work = "suggest", profile: str | None = None) -> None:
    """Answer every line of a file, or of standard input for ``-``."""
    lines = _lines(path)
    for answer in _with_progress(answers(lines, language, workers, work, profile), len(lines), language):
        sys.stdout.write(answer + "\n")
    sys.stdout.flush()


def answers(
    lines: list[str], language: Language, workers: int = 1, work: Work = "suggest", profile: str | None = None
) -> Iterator[str]:
    """Return one JSON object a line, computed in this process or in several."""
    jobs = [Job(work, number, line, language, profile) for number, line in enumerate(lines, 1)]
    if workers == 1 or len(lines) <= CHUNK:
        yield from map(answer, jobs)
        return
    # Spawned, never forked: a fork would copy the solver in whatever state it is.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(answer, jobs, chunksize=CHUNK)


def answer(job: Job) -> str:
    """Return the answer to one line as JSON, or its error as an object."""
    try:
        value = _object(job.line, job.number)
        return _checked(value, job) if job.work == "check" else _suggested(value, job)
    except ScorecraftError as error:
        described = _described(error, job.language)
    except ValidationError as error:
        described = _described(_refused(error, job), job.language)
    except RecursionError:
        described = _described(BadInput("error.json", line=job.number, problem="nesting"), job.language)
    return json.dumps({"line": job.number, "error": described}, ensure_ascii=False)


def _suggested(value: dict[str, Any], job: Job) -> str:
    return _advisor(job.profile).suggest(_request(value, job)).model_dump_json()


def _checked(value: dict[str, Any], job: Job) -> str:
    from assistant.intake.grids import Content
    from assistant.intake.reading import Told
    from assistant.intake.telling import understood_lines

    advisor = _advisor(job.profile)
    language: Language = value["language"] if value.get("language") in LANGUAGES else job.language
    if not isinstance(value.get("items"), list):
        raise BadInput("error.card_line", line=job.number)
    stated = advisor.default_profile if job.profile else value.get("profile")
    if not isinstance(stated, str | None):
        raise BadInput("error.request", line=job.number, field="profile", problem=type(stated).__name__)
    told = Told(profile=stated, language=language, context=_context(value, job))
    name = worded("place.line", language, line=job.number)
    intake = advisor.read_content(Content("json", name, data=value), told)[0]
    checked = advisor.checked(intake.card, language)
    notes = understood_lines(intake, advisor.catalogue, language)
    return checked.model_copy(update={"notes": tuple(notes)}).model_dump_json()


def _context(value: dict[str, Any], job: Job) -> Context:
    try:
        return Context.model_validate(value.get("context") or {})
    except ValidationError as error:
        raise _refused(error, job, ("context",)) from error


def _refused(error: ValidationError, job: Job, inside: tuple[str, ...] = ()) -> BadInput:
    flaw = error.errors(include_url=False)[0]
    place = ".".join(map(str, (*inside, *flaw["loc"])))
    return BadInput("error.request", line=job.number, field=place, problem=flaw["msg"])


@cache
def _advisor(profile: str | None) -> Advisor:
    return from_settings(profile)


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
        # Half of a surrogate pair can stand in JSON, but in no text that is written.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BadInput("error.json", line=number, problem=getattr(error, "msg", str(error))) from error
    if not isinstance(value, dict):
        raise BadInput("error.json", line=number, problem=type(value).__name__)
    return value


def _request(value: dict[str, Any], job: Job) -> Request:
    if isinstance(value.get("strategy"), list):
        value["strategy"] = ", ".join(map(str, value["strategy"]))
    try:
        return Request.model_validate({"language": job.language} | value)
    except ValidationError as error:
        raise _refused(error, job) from error


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
