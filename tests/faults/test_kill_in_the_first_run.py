"""kill -9 of everything in the very first run: the next start opens what was sealed, signs in, uploads and reads."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import running_stack
from tests.client import Client, appoint_officers, drafted, eventually, submitted

pytestmark = pytest.mark.stack


def test_nothing_answered_is_lost_and_everything_works_again(tmp_path: Path) -> None:
    family = families()[0]
    with running_stack(tmp_path / "data") as first:
        appoint_officers(first)
        sent = submitted(Client(first.base_url), family)
        os.kill(first.emulator_pid, signal.SIGKILL)
        first.process.kill()
        first.process.wait(30)

    with running_stack(tmp_path / "data") as second:
        client = Client(second.base_url)
        phone = client.with_headers(Berkas_Secret=sent.secret)
        assert phone.get(f"usulan/{sent.number}").json["submitted_at"]
        operator = client.signed_in("operator.1")
        work = f"{sent.number}.desa"
        eventually(lambda: any(i["work_id"] == work for i in operator.get("desk").json["items"]), 120)
        assert operator.post(f"desk/{work}/claim", {}).status == 200
        fields = {f["name"]: f["value"] for f in operator.get(f"cases/{sent.number}").json["fields"]}
        assert fields["nik"] == family.ktp.fields["nik"]

        other = drafted(client)
        assert other.phone.send_photo(other.number, "ktp", family.ktp.path.read_bytes()) == 204
        state = "usulan/" + other.number
        eventually(lambda: "nik" in other.phone.get(state).json["proposed"])
