"""Who rates a line and who provides its data, in the words of a form."""

from assistant.intake.cells.figures import rater_texts, shared
from assistant.intake.cells.weights import OPEN
from assistant.intake.form import Layout, Line
from assistant.intake.grids import Note
from assistant.intake.tables.headings import Headings
from knowledge.models import Catalogue, RaterShare
from knowledge.terms import Party
from knowledge.words import folded


class Parties:
    """Finds parties by their own words, else by what the words of forms hold."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.words = Headings(catalogue, "party_")
        terms = catalogue.terms["party"].items()
        self._terms = {folded(name): Party(id) for id, term in terms for name in (term.zh, term.en)}

    def party(self, text: str) -> Party | None:
        known = self._terms.get(folded(text))
        meaning = known or self.words.exact(text) or self.words.inside(text)
        return Party(meaning) if text.strip() and meaning else None

    def first(self, text: str) -> Party | None:
        """Return the first party that a text names among several."""
        found = (self.party(part) for part, _ in rater_texts(text))
        return next((one for one in found if one), None)

    def provider(self, line: Line, layout: Layout | None = None) -> Party | None:
        """Return who provides a line's data; of another's form the source may tell as well."""
        stated = self.party(line.said("provider").split("\n")[0])
        if stated or layout is not None:
            return stated
        source = self.words.inside(line.said("source"))
        return Party(source) if source in {Party.SELF, Party.THIRD_PARTY} else None

    def named_provider(self, line: Line) -> str:
        """Return the words for who provides the data where they name nobody known, or one firm of many."""
        said = line.said("provider").strip()
        return "" if folded(said) in OPEN or self.provider(line) not in {None, Party.THIRD_PARTY} else said

    def raters(self, line: Line, text: str, notes: list[Note]) -> tuple[RaterShare, ...]:
        """Return raters with their shares; one that nobody knows is taken for the line manager, and that is noted."""
        found: list[tuple[Party, int | None]] = []
        for said, share in rater_texts(text):
            known = self.party(said)
            if known is None:
                notes.append(Note("intake.rater_taken", {"rater": said, "item": line.name}))
            found.append((known or Party.LINE_MANAGER, share))
        return shared(found) if found else ()
