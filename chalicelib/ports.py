"""What the domain asks of the world. Adapters stand in `aws/`; the same ones serve AWS, the emulator and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from chalicelib.reading.model import Kind, ReadPhoto


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Now, in UTC, aware."""


class KeyVault(Protocol):
    """Wraps data keys (KMS). Contexts are authenticated: unwrapping needs the same one."""

    def new_data_key(self, context: Mapping[str, str]) -> tuple[bytes, bytes]:
        """A fresh 256-bit key: (plain, wrapped)."""

    def unwrap(self, wrapped: bytes, context: Mapping[str, str]) -> bytes: ...


class UploadForm(Protocol):
    """Where and how a browser posts one photo."""

    @property
    def url(self) -> str: ...

    @property
    def fields(self) -> Mapping[str, str]: ...


class Photos(Protocol):
    """The photo store (S3). Keys hold no personal data."""

    def upload_form(
        self, key: str, content_type: str, max_bytes: int, seconds: int, back: str = ""
    ) -> UploadForm:
        """A form that lets its holder post exactly one key, type and size range, for `seconds`. `back`: the address to
        which a browser is led once it has posted; empty: it is told that it has."""

    def view_url(self, key: str, seconds: int) -> str: ...

    def get(self, key: str, version: str) -> bytes:
        """The bytes of one version. `NotFound` when it is gone."""

    def put(self, key: str, data: bytes, content_type: str) -> None: ...

    def forget(self, case_number: str) -> None:
        """Remove all that was ever kept of a case's photos, every version."""

    def forget_originals(self, case_number: str) -> None:
        """Remove the photos as they came, every version; the working copies stay."""

    def version_of(self, key: str) -> str | None:
        """The first version of `key` that came, None when nothing has come."""


class PhotoReader(Protocol):
    """Reads one photo. Raises `BadInput` with a message code when the file cannot be used."""

    def __call__(self, data: bytes, expected: Kind) -> ReadPhoto: ...


class Unsent(Exception):
    """A message was not taken. `for_good`: another try would not help; `why` is a word for operators, never personal."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good


class Messenger(Protocol):
    """One way to reach somebody: a gateway for SMS or WhatsApp, mail."""

    def send(self, address: str, text: str, key: str) -> None:
        """Hand `text` over for `address`; the same `key` is the same message. Unsent: it was not taken."""


class Queues(Protocol):
    """The four queues. Bodies carry case numbers and upload ids, nothing personal. Each send may be repeated."""

    def photo_arrived(self, key: str, version: str) -> None:
        """What S3 sends by itself, once more."""

    def submitted(self, case_number: str) -> None: ...

    def to_verify(self, case_number: str, stage: str) -> None: ...

    def to_tell(self, case_number: str) -> None:
        """A notice of this case waits."""
