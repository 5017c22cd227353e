"""The parsing process of documents."""

from assistant.retrieval.documents.parsing import parse
from assistant.sandbox.inside import serve

if __name__ == "__main__":
    # What the HTML library looks for and this reading does not use costs as much as the reading.
    raise SystemExit(serve(parse, without=("html5lib", "soupsieve", "charset_normalizer", "chardet")))
