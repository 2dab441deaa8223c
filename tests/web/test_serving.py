"""The board serves this machine alone; the real command answers and ends."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tocsin.errors import SettingsError
from tocsin.web.serving import address_words, check_host, is_free, is_loopback, listen


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_loopback_is_served(host: str) -> None:
    assert is_loopback(host)
    check_host(host, has_login=False)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.7", "board.example", "", "127.0.0.1.x"]
)
def test_other_addresses_want_a_login(host: str) -> None:
    with pytest.raises(SettingsError, match="no login"):
        check_host(host, has_login=False)
    check_host(host, has_login=True)


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=str(port)):
            listen("127.0.0.1", port)
        assert not is_free("127.0.0.1", port)
    assert is_free("127.0.0.1", 0)


def test_addresses_as_typed_into_a_browser() -> None:
    assert address_words("127.0.0.1", 8400) == "http://127.0.0.1:8400/"
    assert address_words("::1", 80) == "http://[::1]:80/"


def run(*arguments: object) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TOCSIN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "tocsin", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def address_in(process: subprocess.Popen[str]) -> str:
    """The address the command prints, once it does."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"https?://127\.0\.0\.1:\d+/", line)
        if found is not None:
            return found[0]
    raise AssertionError("it ended without an address")


def test_the_command_serves_and_ends(tmp_path: Path) -> None:
    with run("serve", "--db", tmp_path / "new.db", "--port", 0) as process:
        try:
            address = address_in(process)
            assert "Nothing has been read yet" in httpx.get(address).text
            with httpx.stream("GET", f"{address}api/v1/changes") as events:
                assert next(events.iter_lines()) == "event: record"
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) in {0, 130}


@pytest.mark.slow
def test_the_demo_ends_with_the_board(tmp_path: Path) -> None:
    with run("demo", "--db", tmp_path / "demo.db", "--board") as process:
        try:
            page = httpx.get(address_in(process)).text
            assert "Camp Taji" in page
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) in {0, 130}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_the_command_speaks_tls(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    certified = ("--tls-cert", cert, "--tls-key", key)
    with run("serve", "--db", tmp_path / "new.db", "--port", 0, *certified) as process:
        try:
            address = address_in(process)
            assert address.startswith("https://")
            trusted = ssl.create_default_context(cafile=str(cert))
            assert "Nothing has been read yet" in httpx.get(address, verify=trusted).text
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) in {0, 130}


def test_the_command_refuses_the_open_network(tmp_path: Path) -> None:
    with run("serve", "--db", tmp_path / "new.db", "--host", "0.0.0.0") as process:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 2
        assert "no login is configured" in said
    assert not (tmp_path / "new.db").exists()


def test_the_command_shows_the_rules_it_is_given(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("[rules.all]\n", encoding="utf-8")
    with run("serve", "--db", tmp_path / "new.db", "--port", 0, "--alerts", rules) as process:
        try:
            assert "every change" in httpx.get(f"{address_in(process)}alerts").text
        finally:
            process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def test_rules_that_cannot_be_read_are_named_before_anything_is_served(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[rules.all]\nwatch = ["nothing"]\n', encoding="utf-8")
    with run("serve", "--db", tmp_path / "new.db", "--port", 0, "--alerts", rules) as process:
        _, told = process.communicate(timeout=60)
    assert process.returncode not in {0, None}
    assert "rules.all.watch" in told
    assert not (tmp_path / "new.db").exists()
