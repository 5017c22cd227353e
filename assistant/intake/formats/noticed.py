"""What an office file holds besides tables and text: pictures, text boxes, macros, links to other files."""

from collections.abc import Iterable, Iterator
from zipfile import ZipFile

from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Note

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp", ".svg")


def parts_noted(opened: ZipFile, folder: str, boxed: bool) -> Iterator[Note]:
    """Return a note for everything that was left alone; ``boxed`` says whether there is text in boxes."""
    names = opened.namelist()
    if any(name.startswith(folder + "externalLinks/") for name in names):
        yield Note("noted.external_links")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield Note("noted.macros")
    if boxed:
        yield Note("noted.text_boxes")
    if _pictures(opened, folder):
        yield Note("noted.pictures")


def refuse_nothing(opened: ZipFile, folder: str, boxed: bool) -> None:
    """Refuse a file without tables or text, and say where its content hides."""
    if boxed:
        raise Refused("file.only_text_boxes")
    raise Refused("file.only_pictures" if _pictures(opened, folder) else "file.no_content")


def drawn_text(opened: ZipFile) -> bool:
    """Say whether a text box on a sheet holds text; the library leaves drawings out."""
    names = (name for name in opened.namelist() if name.startswith("xl/drawings/drawing") and name.endswith(".xml"))
    return any(_holds_text(opened.read(name)) for name in names)


def ranges(numbers: Iterable[int]) -> tuple[str, ...]:
    """Return numbers with runs drawn together: 3, 5-7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return tuple(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _pictures(opened: ZipFile, folder: str) -> bool:
    return any(name.startswith(folder + "media/") and name.lower().endswith(PICTURES) for name in opened.namelist())


def _holds_text(drawing: bytes) -> bool:
    from defusedxml.ElementTree import fromstring

    return any((text.text or "").strip() for text in fromstring(drawing).iterfind(".//{*}txBody//{*}t"))
