"""Tools over a card that is passed in: check, repair, review, gaming, data readiness, dry run."""

from typing import Any

from assistant.readiness import Delivery
from assistant.requests import Request
from assistant.scoring.models import DryRun
from assistant.tools.arguments import CardGiven, RepairGiven, ScoreGiven
from assistant.tools.cards import card_data, read_card
from assistant.tools.desk import Desk
from assistant.tools.plain import findings, part, plain
from assistant.wording import say


def check(desk: Desk, given: CardGiven) -> dict[str, Any]:
    found = desk.advisor.checked(read_card(desk, given), desk.language)
    return {
        "sound": found.sound,
        "quality": found.quality.score,
        "findings": findings(found.findings, desk.language),
        **_skipped(found.skipped),
        "scorecard": card_data(found.scorecard, desk),
    }


def repair(desk: Desk, given: RepairGiven) -> dict[str, Any]:
    found = desk.advisor.repair(read_card(desk, given), desk.language, strict=given.strict)
    return {
        "changes": [{"text": one.text, "rules": list(one.rules)} for one in found.changes],
        "left": findings(found.left, desk.language),
        "scorecard": card_data(found.scorecard, desk),
    }


def review(desk: Desk, given: CardGiven) -> dict[str, Any]:
    card = read_card(desk, given)
    request = Request(
        role=given.role, strategy=given.strategy, profile=card.profile, language=desk.language, context=card.context
    )
    found = desk.advisor.review(card, request)
    fields = "verdict indicator name before after instead themes reasons codes"
    said: dict[str, Any] = {
        "lines": [part(row, fields, desk.language) for row in found.rows],
        "moved": plain(found.moved, desk.language),
        "scorecard": card_data(found.proposal, desk),
    }
    return said | ({"notes": plain(found.notes, desk.language)} if found.notes else {})


def game(desk: Desk, given: CardGiven) -> dict[str, Any]:
    return {
        "tricks": [
            {
                **part(one, "indicator name weight how", desk.language),
                "stopped_by": [say(stop.text, desk.language) for stop in one.stopped_by],
                **({"remedy": say(one.remedy.text, desk.language)} if one.remedy else {}),
            }
            for one in desk.advisor.gaming(read_card(desk, given))
        ]
    }


def readiness(desk: Desk, given: CardGiven) -> dict[str, Any]:
    return {
        "departments": [
            {
                **part(one, "party name first_task", desk.language),
                "deliveries": [_delivery(desk, delivery) for delivery in one.deliveries],
            }
            for one in desk.advisor.readiness(read_card(desk, given))
        ]
    }


def dry_run(desk: Desk, given: ScoreGiven) -> dict[str, Any]:
    found: DryRun = desk.advisor.dry_run(read_card(desk, given), given.actuals, desk.language)
    scored = "line indicator name weight read attainment figure score points at_most rule notes"
    said: dict[str, Any] = {
        **part(found, "title total at_target at_most", desk.language),
        "lines": [part(one, scored, desk.language) for one in found.lines],
        "without_actual": [part(one, "line indicator name weight rule", desk.language) for one in found.missing],
        **part(found, "extras conditions notes", desk.language),
    }
    return said


def _skipped(families: tuple[str, ...]) -> dict[str, Any]:
    return {"skipped_rule_families": list(families)} if families else {}


def _delivery(desk: Desk, delivery: Delivery) -> dict[str, Any]:
    fields = "use indicator name weight source figures level period provider usual usual_source missing"
    return part(delivery, fields, desk.language) | ({"own_data": True} if delivery.own_data else {})
