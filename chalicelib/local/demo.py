"""The demo: invented officers and families walk the same doors as everyone else, so that each desk has something on it.

Filling can be repeated and broken off: each POST names itself after the family, so that a second try goes on where the
first ended.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import urllib3

from chalicelib import bootstrap
from chalicelib.access.actors import Role
from chalicelib.identity.region import RegionCode
from chalicelib.local.problems import CannotServe
from chalicelib.local.specimens.catalogue import DemoFamily, Specimen, families

PASSWORD = "Contoh-2026-aman"  # noqa: S105  invented, printed on the screen, valid on this machine only
_DONE = {"pk": "DEMO", "sk": "v1"}
_READ_SECONDS = 60.0
_NAMESPACE = uuid.UUID("8f6f2f5e-9d3e-4b57-9d5e-0c1f6f1f7b1a")


@dataclass(frozen=True)
class DemoOfficer:
    """An invented officer; `regions` are code prefixes."""

    username: str
    name: str
    role: Role
    regions: tuple[str, ...]
    does: str


def _villages() -> list[str]:
    """The demo's villages: those of the families in the kecamatan where most of them live."""
    home = families()[0].village.rpartition(".")[0]
    return sorted({family.village for family in families() if family.village.startswith(home)})


def demo_officers() -> list[DemoOfficer]:
    """One of each kind, and an operator for each of the demo's villages."""
    villages = _villages()
    kabupaten = str(RegionCode(villages[0]).at(2))
    kecamatan = str(RegionCode(villages[0]).at(3))
    operators = [
        DemoOfficer(
            f"operator.{place}",
            f"Operator Contoh {place}",
            Role.VILLAGE_OPERATOR,
            (village,),
            "memeriksa usulan satu desa (/meja)",
        )
        for place, village in enumerate(villages, start=1)
    ]
    return [
        *operators,
        DemoOfficer(
            "dinsos",
            "Verifikator Contoh",
            Role.DINSOS_VERIFIER,
            (kabupaten,),
            "verifikasi Dinas Sosial (/meja)",
        ),
        DemoOfficer(
            "petugas",
            "Petugas Contoh",
            Role.FIELD_OFFICER,
            (kecamatan,),
            "memindai barkot di lapangan (/petugas)",
        ),
    ]


