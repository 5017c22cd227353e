"""Forms that Scorecraft wrote, known by their headings, and the marks they set."""

from collections.abc import Iterable

from assistant.intake.form import Layout
from assistant.wording import phrase_text
from knowledge.models import Text
from knowledge.terms import Kind
from knowledge.words import folded

# Nobody else heads a form with all of these.
HEADINGS = ("export.definition", "export.scoring", "export.provider", "export.weighted")
MARKS = {Kind.KEY_TASK: "export.key_task", Kind.BEHAVIOUR: "export.behaviour"}


def layout_of(headings: Iterable[str]) -> Layout | None:
    """Return the language of a form of ours; ``None`` for anyone else's."""
    found = {folded(heading) for heading in headings}
    layouts: tuple[Layout, ...] = ("both", "zh", "en")
    return next((layout for layout in layouts if found.issuperset(_headings(layout))), None)


def _headings(layout: Layout) -> list[str]:
    return [folded(headed(phrase_text(key), layout)) for key in HEADINGS]


def headed(text: Text, layout: Layout) -> str:
    """Return a heading as our forms write it."""
    return f"{text.zh} / {text.en}" if layout == "both" else text.say(layout)


def is_total(text: str, layout: Layout) -> bool:
    return folded(text) == folded(headed(phrase_text("export.total"), layout))


def unmarked(name: str) -> tuple[str, Kind | None]:
    """Return a name without the mark below it, and the kind that the mark says."""
    kept, kind = [], None
    for line in name.split("\n"):
        found = _marked(line)
        kind = kind or found
        kept += [line] if found is None else []
    return ("\n".join(kept), kind) if kept else (name, None)


def _marked(line: str) -> Kind | None:
    said = folded(line)
    for kind, key in MARKS.items():
        mark = phrase_text(key)
        if said in {folded(f"（{mark.zh}）"), folded(f"({mark.en})")}:
            return kind
    return None
