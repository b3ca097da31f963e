"""What officers list and search for against the oracle: what lies with them, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.actors import Officer
from chalicelib.access.searches import Search
from chalicelib.offices.person import LEVELS
from tests.access.oracle import FAR, PERSONAL, REGIONS, STAGE_OF, Setting, officers, reviews, runs
from tests.road import NAMA, OTHER_VILLAGE, VILLAGE, Road

appointed = officers.map(
    lambda one: replace(one, regions=tuple(code for code in one.regions if code.level in LEVELS[one.role]))
)
"""As they can be made: nobody has the desks of a whole province's villages, each a query."""


@runs
@given(officer=appointed, cursor=st.one_of(st.none(), st.text("0123456789:.#-TZ", max_size=40)))
def test_the_desk_lists_what_lies_there_and_nothing_else(
    setting: Setting, officer: Officer, cursor: str | None
) -> None:
    path = "/api/v1/desk" if cursor is None else f"/api/v1/desk?cursor={cursor.replace('#', '%23')}"
    status, text = setting.ask("GET", path, officer=officer)
    if officer.role not in STAGE_OF or not officer.regions:
        assert status == 403
        return
    assert status == 200
    listed = {item["case_number"] for item in json.loads(text)["items"]}
    expected = {known.number for known in setting.cases if reviews(officer, known)}
    assert listed == expected if cursor is None else listed <= expected
    assert not any(value in text for value in PERSONAL)


def _searches(road: Road, officer: Officer) -> set[Search]:
    """Those of the officer's day, in whichever office."""
    days = {road.clock().date() + timedelta(days=ahead) for ahead in (0, 1)}
    return {
        row
        for office in officer.regions
        for day in days
        for row in road.personnel.watch.rows(office, officer.id, day, 100, None)[0]
        if isinstance(row, Search)
    }


@runs
@given(
    officer=officers,
    village=st.sampled_from([*REGIONS, "99.99.99.9999", "x"]),
    name=st.sampled_from([NAMA, "ratna", "CONTOH DEWI", "dew", "ratna budi", "ra", "12"]),
)
def test_a_search_finds_the_cases_of_one_village_and_shows_no_name(
    setting: Setting, officer: Officer, village: str, name: str
) -> None:
    road = setting.house.road
    road.clock.pass_(hours=1)
    before = _searches(road, officer)
    status, text = setting.ask("POST", "/api/v1/search", {"village": village, "name": name}, officer)
    near = any(village.startswith(region.value) for region in officer.regions)
    if village not in (VILLAGE, OTHER_VILLAGE, FAR):
        assert status == 400
    elif not near or officer.role not in STAGE_OF:
        assert status == 403
    elif name in ("ra", "12"):
        assert status == 400
    else:
        assert status == 200
        listed = {item["case_number"] for item in json.loads(text)["items"]}
        here = {known.number for known in setting.cases if known.village == village}
        assert listed == (here if "budi" not in name else set())
        (search,) = _searches(road, officer) - before
        assert (search.actor, str(search.village), set(search.cases)) == (officer.id, village, listed)
    assert not any(value in text for value in PERSONAL)
    assert "ratna" not in text.lower()
