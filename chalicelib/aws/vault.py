"""Keys: data keys wrapped by KMS, and the one index key, made at first use and kept wrapped in the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalicelib.aws.failpoints import around
from chalicelib.aws.table import Table
from chalicelib.ports import KeyVault

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

_INDEX_KEY = {"owner": "INDEXKEY"}


class KmsVault:
    """Implements `ports.KeyVault` with one KMS key."""

    def __init__(self, client: KMSClient, key_id: str) -> None:
        self._client = client
        self._key_id = key_id

    def new_data_key(self, context: Mapping[str, str]) -> tuple[bytes, bytes]:
        with around("kms.new_data_key"):
            made = self._client.generate_data_key(
                KeyId=self._key_id, KeySpec="AES_256", EncryptionContext=dict(context)
            )
        return made["Plaintext"], made["CiphertextBlob"]

    def unwrap(self, wrapped: bytes, context: Mapping[str, str]) -> bytes:
        return self._client.decrypt(
            KeyId=self._key_id, CiphertextBlob=wrapped, EncryptionContext=dict(context)
        )["Plaintext"]


def index_key(table: Table, vault: KeyVault) -> bytes:
    """The key of the index digests, unwrapped once a process. Whoever comes first makes it; all others find it."""
    while True:
        kept = table.get("INDEXKEY", "v1")
        if kept is not None:
            return vault.unwrap(bytes(kept["wrapped"]), _INDEX_KEY)
        _, wrapped = vault.new_data_key(_INDEX_KEY)
        table.put_new({"pk": "INDEXKEY", "sk": "v1", "wrapped": wrapped})
