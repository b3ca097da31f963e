"""Sealing: each stored item has at most one encrypted attribute, under a data key that belongs to its case.

AES-256-GCM, 96-bit random nonce, the item's place (table and key) as additional data: a sealed value copied to another
item does not open. The data key is wrapped by KMS with the case as encryption context; destroying the wrapped key erases
the case. Format: one version byte, 12 bytes nonce, ciphertext and tag.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chalicelib.ports import KeyVault

_VERSION = b"\x01"


def seal(data_key: bytes, place: str, content: Mapping[str, Any]) -> bytes:
    """`content` (JSON values) encrypted for `place`."""
    nonce = os.urandom(12)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return _VERSION + nonce + AESGCM(data_key).encrypt(nonce, text, place.encode())


def unseal(data_key: bytes, place: str, sealed: bytes) -> dict[str, Any]:
    """What `seal` took. cryptography's InvalidTag: another key, another place, or a changed value."""
    if sealed[:1] != _VERSION:
        raise ValueError("unknown version of a sealed value")
    content: dict[str, Any] = json.loads(AESGCM(data_key).decrypt(sealed[1:13], sealed[13:], place.encode()))
    return content


class DataKeys:
    """Data keys of cases, unwrapped by the vault once and then kept for a while (a queue shows fifty cases at a time).

    Threads share it. An erased case stays readable to a running process for `seconds` at most.
    """

    def __init__(self, vault: KeyVault, *, size: int = 512, seconds: float = 300.0) -> None:
        self._vault = vault
        self._size = size
        self._seconds = seconds
        self._kept: OrderedDict[bytes, tuple[float, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def new(self, owner: str) -> tuple[bytes, bytes]:
        """A fresh data key for `owner` (a case or an officer): (plain, wrapped)."""
        plain, wrapped = self._vault.new_data_key({"owner": owner})
        self._keep(wrapped, plain)
        return plain, wrapped

    def unwrap(self, owner: str, wrapped: bytes) -> bytes:
        with self._lock:
            found = self._kept.get(wrapped)
            if found and time.monotonic() - found[0] < self._seconds:
                return found[1]
        plain = self._vault.unwrap(wrapped, {"owner": owner})
        self._keep(wrapped, plain)
        return plain

    def _keep(self, wrapped: bytes, plain: bytes) -> None:
        with self._lock:
            self._kept[wrapped] = (time.monotonic(), plain)
            self._kept.move_to_end(wrapped)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)


class Digests:
    """Index digests: HMAC-SHA-256 of a value under a secret key, so that a table of them tells nothing (the space of
    NIKs is small enough to try them all against a plain hash)."""

    def __init__(self, index_key: bytes) -> None:
        self._key = index_key

    def of(self, purpose: str, value: str) -> str:
        """Hexadecimal digest of `value`; the same value gives unrelated digests for different purposes."""
        return hmac.new(self._key, f"{purpose}\x00{value}".encode(), hashlib.sha256).hexdigest()

    def matches(self, purpose: str, value: str, digest: str) -> bool:
        return hmac.compare_digest(self.of(purpose, value), digest)
