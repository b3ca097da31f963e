"""On a served stack a notice waits or is written to the log, and the command shows what would be sent; never to whom."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import ROOT, RunningStack
from chalicelib.messages import message
from tests.client import Client, drafted, eventually, form_of

NUMBER = "081234509876"


def notices(stack: RunningStack, what: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chalicelib", "notices", what, "--data", str(stack.output.parent)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603  (our own program)


@pytest.mark.stack
def test_what_is_told_can_be_seen_and_to_whom_cannot(stack: RunningStack) -> None:
    family = families()[1]
    sent = drafted(Client(stack.base_url))
    for slot in ("ktp", "kk", "rumah_depan"):
        assert sent.phone.send_photo(sent.number, slot, getattr(family, slot).path.read_bytes()) == 204
    given = sent.phone.post(f"usulan/{sent.number}/contact", {"address": NUMBER})
    assert given.expect(200) == {"channel": "hp"}
    sent.phone.post(f"usulan/{sent.number}/submission", form_of(family)).expect(200)
    text = message("KABAR_DITERIMA", nomor=sent.number)
    log = stack.output.parent / "log" / "app.log"

    def seen() -> str | None:
        """By day it is written at once; by night it waits for the morning."""
        told = log.read_text(encoding="utf-8") + notices(stack, "list").stdout
        return told if text in told else None

    told = eventually(seen)
    assert NUMBER.removeprefix("0") not in told
    dead = notices(stack, "dead")
    assert (dead.returncode, dead.stdout, dead.stderr) == (0, "", "")
