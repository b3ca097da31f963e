"""A recovery that waits for its second operator: `RECOVERY#region` / `ASKED`, all of it sealed, beside its `KEY`."""

from __future__ import annotations

from datetime import datetime

from chalicelib.access.sealing import DataKeys, seal, unseal
from chalicelib.aws.table import Table
from chalicelib.identity.region import RegionCode
from chalicelib.offices.recover import GOOD_FOR, Recovery

_SK = "ASKED"


class DynamoRecoveries:
    """Implements `offices.recover.Recoveries`."""

    def __init__(self, table: Table, keys: DataKeys) -> None:
        self._table = table
        self._keys = keys

    def keep(self, recovery: Recovery) -> None:
        pk = _pk(recovery.region)
        data_key, wrapped = self._keys.new(pk)
        expires_at = int((recovery.asked_at + GOOD_FOR).timestamp())
        private = {
            "username": recovery.username,
            "name": recovery.name,
            "reason": recovery.reason,
            "asked_by": recovery.asked_by,
            "asked_at": recovery.asked_at.isoformat(),
        }
        sealed = seal(data_key, self._place(pk), private)
        self._table.write(
            [
                self._table.set({"pk": pk, "sk": "KEY", "wrapped": wrapped, "expires_at": expires_at}),
                self._table.set({"pk": pk, "sk": _SK, "pribadi": sealed, "expires_at": expires_at}),
            ]
        )

    def waiting(self, region: RegionCode) -> Recovery | None:
        pk = _pk(region)
        key, asked = self._table.get(pk, "KEY"), self._table.get(pk, _SK)
        if key is None or asked is None:
            return None
        told = unseal(self._keys.unwrap(pk, bytes(key["wrapped"])), self._place(pk), bytes(asked["pribadi"]))
        return Recovery(
            region,
            told["username"],
            told["name"],
            told["reason"],
            told["asked_by"],
            datetime.fromisoformat(told["asked_at"]),
        )

    def forget(self, region: RegionCode) -> None:
        pk = _pk(region)
        self._table.write([self._table.removed(pk, "KEY"), self._table.removed(pk, _SK)])

    def _place(self, pk: str) -> str:
        return f"{self._table.name}/{pk}/{_SK}"


def _pk(region: RegionCode) -> str:
    return f"RECOVERY#{region}"
