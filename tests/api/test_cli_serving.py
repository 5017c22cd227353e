"""``scorecraft keys`` and what ``scorecraft serve`` refuses, in both languages."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from knowledge.models import Language

Run = Callable[..., CompletedProcess[str]]
HEADINGS: dict[Language, tuple[str, ...]] = {
    "zh": ("编号", "用途", "工作区", "权限", "状态"),
    "en": ("Id", "Used by", "Workspace", "Scopes", "State"),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Keys of other tests would open the server to other machines."""
    return tmp_path


def test_a_key_is_made_shown_and_revoked(run: Run) -> None:
    made = run("keys", "create", "--name", "人事系统", "--workspace", "acme", "--scopes", "write,read", "--lang", "zh")
    token = made.stdout.strip()
    assert made.returncode == 0 and token.startswith("sc_") and "请现在保存" in made.stderr and token not in made.stderr
    listed = run("keys", "list", "--lang", "zh").stdout
    assert all(heading in listed for heading in HEADINGS["zh"])
    assert "人事系统" in listed and "acme" in listed and "read, write" in listed and "有效" in listed
    assert token not in listed
    (key,) = json.loads(run("keys", "list", "--format", "json").stdout)
    revoked = run("keys", "revoke", key["id"], "--lang", "en")
    assert "is revoked" in revoked.stdout
    assert "revoked" in run("keys", "list", "--lang", "en").stdout


def test_no_keys_yet(run: Run) -> None:
    assert "还没有密钥" in run("keys", "list", "--lang", "zh").stdout
    assert "No keys yet" in run("keys", "list", "--lang", "en").stdout
    assert json.loads(run("keys", "list", "--format", "json").stdout) == []


def test_a_key_that_ends(run: Run) -> None:
    made = json.loads(run("keys", "create", "--name", "trial", "--days", "30", "--format", "json").stdout)
    assert made["expires"] and made["token"].startswith("sc_") and made["scopes"] == ["read", "write"]
    listed = run("keys", "list", "--lang", "en").stdout
    assert f"valid until {made['expires'][:10]}" in listed and all(heading in listed for heading in HEADINGS["en"])


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("keys", "create", "--name", "x", "--scopes", "read,fly"), "read,fly", "read,fly"),
        (("keys", "create", "--name", "x", "--workspace", "a b"), "工作区", "workspace"),
        (("keys", "revoke", "nobody"), "nobody", "nobody"),
        (("serve", "--host", "192.0.2.7"), "scorecraft keys create", "scorecraft keys create"),
        (("serve", "--workers", "2"), "SCORECRAFT_DATABASE_URL", "SCORECRAFT_DATABASE_URL"),
        (("serve", "--port", "70000"), "65535", "65535"),
    ],
)
def test_what_is_refused_names_the_way_out(run: Run, arguments: tuple[str, ...], zh: str, en: str) -> None:
    for language, part in (("zh", zh), ("en", en)):
        done = run(*arguments, "--lang", language)
        assert done.returncode == 2 and part in done.stderr, (done.stdout, done.stderr)
        assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_named(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for language, part in (("zh", "端口已被占用"), ("en", "the port is taken")):
            done = run("serve", "--port", port, "--lang", language)
            assert done.returncode == 2 and port in done.stderr and part in done.stderr, done.stderr
            assert "/v1" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SCORECRAFT_API_RATE", "often"), ("SCORECRAFT_API_ORIGINS", "example.com"), ("SCORECRAFT_API_HOSTS", "a b"),
        ("SCORECRAFT_VALKEY_URL", "http://there"), ("SCORECRAFT_DATABASE_URL", "mysql://x"),
        ("SCORECRAFT_API_WORKERS", "0"), ("SCORECRAFT_API_THREADS", "0"), ("SCORECRAFT_TURNS", "many"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_named(run: Run, name: str, value: str) -> None:
    for language in ("zh", "en"):
        done = run("keys", "list", "--lang", language, **{name: value})
        assert done.returncode == 2 and name in done.stderr and "Traceback" not in done.stderr, done.stderr
