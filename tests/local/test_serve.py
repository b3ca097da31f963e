"""`serve`: one sentence when it cannot run, nobody left behind when it dies, everything again when it starts again."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
from pathlib import Path

import pytest

from chalicelib.local.problems import CannotServe
from chalicelib.local.stack import RunningStack, running_stack
from tests.local.conftest import SAMPLE, ended
from tests.local.test_emulated_services import http_ask
from tests.local.test_sockets import whole_family

pytestmark = pytest.mark.stack


def refusal(data: Path, **how: int) -> str:
    """What `serve` says when it does not start."""
    with pytest.raises(CannotServe) as caught, running_stack(data, module=SAMPLE, **how):
        pass
    return str(caught.value)


def test_a_busy_port_is_told_in_one_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refusal(data, port=port) == (
            f"berkas: Port {port} is in use: stop what uses it, or choose another with --port."
        )
        told = refusal(data, emulator_port=port).splitlines()
        assert told[-1].startswith(f"berkas: Port {port} for the emulator is in use: ")
        assert not [line for line in told if "Traceback" in line]


def test_two_stacks_do_not_share_a_folder(data: Path) -> None:
    with running_stack(data, module=SAMPLE) as first:
        ready = (data / "serving.json").read_bytes()
        process = running_stack(data, module=SAMPLE)
        with pytest.raises(CannotServe, match="being served already"), process:
            pass
        (data / "serving.json").write_bytes(ready)
        assert first.process.poll() is None
        status, _, body = http_ask(f"{first.base_url}/healthz")
        assert (status, json.loads(body)) == (200, {"status": "ok"})


def test_children_die_with_a_killed_server_and_the_next_start_works(data: Path) -> None:
    with running_stack(data, module=SAMPLE) as first:
        pids = whole_family(first)
        pids.remove(first.process.pid)
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait()
        assert all(ended(pid) for pid in pids)
        pool = first.environment["BERKAS_USER_POOL"]
    with running_stack(data, module=SAMPLE) as second:
        assert second.environment["BERKAS_USER_POOL"] == pool


def test_a_clean_stop_leaves_nothing_running_and_says_so(data: Path) -> None:
    with running_stack(data, module=SAMPLE) as running:
        pids = whole_family(running)
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(60) == 0
        assert all(ended(pid) for pid in pids)
        assert "Stopping …" in running.output.read_text().splitlines()
        assert not (data / "serving.json").exists()


def test_what_the_folder_keeps_is_for_its_owner_only(sample_stack: RunningStack) -> None:
    data = sample_stack.output.parent
    kept = [
        data / "credentials.json",
        data / "serving.json",
        *(data / "state").iterdir(),
        *(data / "log").iterdir(),
    ]
    assert [path for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    assert stat.S_IMODE((data / "log").stat().st_mode) == 0o700
