"""The road of a case: which offices it passes, in which order, by when, and for which reasons it may be turned back.

Roads are data (`roads.json`): a row a kabupaten/kota (`*`: everywhere else), valid from a date. A case keeps walking the
road that was valid when it was sent. Who works at which stage stands in the policy table (`access/policy.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from chalicelib.identity import regions
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message


@dataclass(frozen=True)
class Stage:
    """One office on the road. `desk_level` is the level of region that has such an office (4 village, 2 kabupaten/kota);
    `due_days` run from the offer to the decision; a claim lasts `lease_minutes`."""

    code: str
    waiting_state: str
    rejected_state: str
    desk_level: int
    due_days: int
    lease_minutes: int

    @property
    def label(self) -> str:
        """What is done here, in the language of the moment."""
        return message(f"TAHAP_{self.code}")

    def office(self, village: RegionCode) -> str:
        """Who does it for a case of this village."""
        kabupaten = regions.name(village.at(2))
        return message(f"KANTOR_{self.code}", desa=regions.name(village), kabupaten=kabupaten)


@dataclass(frozen=True)
class Road:
    kabupaten: str
    valid_from: date
    stages: tuple[Stage, ...]
    passed_state: str
    mend_days: int
    remind_days: tuple[int, ...]
    mend_reasons: tuple[str, ...]
    reject_reasons: tuple[str, ...]

    @property
    def first(self) -> Stage:
        return self.stages[0]

    def stage(self, code: str) -> Stage:
        """KeyError: the road has no such stage."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise KeyError(code)

    def after(self, code: str) -> Stage | None:
        """The stage behind `code`; None: the road ends there."""
        place = self.stages.index(self.stage(code))
        return self.stages[place + 1] if place + 1 < len(self.stages) else None


@cache
def _roads() -> tuple[Road, ...]:
    rows = json.loads(Path(__file__).with_name("roads.json").read_text(encoding="utf-8"))
    return tuple(
        Road(
            kabupaten=row["kabupaten"],
            valid_from=date.fromisoformat(row["valid_from"]),
            stages=tuple(Stage(**stage) for stage in row["stages"]),
            passed_state=row["passed_state"],
            mend_days=row["mend_days"],
            remind_days=tuple(row["remind_days"]),
            mend_reasons=tuple(row["mend_reasons"]),
            reject_reasons=tuple(row["reject_reasons"]),
        )
        for row in rows
    )


def road_for(region: RegionCode, on: date) -> Road:
    """The road of the kabupaten/kota of `region`, as valid on that day. LookupError: none was valid yet."""
    valid = [
        road
        for road in _roads()
        if road.valid_from <= on and (road.kabupaten == "*" or RegionCode(road.kabupaten).covers(region))
    ]
    if not valid:
        raise LookupError(f"no road is valid for {region} on {on}")
    return max(valid, key=lambda road: (road.kabupaten != "*", road.valid_from))
