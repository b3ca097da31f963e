"""`admin` on a served stack: the first administrator of a region, who then invites on the pages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chalicelib.local.stack import ROOT, RunningStack
from chalicelib.messages import message
from tests.client import Client

pytestmark = pytest.mark.stack


def admin(stack: RunningStack, *arguments: str, command: str = "admin") -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "chalicelib", command, *arguments, "--data", str(stack.output.parent)]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603  (our own program)


def test_the_first_administrator_signs_in_with_the_password_told(stack: RunningStack) -> None:
    asked = ("--region", "32", "--username", "admin.jabar", "--name", "Admin Contoh Barat")
    made = admin(stack, *asked)
    assert (made.returncode, made.stderr) == (0, "")
    password = made.stdout.split()[-1]
    begun = Client(stack.base_url).post("session", {"username": "admin.jabar", "password": password})
    assert begun.expect(200)["next"]["wanted"] == "new_password"
    again = admin(stack, *asked)
    assert again.returncode == 1
    assert "sudah pernah dipakai" in again.stdout


def test_one_operator_alone_replaces_nobody(stack: RunningStack) -> None:
    """The one machine knows one identity; the administrator who is there stays."""
    one = ("--region", "13", "--username", "admin.baru")
    more = ("--name", "Admin Contoh Baru", "--reason", "Surat kepala dinas nomor 4")
    asked = admin(stack, "ask", *one, *more, command="recover")
    assert (asked.returncode, asked.stderr) == (0, "")
    refused = admin(stack, "confirm", *one, command="recover")
    assert (refused.returncode, refused.stdout.strip()) == (1, message("PEMULIHAN_DUA_ORANG"))
    assert Client(stack.base_url).signed_in("admin.provinsi").get("console/staff").status == 200


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [("--region", "satu", "desa"), ("--region", "32.05.10.2002", "tingkat"), ("--username", "A", "huruf")],
)
def test_what_does_not_fit_is_told(stack: RunningStack, option: str, value: str, told: str) -> None:
    given = {"--region": "32", "--username": "admin.lain", "--name": "Admin Contoh"} | {option: value}
    refused = admin(stack, *(part for pair in given.items() for part in pair))
    assert refused.returncode == 1
    assert told in refused.stdout
