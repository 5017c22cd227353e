"""``scorecraft doctor``: what is configured, whether it works, where texts go, and what the model may be used for."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.options import Lang, ListFormat, ListShape
from api.cli.output import write_json
from api.cli.progress import bars
from api.cli.session import Session, session
from assistant.errors import ModelUnavailable, ScorecraftError
from assistant.settings import Settings
from assistant.wording import worded
from knowledge.models import Language, Text

if TYPE_CHECKING:
    from assistant.health import Part
    from assistant.language.model.endpoint import OpenAICompatible
    from assistant.language.model.model import Learned
    from assistant.language.model.trust import Marks

NoExam = Annotated[bool, typer.Option("--no-exam", help="cli.option.no_exam")]
EXAMPLES = (
    ("Ollama", ("SCORECRAFT_LLM_BASE_URL=http://localhost:11434/v1", "SCORECRAFT_LLM_MODEL=qwen3:8b")),
    (
        "DeepSeek",
        (
            "SCORECRAFT_LLM_BASE_URL=https://api.deepseek.com/v1",
            "SCORECRAFT_LLM_MODEL=deepseek-chat",
            "SCORECRAFT_LLM_API_KEY=sk-…",
        ),
    ),
    ("OpenAI", ("SCORECRAFT_LLM_MODEL=gpt-5-mini", "SCORECRAFT_LLM_API_KEY=sk-…")),
)
NAMES = {
    "data": "doctor.data",
    "database": "doctor.database",
    "index": "doctor.index",
    "embeddings": "doctor.embeddings",
    "slack": "doctor.slack",
    "model": "doctor.model",
}
ABSENT = {"index": "doctor.no_index", "embeddings": "doctor.words_only", "model": "doctor.no_model"}


@dataclass(frozen=True)
class Sat:
    """What an exam came to, now or before: its marks, or why there are none."""

    marks: "Marks | None" = None
    problem: Text | None = None
    kept: bool = True


def add_doctor(app: typer.Typer) -> None:
    app.command("doctor", help="cli.doctor")(doctor)


def doctor(
    context: typer.Context, no_exam: NoExam = False, format: ListShape = ListFormat.TABLE, lang: Lang = None
) -> None:
    """Show and try what is configured; the exit code is 1 where something configured does not work."""
    here = session(context)
    with _memory(here) as learned, _model(here, learned) as model:
        parts = _parts(here, model)
        works = parts[-1].state == "works"
        sat = _examined(here, model, learned) if model and works and not no_exam else _earlier(here, learned)
    well = sat.problem is None and all(part.state != "fails" for part in parts)
    if format is ListFormat.JSON:
        write_json(_report(parts, sat, well))
    else:
        for line in _lines(parts, sat, here.language):
            print(line)
    if not well:
        raise typer.Exit(1)


@contextmanager
def _memory(here: Session) -> "Iterator[Learned | None]":
    """Give the store of what is learned about models, ``None`` where it does not work or there is no model."""
    if here.settings.llm_model is None:
        yield None
        return
    from assistant.storage.store import open_store

    try:
        store = open_store(here.settings)
    except ScorecraftError:
        # The database is tried by itself, and what is wrong with it is shown there.
        yield None
        return
    with closing(store):
        yield store


@contextmanager
def _model(here: Session, learned: "Learned | None") -> "Iterator[OpenAICompatible | None]":
    if here.settings.llm_model is None:
        yield None
        return
    from assistant.language.model.endpoint import from_settings

    model = from_settings(here.settings, learned)
    try:
        yield model
    finally:
        if model is not None:
            model.close()


def _parts(here: Session, model: "OpenAICompatible | None") -> "list[Part]":
    from assistant import health

    settings = here.settings
    tried = (health.data, health.database, health.index, health.embeddings)
    return [*(part(settings) for part in tried), *_slack(settings), health.model(model)]


def _slack(settings: Settings) -> "list[Part]":
    if settings.slack_bot_token is None:
        return []
    from api.slack.health import slack

    return [slack(settings)]


def _earlier(here: Session, learned: "Learned | None") -> Sat:
    """Return the last marks of the configured model, where it has any."""
    if here.settings.llm_model is None or learned is None:
        return Sat()
    from assistant.language.model.trust import marks

    return Sat(marks=marks(here.settings, learned))


def _examined(here: Session, model: "OpenAICompatible", learned: "Learned | None") -> Sat:
    from assistant.health import cause_text
    from assistant.language.model.exam import load, sit_exam
    from assistant.language.model.trust import remember

    exam = load()
    cases = len(exam.reading) + len(exam.wording)
    typer.echo(worded("doctor.waiting", here.language, cases=cases), err=True)
    try:
        with bars(here.language, "doctor.examining") as (progress,):
            earned = sit_exam(model, here.advisor(), progress)
    except ModelUnavailable as error:
        return Sat(problem=cause_text(error))
    if learned is not None:
        remember(here.settings, learned, earned)
    return Sat(marks=earned, kept=learned is not None)


# What is shown.


def _lines(parts: "list[Part]", sat: Sat, language: Language) -> Iterator[str]:
    for part in parts:
        name = worded(NAMES[part.id], language)
        yield worded("doctor.line", language, part=name, said=_said(part, language))
    yield ""
    yield _destination(parts, language)
    if parts[-1].state == "absent":
        yield ""
        yield from _ways(language)
    else:
        yield from _earned(sat, language, works=parts[-1].state == "works")


def _said(part: "Part", language: Language) -> str:
    """Say where a part is and whether it works."""
    state = worded("doctor.works", language)
    if part.state == "absent":
        state = worded(ABSENT[part.id], language)
    elif part.problem is not None:
        state = f"{worded('doctor.fails', language)} — {part.problem.say(language)}"
    elif part.seconds is not None:
        state = worded("doctor.first_word", language, seconds=part.seconds)
    return " — ".join(filter(None, (part.name, part.place, "" if part.id == "data" else state)))


def _destination(parts: "list[Part]", language: Language) -> str:
    places = _places(parts)
    return worded("doctor.goes", language, places=places) if places else worded("doctor.stays", language)


def _places(parts: "list[Part]") -> tuple[str, ...]:
    """Return the hosts beside this machine that get texts."""
    away = (part.place.partition("/")[0] for part in parts if part.reach != "machine")
    return tuple(dict.fromkeys(away))


def _ways(language: Language) -> Iterator[str]:
    yield worded("doctor.offline", language)
    for name, variables in EXAMPLES:
        yield f"  {name}"
        yield from (f"    {variable}" for variable in variables)


def _earned(sat: Sat, language: Language, *, works: bool) -> Iterator[str]:
    if sat.problem is not None:
        yield worded("doctor.why_not_used", language, problem=sat.problem)
    elif sat.marks is not None:
        yield worded("doctor.marks", language, **sat.marks.model_dump(exclude={"harmful", "missed"}))
        if sat.marks.harmful:
            yield worded("doctor.harmful", language, harmful=sat.marks.harmful)
        yield _may(sat.marks, language)
    elif works:
        yield worded("doctor.unexamined", language)
    if not sat.kept:
        yield worded("doctor.not_kept", language)


def _may(marks: "Marks", language: Language) -> str:
    if marks.may_read and marks.may_word:
        return worded("doctor.may_both", language)
    if marks.may_read:
        return worded("doctor.may_read", language)
    return worded("doctor.may_word" if marks.may_word else "doctor.may_nothing", language)


def _report(parts: "list[Part]", sat: Sat, well: bool) -> dict[str, Any]:
    marks = sat.marks
    return {
        "ok": well,
        "parts": [part.model_dump(mode="json", exclude_none=True) for part in parts],
        "text_goes_to": list(_places(parts)),
        "exam": marks.model_dump(mode="json") if marks else None,
        "problem": sat.problem.model_dump() if sat.problem else None,
        "may": {"read": bool(marks and marks.may_read), "word": bool(marks and marks.may_word)},
    }
