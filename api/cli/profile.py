"""``scorecraft profile init | check``: a company's own rule set, begun and tried."""

from typing import TYPE_CHECKING, Any

from api.cli.options import ListFormat
from api.cli.output import write_json
from assistant.models import USUAL_PROFILE, ScorecardItem
from assistant.profiles import load
from assistant.wording import listed, plain_number, worded
from knowledge import shipped
from knowledge.models import Catalogue, Language, Mandatory, RuleProfile

if TYPE_CHECKING:
    from assistant.profiles.feasibility import Trial

UNSERVED = 1


def init(path: str | None, language: Language, extends: str = USUAL_PROFILE) -> None:
    """Write a commented file to start from; an existing one is never overwritten."""
    from assistant.profiles.template import FILE, write_template

    written = write_template(path or FILE, extends, shipped.load(), language)
    print(worded("profile.written", language, path=written))


def check(path: str, language: Language, shape: ListFormat = ListFormat.TABLE) -> int:
    """Say what a file means and draft every role under it; 1 where a role cannot be served, ``BadProfile`` before."""
    from assistant.profiles.feasibility import trials

    catalogue = shipped.load()
    profile = load(path, catalogue)
    found = trials(profile, catalogue, language)
    if shape is ListFormat.JSON:
        roles = [_row(trial, catalogue, language) for trial in found]
        write_json({"profile": profile.id, "roles": roles})
    else:
        print("\n".join([*_meant(profile, catalogue, language), *_lines(found, catalogue, language)]))
    return UNSERVED if any(trial.card is None for trial in found) else 0


def _row(trial: "Trial", catalogue: Catalogue, language: Language) -> dict[str, Any]:
    return {
        "role": trial.role,
        "name": catalogue.roles[trial.role].name.say(language),
        "served": trial.card is not None,
        "items": [{"name": item.name.say(language), "weight": item.weight} for item in _items(trial)],
        "findings": [{"code": one.code, "severity": one.severity, "message": one.message} for one in trial.findings],
        "refusal": trial.refusal,
    }


def _items(trial: "Trial") -> tuple[ScorecardItem, ...]:
    return trial.card.items if trial.card else ()


def _meant(profile: RuleProfile, catalogue: Catalogue, language: Language) -> list[str]:
    """Say what the file comes to: names were led to indicators, and the reader has to see to which."""
    base = catalogue.profiles[profile.extends or ""].name
    lines = [worded("profile.meant", language, name=profile.name, id=profile.id, base=base)]
    lines += [_mandatory(one, catalogue, language) for one in profile.mandatory]
    for ban in profile.banned:
        what = catalogue.indicators[ban.indicator].name if ban.indicator else ban.words
        lines.append("- " + worded("profile.bans", language, what=what, reason=ban.reason))
    for dimension, (low, high) in profile.dimension_bands.items():
        name = catalogue.terms["dimension"][dimension]
        lines.append("- " + worded("profile.band", language, name=name, low=low, high=high))
    for code, reason in profile.ignored.items():
        title = catalogue.rules[code].title
        lines.append("- " + worded("profile.ignores", language, code=code, title=title, reason=reason))
    return lines


def _mandatory(one: Mandatory, catalogue: Catalogue, language: Language) -> str:
    roles = tuple(catalogue.roles[role].name for role in one.roles)
    return "- " + worded(
        "profile.requires" if roles else "profile.requires_all",
        language,
        name=one.own.name if one.own else catalogue.indicators[one.key].name,
        wanted=worded(
            "rule.weight_at_least" if one.weight is None else "rule.weight_fixed", language, weight=one.least
        ),
        **({"roles": roles} if roles else {}),
    )


def _lines(found: "tuple[Trial, ...]", catalogue: Catalogue, language: Language) -> list[str]:
    """Show each role's draft in a line, with what is above advice below it."""
    lines = [worded("profile.drafts", language)]
    for trial in found:
        role = catalogue.roles[trial.role].name
        items = [f"{item.name.say(language)} {plain_number(item.points)}%" for item in _items(trial)]
        said = listed(items, language) if items else trial.refusal
        lines.append("- " + worded("profile.draft" if items else "profile.unserved", language, role=role, said=said))
        severities = catalogue.terms["severity"]
        lines += [f"    {one.code} {severities[one.severity].say(language)}: {one.message}" for one in trial.findings]
    return [*lines, _summary(found, language)]


def _summary(found: "tuple[Trial, ...]", language: Language) -> str:
    if unserved := sum(trial.card is None for trial in found):
        return worded("profile.some_unserved", language, count=unserved)
    if marked := sum(bool(trial.findings) for trial in found):
        return worded("profile.served_with_findings", language, count=len(found), marked=marked)
    return worded("profile.all_served", language, count=len(found))
