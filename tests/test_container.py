"""The container files: linted, and every command that they run is tried as a process. No engine is needed."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml

from tests.integration.api_server import Served, free_port, serving

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT)


def composed() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def instruction(name: str) -> str:
    """Return what follows an instruction of the Dockerfile's last stage."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.split(None, 1)[1] for line in text.splitlines() if line.startswith(name)][-1]


@pytest.mark.skipif(not (BIN / "hadolint").exists(), reason="hadolint comes for Linux and macOS alone")
def test_the_dockerfile_is_sound() -> None:
    found = ran(str(BIN / "hadolint"), "--no-color", "Dockerfile")
    assert found.returncode == 0, found.stdout


def test_the_compose_file_is_sound() -> None:
    found = ran(str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "compose.yaml")
    assert found.returncode == 0, found.stdout


def test_everything_that_is_copied_is_there_and_let_through() -> None:
    let = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY") and "--from" not in line]
    for name in (one for names in copied for one in names):
        assert (ROOT / name).exists() and f"!{name}" in let, name


def test_no_password_stands_in_the_files() -> None:
    for service in composed()["services"].values():
        for name, value in service.get("environment", {}).items():
            if name.endswith(("PASSWORD", "API_KEY", "DATABASE_URL")):
                assert "${" in value, name


def test_the_servers_command_and_the_health_check(tmp_path: Path) -> None:
    command = yaml.safe_load(instruction("CMD"))
    assert yaml.safe_load(instruction("ENTRYPOINT")) == ["python", "-m", "api.cli.main"] and command == ["serve"]
    with serving(tmp_path) as served:
        assert health(served).returncode == 0
    assert health(served).returncode != 0


def health(served: Served) -> subprocess.CompletedProcess[str]:
    _, program, option, code = yaml.safe_load("[CMD, " + instruction("HEALTHCHECK").split("CMD [", 1)[1])
    assert (program, option) == ("python", "-c")
    return ran(sys.executable, "-c", code.replace("http://127.0.0.1:8300", served.url))


def test_the_index_starts_as_the_file_says(tmp_path: Path) -> None:
    service = composed()["services"]["index"]
    port = free_port()
    words = [one.replace("/data", str(tmp_path)).replace("8000", str(port)) for one in service["command"]]
    words = ["127.0.0.1" if one == "0.0.0.0" else one for one in words]  # noqa: S104
    process = subprocess.Popen(
        [str(BIN / service["entrypoint"][0]), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(150):
            try:
                if httpx2.get(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=1).status_code == 200:
                    return
            except httpx2.TransportError:
                assert process.poll() is None
                time.sleep(0.1)
        raise AssertionError("the index did not start")
    finally:
        process.kill()
        process.wait()


def test_keys_are_made_as_the_file_says(tmp_path: Path) -> None:
    told = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert "run --rm api keys create --name first" in told
    with serving(tmp_path) as served:
        assert served.command("keys", "create", "--name", "first").startswith("sc_")
