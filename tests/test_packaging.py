"""The wheel as it is installed: our four packages with their data, and nothing else."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_wheel_holds_our_packages_and_no_tests(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"knowledge", "prompts", "assistant", "api"}


def test_wheel_holds_every_module_and_data_file(wheel: zipfile.ZipFile) -> None:
    shipped = {"*.py", "*.yaml", "*.json", "*.sha256", "*.md", "*.npz", "py.typed"}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in ("knowledge", "prompts", "assistant", "api")
        for pattern in shipped
        for path in (ROOT / package).rglob(pattern)
    }
    assert wanted <= set(wheel.namelist())


def test_command_is_installed_and_upload_is_refused(wheel: zipfile.ZipFile) -> None:
    texts = {name.split("/")[-1]: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    assert "scorecraft = api.cli.main:main" in texts["entry_points.txt"]
    assert "Private :: Do Not Upload" in texts["METADATA"]
    assert "Requires-Python: >=3.11" in texts["METADATA"]


def test_locks_pin_every_package_with_a_hash_and_name_no_index() -> None:
    for name in ("runtime.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][^\s=]*==\S+", text, re.MULTILINE)
        assert pins and text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text and "index-url" not in text


def test_an_old_python_is_told_so() -> None:
    source = (ROOT / "scripts" / "require_python.py").read_text(encoding="utf-8")
    pretend = "import sys; sys.version_info = (3, 9); " + f"exec({source!r})"
    refused = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, encoding="utf-8")
    assert refused.returncode == 1
    assert "3.11" in refused.stderr and "3.9" in refused.stderr
