"""Nothing of the stack listens beyond loopback, and nothing listens that is not needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chalicelib.local.stack import RunningStack
from tests.local.conftest import eventually

pytestmark = pytest.mark.stack

LISTENING = "0A"
LOOPBACK = {"0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F"}


def family(root: int) -> Iterator[int]:
    """`root` and all that descend from it. Threads and processes that end meanwhile are passed over."""
    yield root
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{root}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                for child in (task / "children").read_text().split():
                    yield from family(int(child))


def whole_family(stack: RunningStack) -> list[int]:
    """Server, emulator and reader, which is started a moment after the pages answer."""

    def enough() -> list[int]:
        pids = list(family(stack.process.pid))
        return pids if len(pids) >= 3 else []

    return eventually(enough)


def sockets(pid: int) -> set[str]:
    """The inodes of the sockets that a process holds."""
    inodes = set()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(handle.readlink())
        except FileNotFoundError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[len("socket:[") : -1])
    return inodes


def table(name: str) -> Iterator[tuple[str, int, str, str]]:
    """(address in hex, port, state, inode) of each line of /proc/net/`name`."""
    for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
        columns = line.split()
        address, port = columns[1].rsplit(":", 1)
        yield address, int(port, 16), columns[3], columns[9]


def test_the_stack_listens_on_two_ports_of_loopback_alone(sample_stack: RunningStack) -> None:
    pids = whole_family(sample_stack)
    assert sample_stack.emulator_pid in pids
    held = set().union(*(sockets(pid) for pid in pids))
    listening = {
        (address, port)
        for name in ("tcp", "tcp6")
        for address, port, state, inode in table(name)
        if state == LISTENING and inode in held
    }
    endpoints = (sample_stack.base_url, sample_stack.environment["AWS_ENDPOINT_URL"])
    assert {port for _, port in listening} == {urlsplit(url).port for url in endpoints}
    assert {address for address, _ in listening} <= LOOPBACK
    assert not [port for name in ("udp", "udp6") for _, port, _, inode in table(name) if inode in held]
