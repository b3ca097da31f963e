"""The search that closes the stack's tests finds what it is there to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from chalicelib.local.specimens.catalogue import families
from tests.leaks import leaks


@pytest.mark.parametrize("field", ["nik", "nama"])
def test_a_number_or_a_name_is_found_in_a_log_and_not_repeated(tmp_path: Path, field: str) -> None:
    value = families()[0].ktp.fields[field]
    log = tmp_path / "log" / "app.log"
    log.parent.mkdir()
    log.write_text(f'{{"path": "/x?{field}={value.lower()}"}}\n', encoding="utf-8")
    found = leaks(tmp_path)
    assert [place.partition(":")[0] for place in found] == ["log/app.log"]
    assert value not in str(found)


def test_an_object_key_is_searched_and_a_photo_is_not(tmp_path: Path) -> None:
    nik = families()[0].ktp.fields["nik"]
    folder = tmp_path / "s3" / "bucket"
    folder.mkdir(parents=True)
    (folder / "photo").write_text(nik, encoding="utf-8")
    assert leaks(tmp_path) == []
    (folder / f"{nik}.meta.json").write_text("{}", encoding="utf-8")
    assert leaks(tmp_path) == [f"s3/bucket/{nik}.meta.json: a number"]
