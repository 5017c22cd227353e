"""Findings as SARIF 2.1.0, the format in which pipelines take what a checker found."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import Any

from assistant.checked import Checked
from assistant.intake.reading import Intake
from assistant.models import Finding
from knowledge.models import Catalogue, Language
from knowledge.terms import Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def sarif(found: list[tuple[Intake, Checked]], catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """Return one run over all cards, with the rules that were broken."""
    codes = sorted({finding.code for _, checked in found for finding in checked.findings})
    driver = {
        "name": "Scorecraft",
        "version": _version(),
        "language": language,
        "rules": [_rule(code, catalogue, language) for code in codes],
    }
    results = [
        _result(finding, intake, codes.index(finding.code)) for intake, checked in found for finding in checked.findings
    ]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _version() -> str:
    try:
        return version("scorecraft")
    except PackageNotFoundError:
        return "0"


def _rule(code: str, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    rule = catalogue.rules[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.title.say(language)},
        "fullDescription": {"text": rule.reason.say(language)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, intake: Intake, rule: int) -> dict[str, Any]:
    fix = f" {finding.fix}" if finding.fix else ""
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.message}{fix}"},
        "locations": [_location(finding, intake)],
    }


def _location(finding: Finding, intake: Intake) -> dict[str, Any]:
    """Return the file, the line where the file has lines, and the place by name: a cell, an item."""
    stands = intake.places[finding.item] if finding.item is not None and finding.item < len(intake.places) else ""
    physical: dict[str, Any] = {"artifactLocation": {"uri": PurePath(intake.name).as_posix()}}
    if stands.isdigit():
        physical["region"] = {"startLine": int(stands)}
    name = f"{stands} {finding.place}".strip()
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": name}]}
