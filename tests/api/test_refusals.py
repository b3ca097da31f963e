"""A refusal stands whatever becomes of its record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chalice.test import Client
from moto import mock_aws

from chalicelib.access.denials import Denial
from chalicelib.aws.denials import DynamoDenials
from chalicelib.usulan.store import World
from tests.access.house import House, as_officer, served
from tests.road import OPERATOR, Road


class FullTable(DynamoDenials):
    """A table that takes nothing at this moment."""

    def record(self, denial: Denial) -> None:
        raise ConnectionError


class Pressed(House):
    def world(self) -> World:
        return replace(self.road.world, denials=FullTable(self.road.table))


def test_who_may_not_is_told_so_though_it_cannot_be_written_down(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with mock_aws():
        house = Pressed(Road())
        house.people["operator"] = OPERATOR
        with Client(served(house)[0]) as client:
            answer = client.http.get("/api/v1/console/staff", headers=as_officer("operator"))
    assert (answer.status_code, answer.json_body["error"]["code"]) == (403, "TIDAK_BERWENANG")
    assert [vars(record).get("fault") for record in caplog.records] == ["ConnectionError"]
