"""Mail through a real SMTP server, encrypted and not, refused and taken."""

from __future__ import annotations

import base64
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.alert.factory import NOW, alerting
from tests.alert.servers import Mailbox, mail_server
from tests.alert.test_files import made
from tocsin.alert.deliver import NotDelivered, Outgoing
from tocsin.alert.mail import MailChannel, compose
from tocsin.alert.records import Reference
from tocsin.alert.rules import Mail
from tocsin.alert.secret import Secret
from tocsin.records.ids import content_id


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as server:
        yield server


def settings(box: Mailbox, **changes: Any) -> Mail:
    values = {
        "kind": "mail",
        "host": "127.0.0.1",
        "port": box.port,
        "tls": "none",
        "sender": "tocsin@news.example",
        "to": ["desk@news.example", "night@news.example"],
        "timeout_s": 5,
    }
    return Mail.model_validate(values | changes)


def outgoing(text: str = "Rocket attack in Harran") -> Outgoing:
    return Outgoing("msg_1", "editors", (made(text),))


def send(box: Mailbox, message: Outgoing | None = None, **changes: Any) -> None:
    secret = Secret(b"s3same") if "user" in changes else None
    MailChannel(settings(box, **changes), secret, alerting()).send(message or outgoing())


def test_a_mail_arrives_with_the_key_as_its_id(box: Mailbox) -> None:
    send(box)
    ((sender, to, mail),) = box.mails
    assert sender == "tocsin@news.example"
    assert to == ("desk@news.example", "night@news.example")
    assert mail["message-id"] == "<msg_1@news.example>"
    assert mail["subject"].startswith("[Tocsin] Update: Rocket attack in Harran (toll up")
    assert mail["auto-submitted"] == "auto-generated"
    assert isinstance(mail, EmailMessage)
    told = mail.get_content()
    assert "before: Rocket attack in Harran" in told
    assert "Not an official warning" in told


def test_an_update_is_filed_under_what_it_updates(box: Mailbox) -> None:
    message = outgoing()
    (alert,) = message.alerts
    alert = replace(alert, references=(Reference("alr_7", NOW),))
    send(box, replace(message, alerts=(alert,)))
    earlier = content_id("msg", "editors", "alr_7")
    assert box.mails[0][2]["in-reply-to"] == f"<{earlier}@news.example>"


def test_a_title_cannot_add_headers(box: Mailbox) -> None:
    send(box, outgoing("Attack\r\nBcc: everyone@news.example\r\n\r\nHello"))
    ((_, to, mail),) = box.mails
    assert mail["bcc"] is None
    assert len(to) == 2


def test_the_same_message_is_the_same_mail(box: Mailbox) -> None:
    one, two = (bytes(compose(outgoing(), settings(box), alerting())) for _ in range(2))
    assert one == two


def test_a_refused_mail_is_not_delivered(box: Mailbox) -> None:
    box.refuse_data = [451]
    with pytest.raises(NotDelivered, match="answered 451"):
        send(box)
    send(box)
    assert len(box.mails) == 1


def test_an_address_that_is_refused_keeps_the_mail_from_no_other(box: Mailbox) -> None:
    box.refuse_to = {"night@news.example"}
    send(box)
    assert [to for _, to, _ in box.mails] == [("desk@news.example",)]
    box.refuse_to.add("desk@news.example")
    with pytest.raises(NotDelivered, match="every address"):
        send(box)


def test_a_login_is_made_and_its_failure_shows_no_password(box: Mailbox) -> None:
    login: dict[str, Any] = {"user": "tocsin", "password_env": "X"}
    send(box, **login)
    assert base64.b64decode(box.logins[0]) == b"\0tocsin\0s3same"
    box.is_login_refused = True
    with pytest.raises(NotDelivered, match="refused the login") as caught:
        send(box, **login)
    assert "s3same" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_server_that_is_away_is_down() -> None:
    with pytest.raises(NotDelivered, match="cannot be reached") as caught:
        send(Mailbox(port=9))
    assert caught.value.is_down


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of our own for 127.0.0.1, with its key in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            str(key),
            "-out",
            str(cert),
        ],
        check=True,
        capture_output=True,
    )
    whole = folder / "whole.pem"
    whole.write_bytes(key.read_bytes() + cert.read_bytes())
    return whole


@pytest.fixture
def secure_box(certificate: Path) -> Iterator[Mailbox]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with mail_server(context) as server:
        yield server


def test_starttls_to_a_server_that_is_trusted(secure_box: Mailbox, certificate: Path) -> None:
    send(secure_box, tls="starttls", ca_file=certificate)
    assert len(secure_box.mails) == 1


def test_a_server_that_is_not_trusted_gets_nothing(secure_box: Mailbox) -> None:
    with pytest.raises(NotDelivered, match="no trusted connection"):
        send(secure_box, tls="starttls", user="tocsin", password_env="X")
    assert secure_box.mails == []
    assert secure_box.logins == []


def test_a_server_without_starttls_gets_nothing(box: Mailbox) -> None:
    with pytest.raises(NotDelivered):
        send(box, tls="starttls", user="tocsin", password_env="X")
    assert box.logins == []
