"""All checks of a sentence by their reason, and the guard that asks them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assistant.language.guards import claims, counted, marks, named
from assistant.language.guards.facts import Facts
from assistant.language.guards.naming import clear
from assistant.language.guards.said import Said

Check = Callable[[Said], bool]
CHECKS: dict[str, Check] = {
    "control": marks.control,
    "script": marks.script,
    "markup": marks.markup,
    "inside": claims.inside,
    "person": claims.person,
    "dismissal": claims.dismissal,
    "law": claims.law,
    "promise": claims.promise,
    "optimal": claims.optimal,
    "deed": claims.deed,
    "source": named.source,
    "language": named.language,
    "number": counted.number,
    "beyond": counted.beyond,
    "indicator": named.indicator,
    "other": named.other,
    "pair": counted.pair,
    "move": counted.move,
    "heaviest": counted.heaviest,
    "name": named.name,
    "unanchored": named.anchored,
    "unsupported": named.supported,
}
"""By reason; the cheap ones and those that matter whatever the facts go first."""
LONGEST = 320
ALIKE = 94.0
"""How like an earlier sentence, or the message, one may be out of 100, where both state the same."""


@dataclass
class Guard:
    """Looks at one sentence after the other."""

    facts: Facts
    system: str = ""
    message: str = ""
    fence: str = ""
    earlier: list[Said] = field(default_factory=list)

    def flaw(self, text: str) -> str | None:
        """Return why a sentence must not be shown; ``None`` where it may, and it then counts as said."""
        said = Said(text, self.facts, self.system, self.message, self.fence)
        if len(text) > LONGEST:
            return "long"
        if any(_same(said, one) for one in self.earlier) or fuzz.ratio(said.plain, clear(self.message)) >= ALIKE:
            return "repeated"
        reason = next((reason for reason, wrong in CHECKS.items() if wrong(said)), None)
        if reason is None:
            self.earlier.append(said)
        return reason


def _same(one: Said, other: Said) -> bool:
    if [(each.value) for each in one.figures] != [(each.value) for each in other.figures]:
        return False
    same_names = {each.keys for each in one.mentions} == {each.keys for each in other.mentions}
    return same_names and fuzz.ratio(one.plain, other.plain) >= ALIKE
