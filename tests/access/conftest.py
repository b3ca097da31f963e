"""A house with six cases, for the tests that ask its routes: made once a file, and as it was made for each test.

The emulated table goes through all it holds at each query, so what one test leaves would slow all that follow.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chalice.test import Client
from moto import mock_aws

from chalicelib.access.actors import Citizen, Officer, Role, Stranger
from chalicelib.desk.claim import claim
from chalicelib.desk.decide import Ruling, Verdict, decide
from chalicelib.identity.region import RegionCode
from chalicelib.usulan.case import Target
from chalicelib.usulan.documents import REQUIRED
from chalicelib.usulan.start import start
from chalicelib.usulan.submit import submit
from tests.access.house import House, served
from tests.access.oracle import FAR, Known, Setting
from tests.road import OTHER_VILLAGE, VILLAGE, Road, request


def _case(road: Road, village: str, *, passed: bool = False) -> Known:
    made = start(road.world, Stranger(), Target.SELF, request())
    citizen = Citizen(made["case_number"])
    for slot in REQUIRED:
        road.send(citizen, slot)
    submit(road.world, citizen, citizen.case_number, road.form(kode_wilayah=village), request())
    road.drain()
    if passed:
        here = Officer("sub-here", "Operator Contoh", Role.VILLAGE_OPERATOR, (RegionCode(village),))
        fence = claim(road.world, here, citizen.case_number, "desa", request())["fence"]
        decide(road.world, here, citizen.case_number, "desa", fence, Ruling(Verdict.LULUS), request())
        road.drain()
    return Known(citizen.case_number, made["secret"], village, "dinsos" if passed else "desa")


@pytest.fixture(scope="module")
def six_cases() -> Iterator[Setting]:
    with mock_aws():
        road = Road()
        house = House(road)
        app, routers = served(house)
        cases = [
            _case(road, village, passed=passed)
            for village in (VILLAGE, OTHER_VILLAGE, FAR)
            for passed in (False, True)
        ]
        with Client(app) as client:
            yield Setting(house, client, routers, cases)


@pytest.fixture
def setting(six_cases: Setting) -> Iterator[Setting]:
    with six_cases.house.road.taken_back():
        yield six_cases
