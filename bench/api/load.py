"""wrk: bodies from a file, one after the other; what it measured."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

PROGRAM = shutil.which("wrk")
SCRIPT = """
local bodies = {{}}
for line in io.lines("{file}") do bodies[#bodies + 1] = line end
local at = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  at = at % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[at])
end
done = function(summary, latency)
  io.write(string.format("FOUND %d %d %d %f %f\\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Load:
    """``rate`` in requests a second, ``half`` and ``most`` (99 %) in ms, ``share`` of one core that wrk itself took."""

    rate: float
    half: float
    most: float
    failed: int
    requests: int
    share: float


def loaded(url: str, bodies: Sequence[object], seconds: float, clients: int) -> Load:
    """Send bodies over one thread and so many connections; each body follows the one before."""
    if PROGRAM is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "bodies.jsonl", Path(folder) / "post.lua"
        file.write_text("\n".join(json.dumps(body, ensure_ascii=False) for body in bodies), encoding="utf-8")
        script.write_text(SCRIPT.format(file=file), encoding="utf-8")
        before = getrusage(RUSAGE_CHILDREN)
        command = [PROGRAM, "-t1", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "30s", "-s", str(script), url]
        printed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        after = getrusage(RUSAGE_CHILDREN)
    found = re.search(r"FOUND (\d+) (\d+) (\d+) ([\d.]+) ([\d.]+)", printed)
    if found is None:
        raise SystemExit(printed)
    requests, spent, failed = int(found[1]), int(found[2]) / 1e6, int(found[3])
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Load(requests / spent, float(found[4]) / 1e3, float(found[5]) / 1e3, failed, requests, own / spent)
