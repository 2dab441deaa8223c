"""Receivers that alerts are really sent to: an HTTP server that can fail, an SMTP server."""

from __future__ import annotations

import json
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Hook:
    """What an HTTP receiver got, and how it answers: the next of `answers`, then 200.

    An answer of 0 closes the connection after the body was read and kept; None before.
    """

    answers: list[int | None] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with each answer."""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def taken(self) -> dict[str, dict[str, Any]]:
        """Messages by idempotency key, as a receiver that remembers keys has them."""
        return {head["idempotency-key"]: json.loads(body) for head, body in self.requests}


@contextmanager
def hook_server() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = hook.answers.pop(0) if hook.answers else 200
            if answer is None:
                self.close_connection = True
                return
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:  # the sender died while it wrote: nobody was told
                self.close_connection = True
                return
            hook.requests.append(({k.lower(): v for k, v in self.headers.items()}, body))
            if not answer:
                self.close_connection = True
                return
            self.send_response(answer)
            for name, value in hook.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.port = server.server_address[1]
    with _serving(server):
        yield hook


@dataclass
class Mailbox:
    """What an SMTP server got, and how it behaves."""

    mails: list[tuple[str, tuple[str, ...], Message]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    """Of `AUTH PLAIN`, base64 as sent."""
    refuse_data: list[int] = field(default_factory=list)
    """Codes with which the next mails are refused."""
    refuse_to: set[str] = field(default_factory=set)
    is_login_refused: bool = False
    port: int = 0


@contextmanager
def mail_server(context: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """A small SMTP server (RFC 5321) with STARTTLS where a context is given."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self) -> None:
            self.say("220 test")
            sender, is_secure = "", False
            to: list[str] = []
            while line := self.rfile.readline():
                words = line.decode().strip()
                verb = words.partition(" ")[0].upper()
                if verb == "EHLO":
                    self.say("250-test")
                    if context is not None and not is_secure:
                        self.say("250-STARTTLS")
                    self.say("250 AUTH PLAIN")
                elif verb == "STARTTLS" and context is not None:
                    self.say("220 go on")
                    self.connection = context.wrap_socket(self.connection, server_side=True)
                    self.rfile = self.connection.makefile("rb")
                    self.wfile = self.connection.makefile("wb", 0)
                    is_secure = True
                elif verb == "AUTH":
                    box.logins.append(words.split()[-1])
                    self.say("535 no" if box.is_login_refused else "235 welcome")
                elif verb == "MAIL":
                    sender, to = words.split("<")[1].split(">")[0], []
                    self.say("250 ok")
                elif verb == "RCPT":
                    address = words.split("<")[1].split(">")[0]
                    if address in box.refuse_to:
                        self.say("550 unknown")
                    else:
                        to.append(address)
                        self.say("250 ok")
                elif verb == "DATA":
                    self.say("354 go on")
                    body = b""
                    for part in iter(self.rfile.readline, b".\r\n"):
                        body += part[1:] if part.startswith(b".") else part
                    if box.refuse_data:
                        self.say(f"{box.refuse_data.pop(0)} not now")
                    else:
                        mail = message_from_bytes(body, policy=default)
                        box.mails.append((sender, tuple(to), mail))
                        self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    break
                else:
                    self.say("250 ok")

        def finish(self) -> None:
            super().finish()
            self.connection.close()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that does not trust us hangs up; that is its answer."""

    server = Server(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    with _serving(server):
        yield box


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
