"""`privacy due` and `privacy erase` on a served stack."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import ROOT, RunningStack
from tests.client import Client, drafted, submitted


def privacy(stack: RunningStack, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chalicelib", "privacy", *arguments]
    command += ["--data", str(stack.output.parent)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603  (our own program)


@pytest.mark.stack
def test_an_erased_case_is_gone_for_citizen_and_officer(stack: RunningStack) -> None:
    sent = submitted(Client(stack.base_url), families()[1])
    answer = privacy(stack, "erase", sent.number.lower())
    assert (answer.returncode, answer.stderr) == (0, "")
    assert sent.number in answer.stdout
    seen = sent.phone.get(f"usulan/{sent.number}").expect(200)
    assert seen["state"] == "DIHAPUS"
    assert {slot["state"] for slot in seen["slots"]} == {"empty"}
    missing = privacy(stack, "erase", "0000-0000-0")
    assert (missing.returncode, missing.stdout) == (1, "0000-0000-0: there is no such case\n")


@pytest.mark.stack
def test_the_dry_run_counts_what_goes(stack: RunningStack) -> None:
    drafted(Client(stack.base_url))
    lines = {
        what: int(count)
        for count, _, what in (
            line.strip().partition(" ") for line in privacy(stack, "due", "--days", "31").stdout.splitlines()
        )
    }
    assert lines["drafts that expire"] >= 1
    assert privacy(stack, "due").stdout.splitlines()[0].split()[0] == "0"


@pytest.mark.stack
def test_the_keys_are_counted_and_none_is_touched_without_being_told_to(stack: RunningStack) -> None:
    """Applying is tested on moto (tests/aws/test_rotation.py): the emulator's KMS cannot re-encrypt."""
    drafted(Client(stack.base_url))
    answer = privacy(stack, "rotate")
    assert (answer.returncode, answer.stderr) == (0, "")
    cases, officers, other, last = answer.stdout.splitlines()
    assert int(cases.split()[0]) >= 1
    assert int(officers.split()[0]) >= 1
    assert int(other.split()[0]) >= 1
    assert "nothing was changed" in last


@pytest.mark.stack
def test_what_is_asked_for_must_fit(stack: RunningStack) -> None:
    assert privacy(stack, "erase").returncode == 2
    assert privacy(stack, "due", "0000-0000-0").returncode == 2
    assert privacy(stack, "rotate", "0000-0000-0").returncode == 2
    assert privacy(stack, "erase", "0000-0000-0", "--apply").returncode == 2
