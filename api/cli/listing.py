"""``scorecraft roles | indicators | themes | rules``: what the catalogue holds."""

import re
from typing import Any

from api.cli.options import ListFormat
from api.cli.output import write_json
from assistant.advisor import Advisor
from assistant.language.offline.names import Match
from assistant.wording import listed, worded
from knowledge.models import Language


def roles(advisor: Advisor, query: str, shape: ListFormat, language: Language) -> None:
    known = advisor.catalogue.roles
    rows = [
        _entry(match, query, name=known[match.id].name, summary=known[match.id].summary)
        | {"aliases": known[match.id].aliases.model_dump(mode="json"), "function": known[match.id].function.value}
        for match in advisor.roles(query)
    ]
    _print(rows, ("id", "name", "summary"), query, shape, language)


def indicators(advisor: Advisor, query: str, shape: ListFormat, language: Language) -> None:
    known = advisor.catalogue.indicators
    rows = [
        _entry(match, query, name=known[match.id].name, definition=known[match.id].definition)
        | {"family": known[match.id].family, "formula": known[match.id].formula, "grade": known[match.id].grade.value}
        for match in advisor.indicators(query)
    ]
    _print(rows, ("id", "name", "definition"), query, shape, language)


def themes(advisor: Advisor, query: str, shape: ListFormat, language: Language) -> None:
    known = advisor.catalogue.themes
    rows = [
        _entry(match, query, name=known[match.id].name, summary=known[match.id].summary)
        | {"leads": list(known[match.id].leads), "opposes": list(known[match.id].opposes)}
        for match in advisor.themes(query)
    ]
    _print(rows, ("id", "name", "summary"), query, shape, language)


def rules(advisor: Advisor, code: str, shape: ListFormat, language: Language) -> None:
    rows = [{"id": rule.code} | rule.model_dump(mode="json") for rule in advisor.rules(code)]
    for row, rule in zip(rows, advisor.rules(code), strict=True):
        row["severity_name"] = advisor.catalogue.terms["severity"][rule.severity].model_dump()
    columns = ("code", "severity_name", "title", "reason")
    _print(rows, columns if len(rows) > 1 else (*columns, "fix"), "", shape, language)
    if not code and shape is ListFormat.TABLE:
        _print_quality(advisor, language)


def _print_quality(advisor: Advisor, language: Language) -> None:
    """Say how the quality of a card is reckoned, so that it can be argued with."""
    from api.render.terminal import console

    known = advisor.catalogue.quality
    parts = tuple(
        worded("label.quality_part", language, name=part.name, points=part.points, families=tuple(part.answers))
        for part in known.parts
    )
    console().print(f"{known.arithmetic.say(language)}\n{listed(list(parts), language)}")


def _entry(match: Match, query: str, **texts: Any) -> dict[str, Any]:
    score = {"score": match.score} if query.strip() else {}
    return {"id": match.id, **score, **{key: text.model_dump() for key, text in texts.items()}}


def _print(
    rows: list[dict[str, Any]], columns: tuple[str, ...], query: str, shape: ListFormat, language: Language
) -> None:
    if shape is ListFormat.JSON:
        write_json(rows)
        return
    from api.render.terminal import console, list_view

    shown = (*columns[:1], "score", *columns[1:]) if query.strip() else columns
    headings = [worded(f"label.{HEADINGS.get(key, key)}", language) for key in shown]
    console().print(list_view(headings, [[_cell(row.get(key), language) for key in shown] for row in rows]))


HEADINGS = {"severity_name": "severity", "title": "name"}
# Stands for what a rule says about one card; the rule book has none.
VARIABLE = re.compile(r"\$(\w+|\{\w+\})")


def _cell(value: Any, language: Language) -> str:
    if isinstance(value, dict):
        return VARIABLE.sub("…", value[language])
    return f"{value:.0f}" if isinstance(value, float) else str(value or "")
