"""The entry point: one line for what is wrong, never a traceback."""

import os
import sys
from collections.abc import Sequence

from assistant.errors import ScorecraftError
from knowledge.models import Language

USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 2 for input that cannot be used."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language: Language = "en"
    try:
        from api.cli import language as languages
        from assistant import settings

        language = languages.from_locale()
        configured = settings.load()
        language = languages.chosen(words) or configured.lang or language
        from api.cli.app import build

        return build(language, configured)(words)
    except ScorecraftError as error:
        print(error.say(language), file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader has left; what Python still flushes at exit has nowhere to go either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
