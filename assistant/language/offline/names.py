"""Names resolved to the catalogue: aliases first, then a fuzzy matcher, else a question."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from assistant.language.offline.forms import Canon, spellings
from assistant.language.offline.lexicon import Hit, Lexicon, plain
from knowledge.models import Ambiguous, Catalogue, Title
from knowledge.words import folded

# Scores out of 100. Below NEAR a match is not even offered; past SURE it stands, if none other is CLOSE to it.
SURE = 80.0
NEAR = 55.0
CLOSE = 4.0
# The part of a name that a phrase inside it must cover to stand for the whole.
COVERED = 0.6
# An open word asks a question only where it is nearly all there is.
OPEN_COVERED = 0.75
OFFERED = 5
MEANINGS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Match:
    """A catalogue entry that a name may mean, with a score up to 100."""

    id: str
    phrase: str
    score: float


@dataclass(frozen=True)
class Meaning:
    """What a name means: one id, or a question with choices, or nothing but the nearest matches."""

    name: str
    id: str | None = None
    question: Ambiguous | None = None
    nearest: tuple[Match, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        return self.question.choices if self.question else tuple(match.id for match in self.nearest)


class Names:
    """The names of one kind of catalogue entry."""

    def __init__(
        self, phrases: Iterable[tuple[str, str]], ambiguous: Iterable[Ambiguous], canon: Canon | None = None
    ) -> None:
        self.open = {folded(phrase): entry for entry in ambiguous for phrase in entry.phrases.all()}
        known = [*phrases, *((phrase, f"?{phrase}") for phrase in self.open)]
        self.lexicon = Lexicon(known)
        self.canon = canon
        """How names are compared beyond their wording; without it, a known name inside a longer one stands for it, as
        a title does behind a region."""

    def meaning(self, name: str) -> Meaning:
        """Resolve a name that stands alone, such as a title or a line of a form."""
        return self._known(name)

    @cached_property
    def _known(self) -> Callable[[str], Meaning]:
        """Meanings by name: the same few names stand on most forms."""
        return lru_cache(MEANINGS_KEPT)(self._resolved)

    def _resolved(self, name: str) -> Meaning:
        for form in spellings(name):
            if meaning := self._exact(name, form):
                return meaning
        return self._within(name) or self._fuzzy(name)

    def search(self, query: str, most: int = OFFERED, least: float = NEAR) -> list[Match]:
        """Return entries by likeness to a query, best first, each once."""
        found: dict[str, Match] = {}
        asked = folded(query)
        for phrase, score, _ in process.extract(
            asked, self._plain_phrases, scorer=fuzz.WRatio, score_cutoff=least, limit=6 * most
        ):
            for id in self.lexicon.meanings(phrase):
                exact = 100.0 if phrase == asked else min(score, 99.0)
                if id not in found or exact > found[id].score:
                    found[id] = Match(id, phrase, round(exact, 1))
        return sorted(found.values(), key=lambda match: -match.score)[:most]

    @cached_property
    def _plain_phrases(self) -> list[str]:
        return [phrase for phrase in self.lexicon.phrases if phrase not in self.open]

    def _exact(self, name: str, form: str) -> Meaning | None:
        if not form:
            return None
        if form in self.open:
            return Meaning(name, question=self.open[form])
        ids = self.lexicon.meanings(form)
        return Meaning(name, ids[0]) if len(ids) == 1 else None

    def _within(self, name: str) -> Meaning | None:
        for text in map(plain, spellings(name)):
            hits = self.lexicon.find(text)
            if not hits:
                continue
            longest = max(hit.end - hit.start for hit in hits)
            best = [hit for hit in hits if hit.end - hit.start == longest]
            covers = self.canon is None or self.canon.part(best[-1].words, text) >= self._part_needed(best[-1])
            if covers and len({hit.meanings for hit in best}) == 1:
                return self.of(best[-1], name)
        return None

    def _part_needed(self, hit: Hit) -> float:
        return OPEN_COVERED if any(meaning.startswith("?") for meaning in hit.meanings) else COVERED

    def of(self, hit: Hit, name: str | None = None) -> Meaning:
        """Return what a phrase found in a text means."""
        said = name if name is not None else hit.words
        for meaning in hit.meanings:
            if meaning.startswith("?"):
                return Meaning(said, question=self.open[meaning[1:]])
        return Meaning(said, hit.meanings[0])

    def _fuzzy(self, name: str) -> Meaning:
        for form in spellings(name):
            found = self._ratios(form)
            clear = len(found) < 2 or found[0].score - found[1].score >= CLOSE
            if found and found[0].score > SURE and clear:
                return Meaning(name, found[0].id, nearest=tuple(found))
        return Meaning(name, nearest=tuple(self.search(name)))

    def _ratios(self, asked: str) -> list[Match]:
        """Return entries by likeness of canonical names, best first."""
        found: dict[str, Match] = {}
        form = self.canon.of(asked) if self.canon else asked
        for phrase, score, _ in process.extract(form, self._canonical, scorer=fuzz.ratio, score_cutoff=NEAR, limit=20):
            if self.canon and not self.canon.agree(form, phrase):
                continue
            for id in self._canonical_meanings[phrase]:
                if id not in found or score > found[id].score:
                    found[id] = Match(id, phrase, score)
        return sorted(found.values(), key=lambda match: -match.score)

    @cached_property
    def _canonical_meanings(self) -> dict[str, tuple[str, ...]]:
        meanings: dict[str, list[str]] = {}
        for phrase in self._plain_phrases:
            form = self.canon.of(phrase) if self.canon else phrase
            meanings.setdefault(form, []).extend(self.lexicon.meanings(phrase))
        return {form: tuple(dict.fromkeys(ids)) for form, ids in meanings.items()}

    @cached_property
    def _canonical(self) -> list[str]:
        return list(self._canonical_meanings)


def role_names(catalogue: Catalogue) -> Names:
    phrases = [
        (phrase, role.id)
        for role in catalogue.roles.values()
        for phrase in (
            role.id,
            role.id.replace("_", " "),
            role.name.zh,
            role.name.en,
            *role.aliases.all(),
            *(phrase for title in role.titles for phrase in title.phrases.all()),
        )
    ]
    return Names(phrases, catalogue.ambiguous_roles)


def indicator_names(catalogue: Catalogue) -> Names:
    phrases = [
        (phrase, one.id)
        for one in catalogue.indicators.values()
        for phrase in (one.id, one.id.replace("_", " "), one.name.zh, one.name.en, *one.aliases.all())
    ]
    return Names(phrases, catalogue.ambiguous_indicators, Canon(catalogue))


def theme_names(catalogue: Catalogue) -> Names:
    phrases = [
        (phrase, theme.id)
        for theme in catalogue.themes.values()
        for phrase in (theme.id, theme.id.replace("_", " "), theme.name.zh, theme.name.en, *theme.cues.all())
    ]
    return Names(phrases, ())


def title_of(catalogue: Catalogue, role_id: str, words: str) -> Title | None:
    """Return what a title says beside the role: how it sells, or in which business."""
    said = folded(words)
    titles = catalogue.roles[role_id].titles
    fitting = [(len(phrase), title) for title in titles for phrase in title.phrases.all() if folded(phrase) in said]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
