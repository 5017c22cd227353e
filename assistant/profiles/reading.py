"""A company's file read into a rule set, and a catalogue that knows it."""

from pathlib import Path

from assistant.errors import BadInput, BadProfile, UnknownName
from assistant.intake.sources import is_file
from knowledge.errors import KnowledgeError
from knowledge.models import Catalogue, RuleProfile
from knowledge.words import folded

SUFFIXES = frozenset({".yaml", ".yml"})
MOST_BYTES = 256 * 1024


def load(path: str | Path, catalogue: Catalogue) -> RuleProfile:
    """Read a company's rule set; ``BadProfile`` names everything that is wrong, with file and line."""
    # Reading YAML takes a while to import, and most calls name a shipped rule set.
    from assistant.profiles.assembly import assembled
    from assistant.profiles.coherence import incoherent
    from assistant.profiles.trouble import from_reading, placed
    from knowledge.loader import read_profile

    place = Path(path)
    _refuse_odd_files(place)
    try:
        said, document = read_profile(place)
    except KnowledgeError as error:
        raise BadProfile(str(place), from_reading(error.problems)) from error
    profile, found = assembled(said, place.stem, catalogue)
    if profile is not None:
        found = [*found, *incoherent(profile, catalogue)]
    if profile is None or found:
        raise BadProfile(str(place), placed(found, document))
    return profile


def with_profile(catalogue: Catalogue, profile: RuleProfile) -> Catalogue:
    """Return a catalogue that knows a rule set beside those it has."""
    return catalogue.model_copy(update={"profiles": {**catalogue.profiles, profile.id: profile}})


def resolve_profile(argument: str, catalogue: Catalogue) -> tuple[Catalogue, str]:
    """Return the id of a rule set named by id, name or file, and the catalogue that knows it."""
    for profile in catalogue.profiles.values():
        if folded(argument) in {profile.id, folded(profile.name.zh), folded(profile.name.en)}:
            return catalogue, profile.id
    if Path(argument).suffix.lower() not in SUFFIXES and not is_file(argument):
        raise UnknownName("profile", argument, tuple(catalogue.profiles))
    own = load(argument, catalogue)
    return with_profile(catalogue, own), own.id


def _refuse_odd_files(path: Path) -> None:
    if not is_file(path):
        raise BadInput("profile.no_file", path=str(path))
    if path.stat().st_size > MOST_BYTES:
        raise BadInput("profile.too_big", path=str(path), most=MOST_BYTES // 1024)
