"""A rule set to start from: every field explained, with the shipped value."""

from pathlib import Path
from typing import Any

from assistant.errors import BadInput, UnknownName
from assistant.wording import worded
from knowledge.models import Catalogue, Language, RuleProfile

FILE = "scorecraft-profile.yaml"
# In the order of the file. Under each: what the field means, then the shipped value or an example to uncomment.
FIELDS = (
    "template.extends",
    "template.id",
    "template.name",
    "template.title",
    "template.summary",
    "template.step",
    "template.preferred_count",
    "template.count_fine",
    "template.count_bands",
    "template.weight_fine",
    "template.weight_bands",
    "template.sales_floor",
    "template.collection_floor",
    "template.subjective_most",
    "template.key_task_most",
    "template.support_result_most",
    "template.commission_sales_most",
    "template.adjustment_cap",
    "template.move_one",
    "template.move_more",
    "template.severities",
    "template.ignore",
    "template.mandatory",
    "template.banned",
    "template.dimension_bands",
)
EXAMPLE_WEIGHT = 10
# Where the shipped rule set says nothing, or says it for itself alone.
EXAMPLES = {
    "id": "example.id",
    "name": "example.name",
    "title": "example.title",
    "summary": "example.summary",
    "severities": "example.severities",
    "ignore": "example.ignore",
    "mandatory": "example.mandatory",
    "banned": "example.banned",
    "dimension_bands": "example.dimension_bands",
}


def template(base: RuleProfile, language: Language) -> str:
    """Return a file that extends a shipped rule set; explanations start with ``# ``, examples with ``#``."""
    parts = [_comment(worded("template.head", language))]
    for key in FIELDS:
        field = key.partition(".")[2]
        # What the shipped rule set leaves without a limit has none to show.
        if field in EXAMPLES or getattr(base, field) is not None or field == "extends":
            parts.append(f"{_comment(worded(key, language))}\n{_entry(field, base, language)}")
    return "\n\n".join(parts) + "\n"


def write_template(path: str, extends: str, catalogue: Catalogue, language: Language) -> str:
    """Write the template to a file that does not exist yet; return its path."""
    if extends not in catalogue.profiles:
        raise UnknownName("profile", extends, tuple(catalogue.profiles))
    text = template(catalogue.profiles[extends], language)
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise BadInput("profile.exists", path=path) from error
    except OSError as error:
        raise BadInput("profile.unwritable", path=path) from error
    return path


def _comment(text: str) -> str:
    return "\n".join(f"# {line}" for line in text.strip().splitlines())


def _entry(field: str, base: RuleProfile, language: Language) -> str:
    if field == "extends":
        return f"extends: {base.id}"
    if field in EXAMPLES:
        example = worded(EXAMPLES[field], language, weight=max(EXAMPLE_WEIGHT, base.weight_fine[0]))
        return "\n".join(f"#{line}" for line in example.strip().splitlines())
    return f"{field}:{_plain(getattr(base, field))}"


def _plain(value: Any) -> str:
    if isinstance(value, tuple) and value and not isinstance(value[0], int):
        return "".join(f"\n  - {{low: {band.low:g}, high: {band.high:g}, severity: {band.severity}}}" for band in value)
    return f" [{value[0]}, {value[1]}]" if isinstance(value, tuple) else f" {value}"
