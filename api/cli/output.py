"""What commands write for programs."""

import json
import sys
from typing import Any


def write_json(value: Any) -> None:
    """Write plain data to standard output as JSON that people can read too."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
