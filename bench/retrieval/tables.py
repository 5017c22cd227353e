"""Figures as aligned plain text."""

from collections.abc import Sequence


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a title, the first column to the left and the others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    print(f"\n{title}")
    for line in lines:
        first, *others = (cell.ljust(widths[0]) if not place else cell for place, cell in enumerate(line))
        print("  " + "   ".join([first, *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]))


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:4.0%}" if whole else "-"


def ms(seconds: float) -> str:
    return f"{1e3 * seconds:.1f} ms"
