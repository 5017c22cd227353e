"""What stands outside the 100: bonus and penalty items, disqualifiers, monitored indicators."""

from api.export.form import Block, Final
from api.export.layout import Number, capital, stacked
from assistant.models import Adjustment, Scorecard
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Text


def blocks(card: Scorecard, catalogue: Catalogue) -> tuple[Block, ...]:
    """Return the parts that the card has."""
    found = (_adjustments(card), _vetoes(card, catalogue), _monitors(card, catalogue))
    return tuple(block for block in found if block.rows)


def final(card: Scorecard, catalogue: Catalogue) -> Final:
    """Say how the final score comes about."""
    profile = catalogue.profiles[card.profile]
    weighted = phrase_text("export.weighted_is")
    gated = phrase_text("export.final_gated" if profile.binds_role else "export.final_gated_pay")
    cap = profile.adjustment_cap if card.adjustments else None
    rule = phrase_text("export.final_adjusted", cap=cap) if cap is not None else phrase_text("export.final_plain")
    return Final(phrase_text("export.final"), stacked(rule, weighted, gated if card.vetoes else None) or rule, cap)


def _adjustments(card: Scorecard) -> Block:
    keys = ("export.adjustment", "export.trigger", "export.points", "export.evidence", "export.given")
    return Block(
        kind="adjustments",
        title=phrase_text("export.adjustments"),
        headings=tuple(phrase_text(key) for key in keys),
        shares=(4, 7, 2, 5, 2),
        rows=tuple((one.name, one.trigger, _points(one), one.evidence, None) for one in card.adjustments),
    )


def _points(one: Adjustment) -> Text:
    return phrase_text("export.add" if one.points >= 0 else "export.subtract", points=Number(abs(one.points)))


def _vetoes(card: Scorecard, catalogue: Catalogue) -> Block:
    binds, parties = catalogue.profiles[card.profile].binds_role, catalogue.terms["party"]
    keys = ("export.trigger", "export.effect", "export.decides", "export.triggered")
    return Block(
        kind="vetoes",
        title=phrase_text("export.vetoes" if binds else "export.vetoes_pay"),
        headings=tuple(phrase_text(key) for key in keys),
        shares=(7, 8, 3, 2),
        rows=tuple(
            (
                one.trigger,
                one.effect and capital(one.effect),
                capital(parties[one.decides]) if one.decides else None,
                None,
            )
            for one in card.vetoes
        ),
    )


def _monitors(card: Scorecard, catalogue: Catalogue) -> Block:
    binds = catalogue.profiles[card.profile].binds_role
    return Block(
        kind="monitors",
        title=phrase_text("export.monitors"),
        headings=(phrase_text("export.indicator" if binds else "export.measure"), phrase_text("export.why_watched")),
        shares=(6, 14),
        rows=tuple((one.name, one.reason) for one in card.monitors),
    )
