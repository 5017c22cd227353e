"""One table that holds the cards of several positions, told apart by a column that names them."""

from dataclasses import replace

from assistant.intake.form import Form, Line, RowRead


def by_position(form: Form) -> list[Form]:
    """Return a form a position, in the order of the table; the form itself where its lines name none or one."""
    names = [name for line in form.lines if (name := line.said("position"))]
    positions = list(dict.fromkeys(names))
    if len(positions) == 1:
        form.fields.setdefault("position", positions[0])
    if len(positions) < 2:
        return [form]
    return [_of(position, _lines_of(position, form), form) for position in positions]


def _lines_of(position: str, form: Form) -> list[int]:
    current, found = "", []
    for place, line in enumerate(form.lines):
        current = line.said("position") or current
        if current == position:
            found.append(place)
    return found


def _of(position: str, places: list[int], form: Form) -> Form:
    lines: list[Line] = [form.lines[place] for place in places]
    sections = {line.section: form.sections[line.section] for line in lines if line.section in form.sections}
    numbers = {place: number for number, place in enumerate(places)}
    return Form(
        name=f"{form.name} {position}".strip(),
        lines=lines,
        sections=sections if len({line.section for line in form.lines}) > 1 else {},
        columns=form.columns,
        rows=[_renumbered(row, numbers) for row in form.rows if row.line is None or row.line in numbers],
        fields={**form.fields, "position": position},
        notes=list(form.notes),
    )


def _renumbered(row: RowRead, numbers: dict[int, int]) -> RowRead:
    return replace(row, line=numbers[row.line]) if row.line is not None else row
