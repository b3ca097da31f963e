"""The oracle of the routes: it knows people and what they are for (DOMAIN 1), not the policy's rows.

A hundred requests a route, always the same; `make nightly` asks a thousand, in ten rounds of others.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalice.test import Client
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st

from chalicelib.access.actors import Officer, Role
from chalicelib.api.http import Router
from chalicelib.identity.region import RegionCode
from tests.access.house import House, as_officer
from tests.road import NAMA, NIK, NOMOR_KK, OTHER_VILLAGE, VILLAGE

ROUND = os.environ.get("BERKAS_ROUND")
FAR = "32.05.10.2002"
OFFICES = [role for role in Role if role not in (Role.CITIZEN, Role.KIOSK, Role.SYSTEM)]
STAGE_OF = {
    Role.VILLAGE_OPERATOR: "desa",
    Role.VILLAGE_HEAD: "desa",
    Role.DINSOS_VERIFIER: "dinsos",
    Role.DINSOS_HEAD: "dinsos",
}
REGIONS = ["13", "13.05", "13.05.02", VILLAGE, OTHER_VILLAGE, "32", FAR]
PERSONAL = (NIK, NAMA, NOMOR_KK)
REFUSED = {401, 403, 404}


def runs(test: Callable[..., None]) -> Callable[..., None]:
    """A hundred examples: those of the round, or the ones that are always the same."""
    limits = settings(
        max_examples=100,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    return seed(int(ROUND))(limits(test)) if ROUND else limits(test)


@dataclass(frozen=True)
class Known:
    """A case as the oracle knows it."""

    number: str
    secret: str
    village: str
    stage: str


@dataclass
class Setting:
    house: House
    client: Client
    routers: list[Router]
    cases: list[Known]

    def ask(
        self, method: str, path: str, body: Any = None, officer: Officer | None = None, secret: str = ""
    ) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        if officer:
            self.house.people[officer.id] = officer
            headers |= as_officer(officer.id)
        if secret:
            headers["Berkas-Secret"] = secret
        send = getattr(self.client.http, method.lower())
        more = {} if body is None else {"body": json.dumps(body).encode()}
        answer = send(path, headers=headers, **more)
        return answer.status_code, answer.body.decode()


def covers(officer: Officer, known: Known) -> bool:
    return any(known.village.startswith(region.value) for region in officer.regions)


def reviews(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and STAGE_OF.get(officer.role) == known.stage


def looks(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and officer.role in (*STAGE_OF, Role.FIELD_OFFICER)


def unmasks_numbers(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and officer.role in STAGE_OF


def answers(officer: Officer, known: Known) -> bool:
    return covers(officer, known) and officer.role in (Role.DINSOS_VERIFIER, Role.DINSOS_HEAD)


MAY = {
    "unmask_field": unmasks_numbers,
    "record_request": looks,
    "record_withdrawal": looks,
    "view_request": answers,
    "answer_request": answers,
    "claim_work": reviews,
    "release_work": reviews,
    "correct_value": reviews,
    "decide_case": reviews,
    "view_case": looks,
    "resolve_barkot": looks,
}
"""Routes about one case → whom the oracle lets through. A wrong fence is then a conflict, not a refusal."""

OF_CITIZENS = (
    "view_usulan",
    "view_receipt",
    "request_photo",
    "submit_usulan",
    "mend_usulan",
    "give_contact",
    "keep_answers",
    "view_handover",
    "view_requests",
    "ask_right",
    "withdraw_right",
    "fetch_copy",
)
"""Routes about one case that its secret opens."""

officers = st.builds(
    lambda role, codes, name: Officer(f"sub-{name}", "Petugas Contoh", role, tuple(map(RegionCode, codes))),
    st.sampled_from(OFFICES),
    st.lists(st.sampled_from(REGIONS), max_size=2, unique=True),
    st.integers(0, 10**6),
)
places = st.integers(0, 5)
