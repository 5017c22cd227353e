"""Whether every role can be served under a rule set: drafts are the proof."""

from dataclasses import dataclass

from assistant.errors import WishConflict
from assistant.models import Brief, Finding, Scorecard
from assistant.profiles.reading import with_profile
from assistant.recommender.card import scorecard
from assistant.recommender.draft import Recommender
from assistant.rules import check
from assistant.wording import worded
from knowledge.models import Catalogue, Language, RuleProfile
from knowledge.terms import Severity

# A draft without a strategy is what is tried here, so that it has none is no news.
EXPECTED = frozenset({"S001"})


@dataclass(frozen=True)
class Trial:
    """What comes of drafting one role's neutral card: a card with what the rules say to it, or why there is none."""

    role: str
    card: Scorecard | None
    findings: tuple[Finding, ...] = ()
    refusal: str = ""


def trials(profile: RuleProfile, catalogue: Catalogue, language: Language) -> tuple[Trial, ...]:
    """Draft every role's neutral card; findings of mere advice are left out."""
    known = with_profile(catalogue, profile)
    recommender = Recommender(known)
    return tuple(_trial(role, profile, recommender, language) for role in known.roles)


def _trial(role: str, profile: RuleProfile, recommender: Recommender, language: Language) -> Trial:
    brief = Brief(role=role, profile=profile.id)
    try:
        choice = recommender.choose(brief)
    except WishConflict as conflict:
        said = conflict.say(language) if conflict.wishes else _blamed(brief, profile, recommender.catalogue, language)
        return Trial(role, None, refusal=said)
    card = scorecard(choice, recommender.catalogue)
    found = check(card, recommender.catalogue, language)
    serious = (one for one in found if one.severity is not Severity.ADVICE and one.code not in EXPECTED)
    return Trial(role, card, tuple(serious))


def _blamed(brief: Brief, profile: RuleProfile, catalogue: Catalogue, language: Language) -> str:
    """Say which dimensions' bands a role cannot meet even one at a time."""
    said = []
    for dimension, band in profile.dimension_bands.items():
        alone = profile.model_copy(update={"dimension_bands": {dimension: band}})
        try:
            Recommender(with_profile(catalogue, alone)).choose(brief)
        except WishConflict:
            name = catalogue.terms["dimension"][dimension]
            said.append(worded("profile.no_dimension", language, name=name, low=band[0], high=band[1]))
    return " ".join(said) or worded("profile.no_draft", language)
