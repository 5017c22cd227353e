"""The figures as tables, or as data."""

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from bench.conversation.kept import Kept
from bench.conversation.measure import Measured
from bench.conversation.modes import Trial
from bench.conversation.peer import Asked
from bench.conversation.raw import Beside
from bench.core import at
from bench.retrieval.tables import ms, share, table

Rows = list[list[str]]
TIMES: dict[str, Callable[[Measured], float]] = {
    "first event": lambda turn: turn.first,
    "decided result": lambda turn: turn.decided,
    "end": lambda turn: turn.whole,
    "of it, the model": lambda turn: turn.in_model,
    "of it, our own work": lambda turn: turn.whole - turn.in_model,
}


def show(trial: Trial) -> None:
    """Print a trial."""
    understood(trial)
    if trial.words:
        prose(trial)
    times(f"{trial.mode}: time of a turn", trial.turns, TIMES)
    asked = [turn for turn in trial.turns if turn.calls]
    if asked and len(asked) < len(trial.turns):
        times(f"{trial.mode}: time of the {len(asked)} turns that call the model", asked, TIMES)
    beside(trial)
    if trial.peer:
        peer(trial)


def understood(trial: Trial) -> None:
    rows = []
    for name, turns in grouped(trial.turns).items():
        cards = [one for turn in turns for one in turn.cards]
        row = [name, str(len(turns)), share(sum(not turn.flaws for turn in turns), len(turns))]
        rows.append([*row, share(sum(cards), len(cards)), str(sum(turn.by_model for turn in turns))])
    table(f"{trial.mode}{_trust(trial)}", ["", "turns", "understood", "cards valid", "read by the model"], rows)
    if crashed := sum(turn.crashed for turn in trial.turns):
        print(f"  {crashed} turns failed altogether")


def _trust(trial: Trial) -> str:
    if trial.marks is None:
        return ", trusted to read and word" if trial.words else ""
    marks = trial.marks
    may = [what for what, does in (("read", trial.reads), ("word", trial.words)) if does]
    read = f"read {marks.read}/{marks.readings} ({marks.harmful} harmful)"
    return f", exam: {read}, worded {marks.worded}/{marks.wordings}; trusted to {' and '.join(may) or 'do nothing'}"


def prose(trial: Trial) -> None:
    """Print what of the model's sentences was shown; the columns are shares of the sentences shown."""
    rows = []
    for name, turns in grouped(trial.turns).items():
        whole = sum(turn.sentences for turn in turns)
        wrong = (sum(getattr(turn, part) for turn in turns) for part in ("unsupported", "refused", "unseen", "slips"))
        rows.append([name, str(whole), *(share(part, whole) for part in wrong)])
    head = ["", "sentences shown", "number refused", "refused at all", "digits not in the reply", "slips of the brain"]
    table(f"{trial.mode}: prose, looked at again", head, rows)
    stopped = ", ".join(f"{reason} {times}" for reason, times in sorted(trial.stopped.items()))
    print(f"  sentences that the guards kept back and that ended the prose: {stopped or 'none'}")


def times(title: str, turns: Sequence[Measured], parts: dict[str, Callable[[Measured], float]]) -> None:
    rows = []
    for name, part in parts.items():
        values = [part(turn) for turn in turns]
        rows.append([name, ms(statistics.median(values)), ms(at(values, 0.95))])
    table(title, ["", "median", "95 %"], rows)


def beside(trial: Trial) -> None:
    """Print our calls of the model beside raw ones; the ratio is the median of the ratios, pair by pair."""
    rows = []
    for name, reading in (("reading", True), ("wording", False)):
        if pairs := [one for one in trial.beside if one.reading == reading]:
            rows.append([name, str(len(pairs)), *_pairs(pairs)])
    if rows:
        head = ["", "calls", "ours", "raw", "raw, first piece", "ours / raw"]
        table(f"{trial.mode}: a call of the model beside a raw one of the same size, median", head, rows)


def _pairs(pairs: Sequence[Beside]) -> Iterable[str]:
    for part in ("ours", "raw", "first"):
        yield ms(statistics.median(getattr(one, part) for one in pairs))
    yield f"{statistics.median(one.ours / one.raw for one in pairs):.2f}"


def peer(trial: Trial) -> None:
    """Print what the bare model makes of the turns that want a card, beside ours on the same dialogues."""
    asked, whole = trial.peer, len(trial.peer)
    parts: dict[str, Callable[[Asked], bool]] = {
        "an object with items": lambda one: one.parsed,
        "weights sum to 100": lambda one: one.sums,
        "only known indicators": lambda one: one.known,
        "no error in our check": lambda one: one.sound,
        "valid: sum and no error": lambda one: one.valid,
    }
    cards = [one for turn in trial.turns for one in turn.cards]
    rows = [[name, share(sum(map(part, asked)), whole)] for name, part in parts.items()]
    rows.append(["valid, of the cards that Scorecraft shows", share(sum(cards), len(cards))])
    spent = [one.seconds for one in asked]
    rows.append(["seconds for an answer, median and 95 %", f"{statistics.median(spent):.1f}   {at(spent, 0.95):.1f}"])
    table(f"{trial.mode}: the bare model, {whole} turns that want a card", ["", ""], rows)


def long(found: Kept) -> None:
    print(f"\na kept conversation of {found.turns} turns, offline, SQLite; {found.part} at each end, taken alternately")
    print(f"  first {ms(found.first)}   last {ms(found.last)}   last / first {found.ratio:.2f}")


def grouped(turns: Sequence[Measured]) -> dict[str, list[Measured]]:
    """Return the turns by language and set, and all of them."""
    groups: dict[str, list[Measured]] = {}
    for turn in turns:
        groups.setdefault(f"{turn.language} {turn.set}", []).append(turn)
    return {**dict(sorted(groups.items())), "all": list(turns)}


# As data.


def data(trial: Trial) -> dict[str, Any]:
    return {
        "mode": trial.mode,
        "trusted": {"read": trial.reads, "word": trial.words},
        "exam": trial.marks.model_dump(mode="json") if trial.marks else None,
        "groups": {name: _group(turns) for name, turns in grouped(trial.turns).items()},
        "stopped": trial.stopped,
        "raw": [asdict(one) for one in trial.beside],
        "peer": [{**asdict(one), "valid": one.valid} for one in trial.peer],
    }


def _group(turns: Sequence[Measured]) -> dict[str, Any]:
    cards = [one for turn in turns for one in turn.cards]
    counts = ("sentences", "unsupported", "refused", "unseen", "slips", "calls", "crashed", "by_model")
    times = {name: [part(turn) for turn in turns] for name, part in TIMES.items()}
    return {
        "turns": len(turns),
        "understood": sum(not turn.flaws for turn in turns),
        "cards": len(cards),
        "cards_valid": sum(cards),
        **{name: sum(getattr(turn, name) for turn in turns) for name in counts},
        "seconds": {
            name: {"median": statistics.median(values), "p95": at(values, 0.95)} for name, values in times.items()
        },
    }
