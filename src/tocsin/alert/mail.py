"""Mail: one message by SMTP, encrypted unless the server is this machine."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import structlog

from tocsin.alert.deliver import NotDelivered, Outgoing
from tocsin.alert.rules import Alerting, Mail
from tocsin.alert.secret import Secret
from tocsin.alert.telling import body, subject
from tocsin.records.ids import content_id

log = structlog.get_logger()

MAX_SUBJECT_CHARS = 200


class MailChannel:
    """See `Channel`. A mail that comes twice bears the same Message-ID."""

    def __init__(self, settings: Mail, password: Secret | None, alerting: Alerting) -> None:
        self._settings = settings
        self._password = password
        self._alerting = alerting

    def send(self, message: Outgoing) -> None:
        """Hand the mail to the server. Addresses it refuses are named in the log; the others have
        it, so that it is not sent again for them."""
        mail = compose(message, self._settings, self._alerting)
        try:
            with self._connect() as server:
                if self._settings.user is not None and self._password is not None:
                    server.login(
                        self._settings.user, self._password.value.decode("utf-8", "replace")
                    )
                refused = server.send_message(
                    mail, from_addr=self._settings.sender, to_addrs=list(self._settings.to)
                )
        except smtplib.SMTPAuthenticationError as error:
            raise NotDelivered(f"the server refused the login ({error.smtp_code})") from None
        except smtplib.SMTPRecipientsRefused as error:
            codes = sorted({code for code, _ in error.recipients.values()})
            raise NotDelivered(f"the server refused every address ({codes[0]})") from None
        except smtplib.SMTPResponseException as error:
            raise NotDelivered(f"the server answered {error.smtp_code}") from None
        except smtplib.SMTPException as error:
            raise NotDelivered(f"SMTP failed: {type(error).__name__}") from None
        except ssl.SSLError as error:
            raise NotDelivered(f"no trusted connection: {error.reason}", is_down=True) from None
        except OSError as error:
            raise NotDelivered("the server cannot be reached", is_down=True) from error
        if refused:
            log.warning("mail refused for some", message=message.id, addresses=sorted(refused))

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        if settings.tls == "none":
            return smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_s)
        context = ssl.create_default_context()
        if settings.ca_file is not None:
            context.load_verify_locations(settings.ca_file)
        if settings.tls == "implicit":
            return smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout_s, context=context
            )
        server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_s)
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
        return server


def compose(message: Outgoing, settings: Mail, alerting: Alerting) -> EmailMessage:
    """The mail: the same bytes on every try. Updates are filed under what they update."""
    domain = settings.sender.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.sender
    mail["To"] = ", ".join(settings.to)
    mail["Subject"] = f"[Tocsin] {subject(message.alerts)}"[:MAX_SUBJECT_CHARS]
    mail["Date"] = format_datetime(max(alert.made_at for alert in message.alerts))
    mail["Message-ID"] = f"<{message.id}@{domain}>"
    if len(message.alerts) == 1 and message.alerts[0].references:
        earlier = [
            f"<{content_id('msg', message.receiver, one.alert_id)}@{domain}>"
            for one in message.alerts[0].references
        ]
        mail["In-Reply-To"] = earlier[-1]
        mail["References"] = " ".join(earlier)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body(message.alerts, alerting))
    return mail
