"""Measures on a served stack: what people wait for, what a look at a case costs, what rests in memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import urllib3

from bench.figures import Figure, Peer, percentile
from bench.processes import processor_seconds, resident, with_word
from chalicelib.local.demo import appoint_in, demo_officers, operator_of
from chalicelib.local.specimens.catalogue import DemoFamily, families
from chalicelib.local.stack import RunningStack, running_stack
from chalicelib.local.visitor import (
    Client,
    Sent,
    Unexpected,
    drafted,
    form_of,
    on_desk,
    photographed,
    read_slots,
    wait_for,
)

if TYPE_CHECKING:
    pass

TIMES = 20
STARTS = 5
_TESSERACT = "Tesseract alone, same photos"
LOOK_SECONDS = 0.02
"""How often a phone or desk looks; the error of what they wait for."""


@contextmanager
def empty_stack() -> Iterator[RunningStack]:
    """A stack in a temporary folder with the demo's officers, its reader warm and nothing to do."""
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        appoint_in(stack)
        warm(stack)
        yield stack


def warm(stack: RunningStack) -> None:
    """One case read through, so that models are loaded and connections open."""
    sent = photographed(Client(stack.base_url), families()[0])
    until(lambda: read_slots(sent))


def reading(slot: str, aim: float | None) -> Iterator[Figure]:
    """Photo taken by the store → reading seen by the phone, and the processor time behind it, which a busy machine does
    not change much. Beside it Tesseract alone over the same picture. `aim`: seconds of the median."""
    ours, worked, tesseract, tesseract_worked = [], [], [], []
    with empty_stack() as stack:
        (reader,) = with_word(stack.process.pid, "chalicelib.local.reader_process")[:1]
        for place in range(TIMES):
            photo = getattr(families()[place % len(families())], slot).path
            sent = drafted(Client(stack.base_url))
            before = processor_seconds(reader)
            send(sent, slot, photo)
            ours.append(seconds(partial(read_slot, sent, slot)))
            worked.append(processor_seconds(reader) - before)
            before = processor_seconds(os.getpid())
            tesseract.append(_tesseract(photo))
            tesseract_worked.append(processor_seconds(os.getpid()) - before)
    for share in (0.5, 0.95):
        peer = Peer(_TESSERACT, percentile(tesseract, share))
        name = f"reading.{slot}.p{share * 100:.0f}"
        yield Figure(name, percentile(ours, share), "s", TIMES, peer, aim if share == 0.5 else None)
    peer = Peer(_TESSERACT, percentile(tesseract_worked, 0.5))
    yield Figure(f"reading.{slot}.cpu", percentile(worked, 0.5), "s of processor", TIMES, peer)


def desk() -> Iterator[Figure]:
    """Submission posted → work seen on the village's desk. Beside it the answer to the submission itself."""
    homes = [family for family in families() if _has_operator(family)]
    on_the_desk, answered = [], []
    with empty_stack() as stack:
        for place in range(TIMES):
            family = homes[place % len(homes)]
            sent = photographed(Client(stack.base_url), family)
            until(partial(read_slots, sent))
            officer = Client(stack.base_url).signed_in(operator_of(family.village))
            form, work = other_person(form_of(family), place), f"{sent.number}.desa"
            began = time.perf_counter()
            sent.phone.post(f"usulan/{sent.number}/submission", form).expect(200)
            answered.append(time.perf_counter() - began)
            until(partial(on_desk, officer, work))
            on_the_desk.append(time.perf_counter() - began)
            claim = officer.post(f"desk/{work}/claim", {}).expect(200)
            ruling = {"work_id": work, "fence": claim["fence"], "decision": "lulus"}
            officer.post(f"cases/{sent.number}/decision", ruling).expect(200)
    for share in (0.5, 0.95):
        peer = Peer("the submission's own answer", percentile(answered, share))
        name = f"desk.p{share * 100:.0f}"
        yield Figure(name, percentile(on_the_desk, share), "s", TIMES, peer, 1.0 if share == 0.5 else None)


def memory() -> Iterator[Figure]:
    """What each process holds when the stack is warm and rests. The reader's peer is a bare Python."""
    with empty_stack() as stack:
        server = stack.process.pid
        (reader,) = with_word(server, "chalicelib.local.reader_process")[:1]
        bare = Peer("a bare Python that sleeps", _bare_python())
        for name, pid in (("server", server), ("emulator", stack.emulator_pid), ("reader", reader)):
            yield Figure(f"memory.{name}", resident(pid), "MiB", 1, bare)


def start() -> Iterator[Figure]:
    """A second `serve` over the same folder → its first page. Beside it the very first start."""
    with tempfile.TemporaryDirectory() as folder:
        first = _first_page(Path(folder))
        again = [_first_page(Path(folder)) for _ in range(STARTS)]
    peer = Peer("the first start, empty folder", first)
    yield Figure("start.second.p50", percentile(again, 0.5), "s", STARTS, peer, 6.0)
    yield Figure("start.second.worst", max(again), "s", STARTS, peer, 6.0)


def until(check: Callable[[], Any]) -> None:
    """Returns when `check` holds. Unexpected: it did not within a minute."""
    if not wait_for(check, 60.0, LOOK_SECONDS):
        raise Unexpected("What the bench waits for did not happen within a minute: see log/app.log.")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def send(sent: Sent, slot: str, photo: Path) -> None:
    if sent.phone.send_photo(sent.number, slot, photo.read_bytes()) != 204:
        raise Unexpected("The photo store refused a photo: see log/emulator.log.")


def read_slot(sent: Sent, slot: str) -> None:
    """Returns when the phone sees the reading. Unexpected: the photo could not be read."""
    until(lambda: sent.slots()[slot]["state"] in ("read", "failed"))
    if sent.slots()[slot]["state"] != "read":
        raise Unexpected("A specimen could not be read.")


def other_person(form: dict[str, Any], place: int) -> dict[str, Any]:
    """The form with a NIK and a card number that no other case of this run has (invented serials 99xx)."""
    return form | {key: f"{form[key][:12]}{9900 + place:04}" for key in ("nik", "nomor_kk")}


def _has_operator(family: DemoFamily) -> bool:
    return any(officer.regions == (family.village,) for officer in demo_officers())


def _tesseract(photo: Path) -> float:
    command = ["tesseract", str(photo), "-", "-l", "ind"]
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}
    began = time.perf_counter()
    subprocess.run(command, env=one_thread, check=True, capture_output=True, timeout=120)  # noqa: S603  (our own program)
    return time.perf_counter() - began


def _bare_python() -> float:
    command = ["python3", "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:  # noqa: S603  (our own program)
        time.sleep(0.5)
        return resident(process.pid)


def _first_page(folder: Path) -> float:
    """Seconds from the command to the first page."""
    began = time.perf_counter()
    with running_stack(folder) as stack:
        page = urllib3.request("GET", f"{stack.base_url}/", retries=False)
        lasted = time.perf_counter() - began
        if page.status != 200:
            raise Unexpected(f"The first page answered {page.status}.")
    return lasted
