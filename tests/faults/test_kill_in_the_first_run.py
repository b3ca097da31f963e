"""kill -9 of everything in the very first run: the next start opens what was sealed, signs in, uploads and reads. Then of
the emulator alone: session, claim and fence hold over the next start."""

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
        claim = operator.post(f"desk/{work}/claim", {}).expect(200)
        fields = {f["name"]: f["value"] for f in operator.get(f"cases/{sent.number}").json["fields"]}
        assert fields["nik"] == family.ktp.fields["nik"]

        other = drafted(client)
        assert other.phone.send_photo(other.number, "ktp", family.ktp.path.read_bytes()) == 204
        state = "usulan/" + other.number
        eventually(lambda: "nik" in other.phone.get(state).json["proposed"])
        os.kill(second.emulator_pid, signal.SIGKILL)
        assert second.process.wait(30) == 1
        assert "The emulator has ended by itself" in second.output.read_text()

    with running_stack(tmp_path / "data") as third:
        same_officer = operator.at(third.base_url)
        ruling = {"work_id": work, "fence": claim["fence"], "decision": "lulus"}
        for _ in range(2):
            decided = same_officer.post(f"cases/{sent.number}/decision", ruling, "the-same-request-id")
            assert decided.expect(200)["state"] == "VERIFIKASI_DINSOS"
        timeline = same_officer.get(f"cases/{sent.number}").expect(200)["timeline"]
        assert [event["action"] for event in timeline].count("officer:case:decide") == 1
