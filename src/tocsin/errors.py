"""Every error Tocsin raises on purpose, by what the caller can do about it.

    TocsinError
    ├── InputError        the input is at fault: mend it or leave it out      (exit code 1)
    │   ├── RefusedInput  one input was refused; the others go on
    │   ├── FetchFailed   a document of the web could not be had, or must not be
    │   └── EndpointFailed  a reader behind an address did not answer as it should
    ├── SettingsError     a setting is unknown or out of range                (exit code 2)
    ├── ReviewError       an act of review cannot be meant: name other things    (exit code 2)
    ├── AccountError      an account or token cannot be made or changed so     (exit code 2)
    ├── DataError         a data set or model is not what it should be        (exit code 3)
    ├── RecordError       a record breaks its own rules: a bug or a bad store
    │   ├── SpanError     a span does not equal the slice of its text
    │   └── EvidenceError a value has neither words nor a named rule
    └── StoreError        the store cannot be opened, read or written         (exit code 3)
        ├── StoreBusy     another process holds the store: try again
        └── StoreTooNew   the store was written by a newer Tocsin: upgrade

Errors carry their facts as attributes and build their sentence from them.
"""

from __future__ import annotations

from enum import StrEnum


class TocsinError(Exception):
    """Root of all errors raised on purpose."""


class InputError(TocsinError):
    """Something given from outside cannot be used as it is."""


class RefusedInput(InputError):
    """One input cannot be read. It is named, counted and passed over; nothing else stops.

    `source` names the input (path, URL, `-`), `locator` the part of it (`line 12`, `record 3`)
    and `reason` says in plain words what is wrong.
    """

    def __init__(self, source: str, reason: str, *, locator: str | None = None) -> None:
        self.source = source
        self.reason = reason
        self.locator = locator
        where = f"{source}, {locator}" if locator else source
        super().__init__(f"{where}: {reason}")


class FetchFault(StrEnum):
    """Why a document could not be had, by what can be done about it."""

    FORBIDDEN = "forbidden"
    """It must not be asked for: a closed address, another scheme, a password in the URL."""
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    OVERSIZED = "oversized"
    MALFORMED = "malformed"
    """What came is no HTTP, or does not unpack."""


class FetchFailed(InputError):
    """A document of the web could not be had. `url` is free of secrets, `fault` is its kind."""

    def __init__(self, url: str, fault: FetchFault, reason: str) -> None:
        self.url = url
        self.fault = fault
        self.reason = reason
        super().__init__(f"{url}: {reason}")


class EndpointFailed(InputError):
    """A reader behind an address did not answer, or not what it was asked. `host` names it."""

    def __init__(self, host: str, reason: str) -> None:
        self.host = host
        self.reason = reason
        super().__init__(f"the endpoint {host} {reason}")


class DataError(TocsinError):
    """A data set or a model file is not what it should be. `source` names it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class SettingsError(TocsinError):
    """A setting is unknown, malformed or out of range. `key` names it."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        self.reason = reason
        super().__init__(f"{key}: {reason}")


class ReviewError(TocsinError):
    """An act of review cannot be done to what it names. `act` is the command, `reason` says why."""

    def __init__(self, act: str, reason: str) -> None:
        self.act = act
        self.reason = reason
        super().__init__(f"review {act}: {reason}")


class AccountError(TocsinError):
    """An account or a token cannot be made or changed so. `name` is whose, `reason` says why."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")


class RecordError(TocsinError):
    """A record breaks a rule of its own. `record` and `field` say which."""

    def __init__(self, record: str, field: str, reason: str) -> None:
        self.record = record
        self.field = field
        self.reason = reason
        super().__init__(f"{record}.{field}: {reason}")


class SpanError(RecordError):
    """A span is empty, reversed, outside its text, or not equal to the slice it names."""


class EvidenceError(RecordError):
    """A value rests neither on words nor on a named inference rule nor on a review decision."""


class StoreError(TocsinError):
    """The store cannot be opened, read or written. `url` names it."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: {reason}")


class StoreBusy(StoreError):
    """Another process holds the store longer than the configured wait."""


class StoreTooNew(StoreError):
    """The store's schema is newer than this version of Tocsin knows."""
