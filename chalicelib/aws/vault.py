"""Keys: data keys wrapped by KMS, and the one index key, made at first use and kept wrapped in the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from chalicelib.aws.failpoints import around
from chalicelib.aws.table import Table
from chalicelib.ports import KeyVault

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

_INDEX_KEY = {"owner": "INDEXKEY"}
_ANOTHER_KEY = ("IncorrectKeyException", "AccessDeniedException")
"""What KMS says of a data key that another key has wrapped."""


class KmsVault:
    """Implements `ports.KeyVault` with one KMS key; while keys are wrapped anew, those under `former` open too."""

    def __init__(self, client: KMSClient, key_id: str, former: str = "") -> None:
        self._client = client
        self._key_id = key_id
        self._former = former

    def new_data_key(self, context: Mapping[str, str]) -> tuple[bytes, bytes]:
        with around("kms.new_data_key"):
            made = self._client.generate_data_key(
                KeyId=self._key_id, KeySpec="AES_256", EncryptionContext=dict(context)
            )
        return made["Plaintext"], made["CiphertextBlob"]

    def unwrap(self, wrapped: bytes, context: Mapping[str, str]) -> bytes:
        try:
            return self._unwrapped(self._key_id, wrapped, context)
        except ClientError as problem:
            if not self._former or problem.response["Error"]["Code"] not in _ANOTHER_KEY:
                raise
        return self._unwrapped(self._former, wrapped, context)

    def _unwrapped(self, key_id: str, wrapped: bytes, context: Mapping[str, str]) -> bytes:
        return self._client.decrypt(KeyId=key_id, CiphertextBlob=wrapped, EncryptionContext=dict(context))[
            "Plaintext"
        ]

    def rewrap(self, wrapped: bytes, owner: str) -> tuple[bytes, str]:
        """Implements `rotation.Rewraps`: inside KMS, in the same context; the ciphertext itself names its old key."""
        context = {"owner": owner}
        answer = self._client.re_encrypt(
            CiphertextBlob=wrapped,
            SourceEncryptionContext=context,
            DestinationKeyId=self._key_id,
            DestinationEncryptionContext=context,
        )
        return answer["CiphertextBlob"], answer["KeyId"]


def index_key(table: Table, vault: KeyVault) -> bytes:
    """The key of the index digests, unwrapped once a process. Whoever comes first makes it; all others find it."""
    while True:
        kept = table.get("INDEXKEY", "v1")
        if kept is not None:
            return vault.unwrap(bytes(kept["wrapped"]), _INDEX_KEY)
        _, wrapped = vault.new_data_key(_INDEX_KEY)
        table.put_new({"pk": "INDEXKEY", "sk": "v1", "wrapped": wrapped})
