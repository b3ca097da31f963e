"""Whom the attacks are after, what the API says it does, and how an attacker tries each of its operations."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.api.own_page import token_in
from chalicelib.local.specimens.catalogue import DemoFamily, families
from tests.attacks.bodies import BODIES
from tests.client import Client, Sent, eventually, form_of, on_desk, read_slots, submitted

DESCRIBED: Mapping[str, Mapping[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "docs" / "openapi.json").read_text(encoding="utf-8")
)["paths"]


@dataclass(frozen=True)
class Victim:
    """A submitted case of the first village, lying on its desk, and what nobody else may learn of it; `operator`: who
    works at that desk, by the user pool's subject."""

    sent: Sent
    family: DemoFamily
    operator: str

    @property
    def work(self) -> str:
        return f"{self.sent.number}.desa"

    @property
    def secrets(self) -> set[str]:
        ktp, kk = self.family.ktp.fields, self.family.kk.fields
        return {ktp["nik"], ktp["nama"], kk["nomor_kk"], kk["alamat"], self.sent.secret}


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    name: str
    door: str
    """`session`, `secret` or empty: whom it asks to prove themselves, and how."""


def operations() -> Iterator[Operation]:
    for path, methods in DESCRIBED.items():
        for method, told in methods.items():
            door = next(iter(told["security"][0])) if told.get("security") else ""
            yield Operation(method.upper(), path.removeprefix("/api/v1/"), told["operationId"], door)


GUARDED = [one for one in operations() if one.door]
ABOUT_A_CASE = [one for one in GUARDED if re.search(r"\{(case_number|work_id)\}", one.path)]
ABOUT_STAFF = [one for one in GUARDED if one.path.startswith("console/")]


@cache
def made_victim(base_url: str, number: int) -> Victim:
    """One for all attacks: none of them may change it."""
    here = [family for family in families() if family.village == families()[0].village]
    family = here[number]
    client = Client(base_url)
    operator = client.signed_in("operator.1")
    found = Victim(submitted(client, family), family, claims_of(token_of(operator))["sub"])
    eventually(lambda: on_desk(operator, found.work) and read_slots(found.sent))
    return found


def tried(attacker: Client, operation: Operation, victim: Victim) -> tuple[int, str]:
    """Status and text of one attempt on the victim's case."""
    path = operation.path.replace("{case_number}", victim.sent.number).replace("{work_id}", victim.work)
    for part, value in (
        ("slot", "ktp"),
        ("request_id", "1"),
        ("session_id", "1"),
        ("officer_id", victim.operator),
    ):
        path = path.replace(f"{{{part}}}", value)
    path = re.sub(r"\{(office|leave)_id\}", "1", path)
    assert "{" not in path, f"say what stands for it: {path}"
    if operation.method == "GET":
        answer = attacker.get(path)
    else:
        body = dict(BODIES.get(operation.name, {}))
        if "work_id" in body:
            body["work_id"] = victim.work
        if operation.name == "submit_usulan":
            body = form_of(victim.family)
        answer = attacker.post(path, body)
    return answer.status, json.dumps(answer.json)


def silent(text: str, victim: Victim) -> bool:
    return not any(secret in text for secret in victim.secrets)


def forged(token: str, **claims: Any) -> Iterator[str]:
    """Tokens like `token`, as forgers make them."""
    head, body, signature = token.split(".")
    told = claims_of(token)

    def part(content: Mapping[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    yield f"{head}.{part({**told, **claims})}.{signature}"
    yield f"{part({'alg': 'none', 'typ': 'JWT'})}.{body}."
    yield f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'x'})}.{body}.{signature}"
    yield f"{head}.{body}.{signature[:-6]}AAAAAA"
    yield f"{head}.{body}"


def claims_of(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return told


def token_of(signed_in: Client) -> str:
    return token_in(signed_in._headers["Cookie"])
