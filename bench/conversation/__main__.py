"""Conversation: ``python -m bench.conversation [offline] [scripted] [smollm] [--llm URL MODEL] [--peer] …``.

Prints, by language and set of dialogues, what is understood and what is shown; the time of a turn beside the model's
own; a kept conversation of 500 turns.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from assistant.advisor import Advisor
from bench.conversation import report, smollm
from bench.conversation.kept import TURNS, kept
from bench.conversation.modes import BRAIN, PATIENCE, Trial, WithModel, at, offline, some
from knowledge import shipped
from tests.dialogues import Dialogue, load
from tests.integration.model_server import running

MODES = ("offline", "scripted", "smollm")
FEW = 6
"""Dialogues for a real model, which takes its time."""


def main() -> None:
    asked = arguments()
    # Nobody's own documents, settings or conversations.
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCORECRAFT_DATA_DIR"] = folder
        advisor, dialogues = Advisor(shipped.load()), load()
        facts = about(dialogues)
        if asked.format == "text":
            print("\n".join(f"{name}: {value}" for name, value in facts.items()))
        warm(advisor)
        found = []
        for trial in trials(asked, advisor, dialogues):
            found.append(trial)
            if asked.format == "text":
                report.show(trial)
        long = kept(advisor, asked.turns) if asked.turns else None
    if asked.format == "json":
        whole = {**facts, "modes": [report.data(one) for one in found], "kept": asdict(long) if long else None}
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    elif long:
        report.long(long)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench.conversation")
    parser.add_argument("modes", nargs="*", metavar="mode", help=f"{', '.join(MODES)}; default: all that are installed")
    parser.add_argument("--llm", nargs=2, metavar=("URL", "MODEL"), help="any OpenAI-compatible server, after its exam")
    parser.add_argument("--trusted", action="store_true", help="let a real model read and word without an exam")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds that a real model has for an answer")
    parser.add_argument("--peer", action="store_true", help="put the dialogues to the bare model as well")
    parser.add_argument("--dialogues", type=int, metavar="N", help=f"default: all; {FEW} with a real model")
    parser.add_argument("--turns", type=int, default=TURNS, help="of the kept conversation; 0 for none")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    asked = parser.parse_args()
    if unknown := set(asked.modes) - set(MODES):
        parser.error(f"no such mode: {', '.join(sorted(unknown))}")
    if not asked.modes and not asked.llm:
        asked.modes = [mode for mode in MODES if mode != "smollm" or smollm.installed()]
    return asked


def trials(asked: argparse.Namespace, advisor: Advisor, dialogues: Sequence[Dialogue]) -> Iterator[Trial]:
    """Yield the trials as they end, each model's server running no longer than its own."""
    few = some(dialogues, asked.dialogues or FEW)
    if "offline" in asked.modes:
        yield offline(advisor, some(dialogues, asked.dialogues))
    if "scripted" in asked.modes:
        for server in running(BRAIN):
            mode = WithModel("scripted", at(server.url, "scripted"), trusted=True)
            yield mode.trial(advisor, some(dialogues, asked.dialogues))
    if "smollm" in asked.modes:
        with smollm.served() as url:
            name = f"SmolLM2-135M ({smollm.versions()})"
            yield WithModel(name, at(url, "smollm", asked.patience), asked.trusted, asked.peer).trial(advisor, few)
    if asked.llm:
        url, model = asked.llm
        yield WithModel(model, at(url, model, asked.patience), asked.trusted, asked.peer).trial(advisor, few)


def about(dialogues: Sequence[Dialogue]) -> dict[str, Any]:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    sets = dict.fromkeys(f"{one.language} {one.set}" for one in dialogues)
    counted = (f"{name} {sum(f'{one.language} {one.set}' == name for one in dialogues)}" for name in sets)
    return {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {load}",
        "dialogues": ", ".join(counted),
    }


def warm(advisor: Advisor) -> None:
    """Let the guidance be opened and the first card be drafted before anything is timed."""
    advisor.ask("How many KPIs should a card have?", "en")
    kept(advisor, 10)


if __name__ == "__main__":
    main()
