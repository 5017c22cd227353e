"""When money counts, and over which period, by the words of a form."""

from assistant.intake.cells.figures import period
from knowledge.models import Catalogue
from knowledge.terms import Basis, Period
from knowledge.words import folded, word_in

# Word lists that say when money counts, by basis.
BASES = {
    Basis.COLLECTED: "collected",
    Basis.SIGNED: "signed",
    Basis.SHIPPED: "basis_shipped",
    Basis.ACCEPTED: "basis_accepted",
    Basis.INVOICED: "basis_invoiced",
    Basis.RECOGNISED: "basis_recognised",
}
PERIODS = ("period_month", "period_quarter", "period_year")


def basis_of(texts: tuple[str, ...], catalogue: Catalogue) -> Basis | None:
    """Return the moment at which money counts, by the first of some texts that says it, if it says only one."""
    for text in texts:
        found = [basis for basis, id in BASES.items() if _holds(text, id, catalogue)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def period_in_name(name: str, catalogue: Catalogue) -> Period | None:
    text = folded(name)
    return period(text) if any(_holds(text, id, catalogue) for id in PERIODS) else None


def _holds(text: str, list_id: str, catalogue: Catalogue) -> bool:
    return word_in(text, catalogue.word_lists[list_id].words.all()) is not None
