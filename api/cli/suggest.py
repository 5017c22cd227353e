"""``scorecraft suggest``: one card, or one a role."""

import sys
from typing import Any

from api.cli.options import CardFormat
from api.cli.output import write_json
from assistant.advisor import Advisor
from assistant.department import Department, department
from assistant.errors import BadInput
from assistant.models import Suggestion
from assistant.requests import Request
from knowledge.models import Language


def count(value: int | None) -> int | None:
    if value is not None and not 1 <= value <= 100:
        raise BadInput("error.count")
    return value


def run(advisor: Advisor, request: Request, shape: CardFormat, language: Language) -> None:
    """Print the card of a request, or every role's with the matrix."""
    if not request.role.strip():
        raise BadInput("error.usage")
    if request.role.strip().lower() == "all":
        _print_department(advisor, department(advisor, request), shape, language)
    else:
        _print_one(advisor, advisor.suggest(request), shape, language)


def _print_one(advisor: Advisor, suggestion: Suggestion, shape: CardFormat, language: Language) -> None:
    if shape is CardFormat.TABLE:
        from api.render.terminal import card_view, console

        console().print(card_view(suggestion, advisor.catalogue, language))
    elif shape is CardFormat.MD:
        from api.render.markdown import card_markdown

        sys.stdout.write(card_markdown(suggestion, advisor.catalogue, language))
    else:
        _write(suggestion.model_dump(mode="json"), shape)


def _print_department(advisor: Advisor, found: Department, shape: CardFormat, language: Language) -> None:
    if shape is CardFormat.TABLE:
        from api.render.terminal import console, department_view

        console().print(department_view(found, advisor.catalogue, language))
    elif shape is CardFormat.MD:
        from api.render.markdown import card_markdown

        for suggestion in found.suggestions:
            sys.stdout.write(card_markdown(suggestion, advisor.catalogue, language) + "\n")
    else:
        cards = [suggestion.model_dump(mode="json") for suggestion in found.suggestions]
        _write({"suggestions": cards, "matrix": [row.model_dump(mode="json") for row in found.matrix]}, shape)


def _write(value: dict[str, Any], shape: CardFormat) -> None:
    if shape is CardFormat.JSON:
        write_json(value)
        return
    import yaml

    yaml.dump(value, sys.stdout, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
