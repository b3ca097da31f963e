"""The demo: invented officers and families walk the same doors as everyone else, so that each desk has something on it.

Filling can be repeated and broken off: each POST names itself after the family, so that a second try goes on where the
first ended.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib import bootstrap
from chalicelib.access.actors import Role
from chalicelib.identity.region import RegionCode
from chalicelib.local.problems import CannotServe
from chalicelib.local.specimens.catalogue import DemoFamily, families
from chalicelib.local.stack import ROOT, RunningStack
from chalicelib.local.visitor import (
    PASSWORD,
    Client,
    drafted,
    form_of,
    on_desk,
    photographed,
    read_slots,
    wait_for,
)

_DONE = {"pk": "DEMO", "sk": "v1"}
_READ_SECONDS = 60.0


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
            "kepala",
            "Kepala Contoh",
            Role.DINSOS_HEAD,
            (kabupaten,),
            "kepala Dinas Sosial: juga penghapusan data (/permintaan)",
        ),
        DemoOfficer(
            "petugas",
            "Petugas Contoh",
            Role.FIELD_OFFICER,
            (kecamatan,),
            "memindai barkot di lapangan (/petugas)",
        ),
        DemoOfficer(
            "admin",
            "Admin Contoh Kabupaten",
            Role.ADMINISTRATOR,
            (kabupaten,),
            "mengelola petugas kecamatan dan desa (/admin)",
        ),
        DemoOfficer(
            "admin.provinsi",
            "Admin Contoh Provinsi",
            Role.ADMINISTRATOR,
            (str(RegionCode(kabupaten).at(1)),),
            "mengelola petugas kabupaten juga (/admin)",
        ),
    ]


_UNTOLD = 3
"""The first families of the demo give no address for notices."""


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
        print(f"berkas: {missing} is not set; `make run` fills its own stack.", file=sys.stderr)  # noqa: T201  (what the command tells)
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
        stack = Client(base_url)
        waiting = families()
        for place, family in enumerate(waiting, start=1):
            _say(f"  case {place} of {len(waiting)}: three photos sent and read …")
            _walk(stack, family, place)
        bootstrap.table().put({**_DONE})
    print_sign_ins(base_url)


def operator_of(village: str) -> str:
    """The user name of a village's operator."""
    return f"operator.{_villages().index(village) + 1}"


def appoint_officers() -> None:
    """Give the demo's officers their accounts and offices, in the stack that the environment names."""
    for officer in demo_officers():
        regions = [RegionCode(code) for code in officer.regions]
        bootstrap.officers().appoint(officer.username, PASSWORD, officer.name, officer.role, regions)


def appoint_in(stack: RunningStack) -> None:
    """The demo's officers, without its cases, in a stack that another process serves."""
    command = [sys.executable, "-m", "chalicelib", "demo", "--officers"]
    subprocess.run(command, cwd=ROOT, env=os.environ | stack.environment, check=True, timeout=60)  # noqa: S603  (our own program)


def print_sign_ins(base_url: str) -> None:
    _say("")
    _say(f"  Warga     {base_url}/usulan   (usulkan)   {base_url}/status   (cek status)")
    _say(f"  Petugas   {base_url}/petugas  (pindai barkot)")
    _say(f"  Meja      {base_url}/meja     (periksa dan putuskan)")
    _say(f"  Admin     {base_url}/admin    (petugas dan jabatan)")
    _say("")
    _say(f"  Sign-ins of the demo, all with the password {PASSWORD}:")
    for officer in demo_officers():
        _say(f"    {officer.username:14} {officer.name:22} {officer.does}")
    _say("")


def _walk(stack: Client, family: DemoFamily, place: int) -> None:
    """One family's case: sent by its citizen; the later ones also decided, so that each state can be seen."""
    sent = drafted(stack.named(family.id))
    if sent.phone.get(f"usulan/{sent.number}").expect(200)["state"] != "DRAF":
        return  # walked in an earlier, broken-off filling
    photographed(stack.named(family.id), family)
    wait_for(lambda: read_slots(sent), _READ_SECONDS, 0.3)  # a submission never depends on the reader
    if place > _UNTOLD:
        contact = {
            "address": f"warga.{place}@contoh.example"
        }  # sent nowhere: `notices list` and log/app.log show it
        sent.phone.post(f"usulan/{sent.number}/contact", contact).expect(200)
    sent.phone.post(f"usulan/{sent.number}/submission", form_of(family)).expect(200)
    rulings = {4: ["lulus"], 5: ["lulus", "lulus"], 6: ["perlu_perbaikan"]}
    for stage, ruling in zip(("desa", "dinsos"), rulings.get(place, []), strict=False):
        _decide(stack.named(f"{family.id}-{stage}"), sent.number, stage, ruling, family.village)


def _decide(visitor: Client, number: str, stage: str, ruling: str, village: str) -> None:
    officer = visitor.signed_in("dinsos" if stage == "dinsos" else operator_of(village))
    work = f"{number}.{stage}"
    if not wait_for(lambda: on_desk(officer, work), _READ_SECONDS):
        raise CannotServe("A demo case did not reach its desk: see log/app.log in the data folder.")
    claim = officer.post(f"desk/{work}/claim", {}).expect(200)
    decision: dict[str, Any] = {"work_id": work, "fence": claim["fence"], "decision": ruling}
    if ruling == "perlu_perbaikan":
        decision |= {"reason": "FOTO_BURAM", "slots": ["rumah_depan"]}
    officer.post(f"cases/{number}/decision", decision).expect(200)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  (what the command tells)
