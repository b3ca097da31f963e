"""Confidence: signals say what they should, and the fitted model goes with evidence."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.reading import confidence
from chalicelib.reading.card import ktp
from chalicelib.reading.confidence import HIGHEST, LOWEST, Model, calibrated, fitted
from chalicelib.reading.model import Field, Kind, Quality, Reading
from chalicelib.reading.sheet import kk
from chalicelib.reading.sheet.cell_values import NAMES, REQUIRED
from chalicelib.reading.signals import HEAD, signals

BOX = ((100.0, 100.0), (380.0, 100.0), (380.0, 128.0), (100.0, 128.0))
NIK = "3276014103859993"  # invented: a woman born on 1 March 1985, first registered in Kota Depok
CARD = {
    "nik": NIK,
    "nama": "IMAS KARTIWA",
    "tanggal_lahir": "1985-03-01",
    "jenis_kelamin": "PEREMPUAN",
    "provinsi": "JAWA BARAT",
    "kabupaten_kota": "KOTA DEPOK",
    "alamat": "JL MELATI NO.166",
}


def card(sure: float = 0.97, source: str = "ppocr+twice", **changed: str) -> Reading:
    fields = {name: Field(value, sure, BOX, source) for name, value in (CARD | changed).items()}
    return Reading(Kind.KTP, fields, quality=Quality(0.6, 0.5, 0.0, True), page=BOX)


def test_the_nik_speaks_for_what_it_holds() -> None:
    found = signals(card())
    assert found[HEAD, "tanggal_lahir"]["nik.agrees"] == 1
    assert found[HEAD, "jenis_kelamin"]["nik.agrees"] == 1
    assert found[HEAD, "provinsi"]["nik.home"] == found[HEAD, "kabupaten_kota"]["nik.home"] == 1
    assert {"nik.date", "nik.sex"} <= set(found[HEAD, "nik"])


def test_the_nik_speaks_against_what_differs() -> None:
    found = signals(card(tanggal_lahir="1985-03-02", jenis_kelamin="LAKI-LAKI", kabupaten_kota="KOTA BOGOR"))
    assert found[HEAD, "tanggal_lahir"]["nik.differs"] == 1
    assert {"nik.date_differs", "nik.sex_differs"} <= set(found[HEAD, "nik"])
    assert "nik.home" not in found[HEAD, "kabupaten_kota"]


def test_members_are_judged_by_their_own_row() -> None:
    row = {"nik": Field(NIK, 0.9, BOX), "tanggal_lahir": Field("1985-03-01", 0.9, BOX)}
    other = {"tanggal_lahir": Field("1985-03-01", 0.9, BOX)}
    found = signals(Reading(Kind.KK, members=(row, other)))
    assert found[0, "tanggal_lahir"]["nik.agrees"] == 1
    assert found[1, "tanggal_lahir"]["nik.none"] == 1


def test_small_print_swallowed_blanks_and_mixed_words_are_seen() -> None:
    tiny = ((0.0, 0.0), (90.0, 0.0), (90.0, 9.0), (0.0, 9.0))
    reading = card(nama="MUHAMMADABDURRAHMAN", alamat="DSN PONOR0GO")
    reading = replace(reading, fields={**reading.fields, "nik": replace(reading.fields["nik"], box=tiny)})
    found = signals(reading)
    assert found[HEAD, "nik"]["print.small"] > found[HEAD, "nama"].get("print.small", 0)
    assert found[HEAD, "nama"]["text.longest_word"] > 0
    assert found[HEAD, "alamat"]["text.mixed"] == 1


def test_a_nik_that_is_none_speaks_for_nothing() -> None:
    found = signals(card(nik="3276019903859993"))
    assert found[HEAD, "tanggal_lahir"]["nik.none"] == 1
    assert "nik.date" not in found[HEAD, "nik"]


def test_every_field_of_a_reading_has_a_group_and_weights() -> None:
    groups = fitted().groups
    cells = (*REQUIRED, *NAMES, "gol_darah", "tanggal_perkawinan", "no_paspor", "no_kitap")
    for place in [
        *((HEAD, name) for name in (*ktp.FIELDS, *kk.FIELDS, "tanggal_dikeluarkan")),
        *((0, c) for c in cells),
    ]:
        assert confidence.group(groups, place) in fitted().weights


def test_calibrating_changes_confidences_alone() -> None:
    reading = card()
    done = calibrated(reading)
    assert {n: (f.value, f.box, f.source) for n, f in done.fields.items()} == {
        n: (f.value, f.box, f.source) for n, f in reading.fields.items()
    }
    assert replace(done, fields=reading.fields) == reading


def test_evidence_makes_surer() -> None:
    clear, poor = calibrated(card(0.999)), calibrated(card(0.6, "ppocr"))
    assert all(clear.fields[name].confidence > poor.fields[name].confidence for name in CARD)
    assert clear.fields["nik"].confidence >= 0.99
    against = calibrated(card(0.97, tanggal_lahir="1985-03-02"))
    assert (
        against.fields["tanggal_lahir"].confidence < calibrated(card(0.97)).fields["tanggal_lahir"].confidence
    )


texts = st.text("ABCDEFGHIJ0123456789 .'-", min_size=1, max_size=60)
fields = st.builds(
    Field,
    texts,
    st.floats(0, 1),
    st.one_of(st.none(), st.just(BOX)),
    st.sampled_from(["ppocr", "ppocr+window+twice", "pdf", "qr"]),
)
readings = st.builds(
    Reading,
    st.sampled_from([Kind.KTP, Kind.KK]),
    st.dictionaries(st.sampled_from(ktp.FIELDS), fields),
    st.lists(st.dictionaries(st.sampled_from(REQUIRED), fields), max_size=3).map(tuple),
    quality=st.builds(
        Quality, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.booleans(), st.booleans()
    ),
)


@settings(max_examples=60, deadline=None)
@given(readings)
def test_whatever_was_read_gets_a_probability(reading: Reading) -> None:
    done = calibrated(reading)
    every = [*done.fields.values(), *(field for row in done.members for field in row.values())]
    assert all(LOWEST <= field.confidence <= HIGHEST for field in every)
    assert [set(row) for row in done.members] == [set(row) for row in reading.members]


def test_a_model_is_a_sum_of_weighted_signals() -> None:
    model = Model({"nama": "name"}, {"name": {"1": -1.0, "rules": 2.0}})
    assert model.probability((HEAD, "nama"), {"rules": 0.5, "unknown": 9.0}) == pytest.approx(0.5)


def test_the_fitted_model_says_what_it_was_fitted_to() -> None:
    path = Path(confidence.__file__).with_name("layouts") / "confidence.json"
    told = json.loads(path.read_text(encoding="utf-8"))["fitted"]
    assert told["wrong"] > 50
    assert told["values"] > 5000


def test_typed_text_keeps_the_rules_word() -> None:
    typed = card(0.97, "pdf")
    assert {field.confidence for field in calibrated(typed).fields.values()} == {0.97}
