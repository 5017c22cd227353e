"""What a text says about the position beside its role: how it sells, in which business, on which terms."""

import re
from dataclasses import dataclass, field

from assistant.language.offline.lexicon import Hit, Lexicon
from assistant.language.offline.strategy import Stated, evidence
from assistant.models import Context, Evidence
from knowledge.models import Catalogue, Title
from knowledge.terms import BusinessModel, Motion, Tenure

CUES = (
    *(f"motion_{motion}" for motion in Motion),
    *(f"business_{model}" for model in BusinessModel if model is not BusinessModel.GENERAL),
    *(f"tenure_{tenure}" for tenure in Tenure),
    "on_credit",
    "not_on_credit",
    "commission",
    "no_commission",
    "own_quota",
    "profile_incentive",
    "profile_appraisal",
)
# Weight of a player-coach's own sales where a text only says that there are some.
OWN_QUOTA = 15
FLAGS: dict[str, tuple[str, object]] = {
    "on_credit": ("on_credit", True),
    "not_on_credit": ("on_credit", False),
    "commission": ("commission", True),
    "no_commission": ("commission", False),
    "own_quota": ("own_quota", OWN_QUOTA),
}
_CYCLE = re.compile(
    r"(?:周期|cycle)[^\d，,。.;；]{0,12}?(\d{1,2})\s*(?:个月|月|-?months?)"
    r"|(\d{1,2})\s*(?:个月|-?months?)[^，,。.;；]{0,6}?(?:周期|(?:sales |selling )?cycle)"
)
LONGEST_CYCLE = 60


@dataclass
class Told:
    """Context fields and rule profile as a text gives them, with the words and their places."""

    fields: dict[str, object] = field(default_factory=dict)
    profile: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    places: list[Hit] = field(default_factory=list)

    def note(self, name: str, value: object, words: str) -> None:
        self.fields[name] = value
        self.evidence.append(evidence("context", f"{name}:{value}", words))

    @property
    def context(self) -> Context:
        return Context.model_validate(self.fields)


class ContextReader:
    """Reads context by fixed cues; plain words outrank what a title implies."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._cues = Lexicon.of_lists(catalogue, CUES)

    def read(self, text: str, title: tuple[Title, Hit] | None) -> Told:
        told = Told()
        if title is not None:
            for name in ("motion", "business_model"):
                if (value := getattr(title[0], name)) is not None:
                    told.note(name, value, title[1].words)
        for hit in self._cues.find(text):
            self._note(told, hit)
        if cycle := _CYCLE.search(text):
            told.note("cycle_months", min(int(cycle[1] or cycle[2]), LONGEST_CYCLE), cycle[0])
        return told

    def _note(self, told: Told, hit: Hit) -> None:
        meaning = hit.meanings[0]
        told.places.append(hit)
        if meaning.startswith("profile_"):
            told.profile = meaning.removeprefix("profile_")
            told.evidence.append(evidence("profile", told.profile, hit.words))
            return
        kind, _, value = meaning.partition("_")
        name, known = FLAGS.get(meaning, ({"business": "business_model"}.get(kind, kind), value))
        told.note(name, known, hit.words)


def note_stage(told: Told, stated: list[Stated]) -> None:
    """Add the first stage that a text states."""
    for one in stated:
        if one.kind == "stage" and not one.negated and "stage" not in told.fields:
            told.fields["stage"] = one.id
            told.evidence.append(evidence("context", f"stage:{one.id}", one.hit.words))
