"""The entry point: one line for what is wrong, never a traceback."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from assistant.errors import ScorecraftError
from knowledge.models import Language

USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 for input that cannot be used."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language: Language = "en"
    _write_utf8()
    try:
        from api.cli import language as languages
        from assistant import settings

        language = languages.from_locale()
        configured = settings.load()
        told = languages.chosen(words) or configured.lang
        language = told or language
        from api.cli.app import build

        return build(language, configured, told=told is not None)(words)
    except ScorecraftError as error:
        print(error.say(language), file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader has left; what Python still flushes at exit has nowhere to go either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _write_utf8() -> None:
    """Write UTF-8 to files and pipes, as other programs expect of JSON; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    raise SystemExit(main())
