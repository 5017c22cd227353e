"""A cell that holds a definition with its formula, its basis and which way is better, taken apart."""

import re
from dataclasses import dataclass, field

from assistant.intake.cells.bilingual import HAN
from assistant.intake.cells.phrasing import ANY, values_in
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Language
from knowledge.terms import Basis, Polarity
from knowledge.words import folded

_FORMULA = re.compile(r"^(?:(?P<zh>(?:计算)?公式\s?[:：])|(?P<en>formula\s?:))\s*", re.IGNORECASE)
_SEMICOLON = re.compile(r"；|;\s")
DIRECTIONS = {Polarity.LOWER: "export.lower", Polarity.RANGE: "export.range"}


@dataclass
class Definition:
    words: list[str] = field(default_factory=list)
    """The definition itself, line by line."""
    formulas: dict[Language, list[str]] = field(default_factory=dict)
    basis: Basis | None = None
    polarity: Polarity | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.words).strip()

    @property
    def formula(self) -> str | None:
        """Return the formula, the Chinese one where it stands in both languages."""
        lines = self.formulas.get("zh") or self.formulas.get("en")
        return "\n".join(lines).strip() or None if lines else None


def taken_apart(cell: str, catalogue: Catalogue, *, both: bool = False) -> Definition:
    """Take a cell apart; lines below a formula belong to it, but for the English half of a cell in both languages."""
    found = Definition()
    current: list[str] = found.words
    for line in cell.split("\n"):
        if match := _FORMULA.match(line):
            language: Language = "zh" if match["zh"] else "en"
            current = found.formulas.setdefault(language, [])
            line = line[match.end() :]
        elif _noted_nature(line, found, catalogue):
            continue
        elif both and not HAN.search(line):
            current = found.words
        current.append(line)
    return found


def has_formula(cell: str) -> bool:
    """Tell whether a cell marks a formula as such."""
    return any(_FORMULA.match(line) for line in cell.split("\n"))


def _noted_nature(line: str, found: Definition, catalogue: Catalogue) -> bool:
    """Note what a line says about basis and polarity; ``False`` where it says anything else."""
    parts = [part.strip() for part in _SEMICOLON.split(line)]
    read = [(_basis(part, catalogue), _polarity(part)) for part in parts]
    if not all(basis or polarity for basis, polarity in read):
        return False
    for basis, polarity in read:
        found.basis, found.polarity = found.basis or basis, found.polarity or polarity
    return True


def _basis(text: str, catalogue: Catalogue) -> Basis | None:
    said = values_in(text, "export.basis", basis=ANY)
    names = {folded(name): Basis(id) for id, term in catalogue.terms["basis"].items() for name in (term.zh, term.en)}
    return names.get(folded(said["basis"])) if said else None


def _polarity(text: str) -> Polarity | None:
    said = folded(text)
    for polarity, key in DIRECTIONS.items():
        words = phrase_text(key)
        if said in {folded(words.zh), folded(words.en)}:
            return polarity
    return None
