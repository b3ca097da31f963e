"""Cross-checks: what the documents, the citizen's words and other cases say of each other.

They make findings that a person weighs; nothing here rejects, because a NIK's region or date may lawfully differ, and
papers are often old (DOMAIN 0.6, 3.4). A finding names fields; the boxes it speaks of are those of the fields' readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chalicelib.errors import NotFound
from chalicelib.identity import vocabularies
from chalicelib.identity.names import similar
from chalicelib.identity.nik import Nik
from chalicelib.identity.region import RegionCode
from chalicelib.reading.house.fingerprints import same
from chalicelib.reading.model import Field, Finding, Severity
from chalicelib.usulan.case import Case, State
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.propose import proposed_region
from chalicelib.usulan.store import World

_WORTH_COMPARING = 0.6
_SAME_NAME = 0.88
_EXCLUDED_OCCUPATIONS = frozenset({4, 5, 6, 7})
"""SIAK codes of pensioners, civil servants, soldiers and police: "EXCLUDE PEKERJAAN" in SIKS (DOMAIN 3.3)."""
_ENDED = ("DITOLAK_DESA", "DITOLAK_DINSOS", State.EXPIRED, State.DRAFT)

Row = Mapping[str, Field]


@dataclass(frozen=True)
class Twin:
    """Another living case about the same people or house."""

    number: str
    case: Case


def cross_check(world: World, case: Case) -> Case:
    """The case with its findings, and the cases it seems to repeat, made anew from what is known now."""
    twins = _twins(world, case)
    lookalikes = _lookalikes(world, case)
    row = own_row(case)
    findings = (
        *_unread(case),
        *_typed_against_read(case),
        *_regions(case),
        *_nik(case),
        *_family(case, row),
        *_occupation(case, row),
        *_repeated(case, twins),
        *_same_house(lookalikes),
    )
    numbers = sorted({twin.number for twin in (*twins, *lookalikes)})
    return replace(case, findings=_each_once(findings), twins=tuple(numbers))


def _each_once(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))


def _unread(case: Case) -> Iterator[Finding]:
    for slot, upload in case.uploads.items():
        if upload.open:
            yield Finding("BELUM_DIBACA", Severity.INFO, (slot.value,))


def _typed_against_read(case: Case) -> Iterator[Finding]:
    differs = {"nik": "NIK_BEDA_KETIKAN", "nomor_kk": "NOMOR_KK_BEDA_KETIKAN", "nama": "NAMA_BEDA_KETIKAN"}
    for name, code in differs.items():
        read = case.read(name)
        if read is None or read[1].confidence < _WORTH_COMPARING:
            continue
        if not _same(name, case.value(name), read[1].value):
            yield Finding(code, Severity.WARNING, (name,))


def _regions(case: Case) -> Iterator[Finding]:
    for upload in case.uploads.values():
        region = proposed_region(upload.reading.fields) if upload.reading else None
        if region and case.region and region[0] != case.region:
            yield Finding("WILAYAH_BEDA_KK", Severity.WARNING, (upload.slot.value, "kode_wilayah"))


def _nik(case: Case) -> Iterator[Finding]:
    nik = Nik.parse(case.value("nik"))
    for doubt in nik.doubts(lives_in=case.region):
        severity = Severity(doubt.severity)
        if doubt.code == "NIK_WILAYAH_LAMA" and _moved_with_its_region(nik.region, case.region):
            severity = Severity.INFO
        yield Finding(doubt.code, severity, ("nik",))


def _moved_with_its_region(written: RegionCode, home: RegionCode | None) -> bool:
    """Whether an old code's successor covers the home: the province was divided, nobody moved (DOMAIN 3.5)."""
    return home is not None and written.current != written and written.current.covers(home)


def _family(case: Case, row: Row | None) -> Iterator[Finding]:
    rows = _rows(case)
    if not rows:
        return
    if row is None:
        if all("nik" in member for member in rows):
            yield Finding("NIK_TIDAK_DI_KK", Severity.WARNING, ("nik", Slot.KK.value))
        return
    if "nama" in row and not _same("nama", case.value("nama"), row["nama"].value):
        yield Finding("NAMA_BEDA_KK", Severity.WARNING, ("nama",))
    card = _fields(case, Slot.KTP)
    for name, code in (("tanggal_lahir", "TANGGAL_BEDA_KK"), ("jenis_kelamin", "JENIS_KELAMIN_BEDA_KK")):
        if name in row and name in card and row[name].value != card[name].value:
            yield Finding(code, Severity.WARNING, (name,))


def _occupation(case: Case, row: Row | None) -> Iterator[Finding]:
    for fields in (_fields(case, Slot.KTP), row or {}):
        written = fields.get("pekerjaan")
        match = vocabularies.clear_match("pekerjaan", written.value) if written else None
        if match and match.term.code in _EXCLUDED_OCCUPATIONS:
            yield Finding("PEKERJAAN_KHUSUS", Severity.INFO, ("pekerjaan",))
            return


def _repeated(case: Case, twins: list[Twin]) -> Iterator[Finding]:
    for twin in twins:
        if twin.case.value("nik") == case.value("nik"):
            yield Finding("NIK_GANDA", Severity.WARNING, ("nik",))
        elif twin.case.value("nomor_kk") == case.value("nomor_kk"):
            yield Finding("KK_GANDA", Severity.WARNING, ("nomor_kk",))
        issued, other = (_fields(each, Slot.KK).get("tanggal_dikeluarkan") for each in (case, twin.case))
        if issued and other and issued.value < other.value:
            yield Finding("KK_LEBIH_LAMA", Severity.WARNING, ("nomor_kk",))


def _same_house(lookalikes: list[Twin]) -> Iterator[Finding]:
    if lookalikes:
        yield Finding("FOTO_DIPAKAI_LAIN", Severity.WARNING, (Slot.HOUSE_FRONT.value,))


def _twins(world: World, case: Case) -> list[Twin]:
    """Living cases with the same NIK or family card number."""
    return _living(world, case, ("nik", "nomor_kk"))


def _lookalikes(world: World, case: Case) -> list[Twin]:
    """Living cases of the kecamatan that show the same house picture, and are not of the same family."""
    return [
        other
        for other in _living(world, case, ("house",))
        if other.case.value("nomor_kk") != case.value("nomor_kk")
        and same(other.case.house_fingerprint, case.house_fingerprint)
    ]


def _living(world: World, case: Case, purposes: tuple[str, ...]) -> list[Twin]:
    """Other living cases that share one of the case's marks of these purposes."""
    numbers: set[str] = set()
    for purpose, value in case.marks:
        if purpose in purposes:
            numbers |= set(world.store.cases_with(purpose, world.digests.of(purpose, value)))
    found = []
    for number in sorted(numbers - {case.number}):
        try:
            other = world.store.load(number)
        except NotFound:
            continue  # its index outlived it by a moment
        if other.state not in _ENDED:
            found.append(Twin(number, other))
    return found


def own_row(case: Case) -> Row | None:
    """The person's row on the family card: the one with the same NIK."""
    nik = case.value("nik")
    return next((row for row in _rows(case) if "nik" in row and row["nik"].value == nik), None)


def _rows(case: Case) -> tuple[Row, ...]:
    upload = case.uploads.get(Slot.KK)
    return upload.reading.members if upload and upload.reading else ()


def _fields(case: Case, slot: Slot) -> Mapping[str, Field]:
    upload = case.uploads.get(slot)
    return upload.reading.fields if upload and upload.reading else {}


def _same(name: str, one: str, other: str) -> bool:
    return similar(one, other) >= _SAME_NAME if name == "nama" else one == other
