"""What is deployed logs by one way, whatever the hour and whoever writes: seen from outside, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NOTICE = (
    "from chalicelib.aws.messengers import Written\n"
    "from chalicelib.usulan.addresses import Channel\n"
    "Written(Channel.PHONE).send('+6281234509876', 'Usulan 7K3M sudah kami terima.', '7K3M.7')"
)
TOLD = {"message": "notice", "channel": "hp", "key": "7K3M.7", "text": "Usulan 7K3M sudah kami terima."}


def logged(program: str) -> list[dict[str, Any]]:
    """The lines on standard output of a process that runs the program."""
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603  (our own program)
    assert ran.stderr == ""
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_dry_run_of_a_notice_is_logged_beside_chalice() -> None:
    (line,) = logged(f"import app\n{NOTICE}")
    assert TOLD.items() <= line.items()
    assert "81234509876" not in str(line)


def test_the_one_machine_stack_logs_it_to_its_file_and_leaves_the_terminal_to_people(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    loaded = (
        f"from pathlib import Path\nfrom chalicelib.local.stack import load\nload('app', Path({str(log)!r}))"
    )
    assert logged(f"{loaded}\n{NOTICE}") == []
    (line,) = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert TOLD.items() <= line.items()


def test_a_fault_is_told_once_by_kind_and_place_whoever_logs_it() -> None:
    for who in ("logger", "app.app.log"):
        (line,) = logged(
            "import app\nfrom chalicelib.logger import logger\n"
            "try:\n"
            "    raise ValueError('3201014501909901')\n"
            "except ValueError as problem:\n"
            f"    {who}.error('fault', exc_info=True)"
        )
        assert (line["level"], line["fault"], len(line["frames"])) == ("ERROR", "ValueError", 1)
        assert "3201014501909901" not in str(line)