def main(argv: list[str]) -> int:
    """`python -m chalicelib demo --at URL`: fill a served stack whose environment variables are set."""
    parser = argparse.ArgumentParser(prog="python -m chalicelib demo", description=__doc__)
    parser.add_argument("--at", default="http://127.0.0.1:8090", help="address of the served stack")
    parser.add_argument("--officers", action="store_true", help="appoint the demo's officers only, no cases")
    options = parser.parse_args(argv)
    try:
        if options.officers:
            appoint_officers()
        else:
            fill_if_empty(options.at, dict(os.environ))
    except KeyError as missing:
        print(f"berkas: {missing} is not set; `make run` fills its own stack.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def fill_if_empty(base_url: str, environment: Mapping[str, str]) -> None:
    """Fill a stack that has not been filled, saying what happens meanwhile; then print the sign-ins.

    CannotServe: the stack refused one of the demo's steps.
    """
    os.environ.update(environment)
    if bootstrap.table().get(_DONE["pk"], _DONE["sk"]) is None:
        _say("First start: inventing officers and families …")
        appoint_officers()
        stack = _Visitor(base_url)
        waiting = families()
        for place, family in enumerate(waiting, start=1):
            _say(f"  case {place} of {len(waiting)}: three photos sent and read …")
            _walk(stack, family, place)
        bootstrap.table().put({**_DONE})
    print_sign_ins(base_url)


def appoint_officers() -> None:
    """Give the demo's officers their accounts and offices, in the stack that the environment names."""
    for officer in demo_officers():
        regions = [RegionCode(code) for code in officer.regions]
        bootstrap.officers().appoint(officer.username, PASSWORD, officer.name, officer.role, regions)


def print_sign_ins(base_url: str) -> None:
    _say("")
    _say(f"  Warga     {base_url}/usulan   (usulkan)   {base_url}/status   (cek status)")
    _say(f"  Petugas   {base_url}/petugas  (pindai barkot)")
    _say(f"  Meja      {base_url}/meja     (periksa dan putuskan)")
    _say("")
    _say(f"  Sign-ins of the demo, all with the password {PASSWORD}:")
    for officer in demo_officers():
        _say(f"    {officer.username:12} {officer.name:22} {officer.does}")
    _say("")


def _walk(stack: _Visitor, family: DemoFamily, place: int) -> None:
    """One family's case: sent by its citizen; the later ones also decided, so that each state can be seen."""
    citizen = stack.named(family.id)
    draft = citizen.post("usulan", {"target": "self"})
    number, secret = draft["case_number"], {"Berkas-Secret": draft["secret"]}
    if draft["case"]["state"] != "DRAF":
        return  # walked in an earlier, broken-off filling
    for slot, photo in (("ktp", family.ktp), ("kk", family.kk), ("rumah_depan", family.rumah_depan)):
        citizen.send_photo(number, slot, photo, secret)
    citizen.await_reading(number, secret)
    citizen.post(f"usulan/{number}/submission", _form(family), secret)
    rulings = {4: ["lulus"], 5: ["lulus", "lulus"], 6: ["perlu_perbaikan"]}
    for stage, ruling in zip(("desa", "dinsos"), rulings.get(place, []), strict=False):
        _decide(stack.named(f"{family.id}-{stage}"), number, stage, ruling, family.village)


def _decide(officer: _Visitor, number: str, stage: str, ruling: str, village: str) -> None:
    username = "dinsos" if stage == "dinsos" else f"operator.{_villages().index(village) + 1}"
    token = officer.post("session", {"username": username, "password": PASSWORD})["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    work = f"{number}.{stage}"
    officer.await_desk(work, bearer)
    claim = officer.post(f"desk/{work}/claim", {}, bearer)
    decision: dict[str, Any] = {"work_id": work, "fence": claim["fence"], "decision": ruling}
    if ruling == "perlu_perbaikan":
        decision |= {"reason": "FOTO_BURAM", "slots": ["rumah_depan"]}
    officer.post(f"cases/{number}/decision", decision, bearer)


def _form(family: DemoFamily) -> dict[str, Any]:
    ktp, kk = family.ktp.fields, family.kk.fields
    return {
        "nik": ktp["nik"],
        "nama": ktp["nama"],
        "nomor_kk": kk["nomor_kk"],
        "kode_wilayah": family.village,
        "alamat": kk["alamat"],
        "rt": kk["rt"],
        "rw": kk["rw"],
        "statement": True,
    }


class _Visitor:
    """A phone or a desk, as the stack sees it: JSON over HTTP, photos straight into the store."""

    def __init__(self, base_url: str, name: str = "") -> None:
        self._base = f"{base_url}/api/v1"
        self._url = base_url
        self._name = name
        self._http = urllib3.PoolManager(retries=False, timeout=60)

    def named(self, name: str) -> _Visitor:
        return _Visitor(self._url, name)

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        key = str(uuid.uuid5(_NAMESPACE, f"{self._name}:{path}"))
        return self._json("POST", path, {"Idempotency-Key": key, **(headers or {})}, body)

    def get(self, path: str, headers: Mapping[str, str]) -> Any:
        return self._json("GET", path, headers, None)

    def send_photo(self, number: str, slot: str, photo: Specimen, secret: Mapping[str, str]) -> None:
        data = photo.path.read_bytes()
        wanted = {"content_type": "image/jpeg", "size": len(data)}
        form = self.post(f"usulan/{number}/photos/{slot}", wanted, secret)["post"]
        fields = {**form["fields"], "file": (f"{slot}.jpg", data, "image/jpeg")}
        answer = self._http.request("POST", form["url"], fields=fields)
        if answer.status not in (200, 201, 204):
            raise CannotServe(
                f"The photo store refused a demo photo ({answer.status}): see log/emulator.log."
            )

    def await_reading(self, number: str, secret: Mapping[str, str]) -> None:
        """Until all photos are read, or a minute has gone: a submission never depends on the reader."""
        until = time.monotonic() + _READ_SECONDS
        while time.monotonic() < until:
            slots = self.get(f"usulan/{number}", secret)["slots"]
            if all(slot["state"] in ("read", "failed", "empty") for slot in slots):
                return
            time.sleep(0.3)

    def await_desk(self, work: str, bearer: Mapping[str, str]) -> None:
        until = time.monotonic() + _READ_SECONDS
        while time.monotonic() < until:
            if any(item["work_id"] == work for item in self.get("desk", bearer)["items"]):
                return
            time.sleep(0.1)
        raise CannotServe("A demo case did not reach its desk: see log/app.log in the data folder.")

    def _json(
        self, method: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> Any:
        answer = self._http.request(method, f"{self._base}/{path}", headers=dict(headers), json=body)
        if answer.status >= 400:
            code = answer.json().get("error", {}).get("code", "?")
            raise CannotServe(
                f"The demo could not go on ({answer.status} {code}): see log/app.log in the data folder."
            )
        return answer.json()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201
