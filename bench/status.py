"""What one answer of the status page costs, the code of today beside the code as it was.

Each tree answers in a process of its own (`bench/looks.py`), called as Lambda calls it, over an emulator of its own with
one case that two offices have worked on. Processor time is that of the answering process alone. What 1,000 answers a
second need is computed, not measured: by Little's law, requests a second × seconds a request.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, Peer, percentile

ROOT = Path(__file__).parents[1]
BEFORE = "174844f"
"""The last commit whose status page asked for the whole case."""
TIMES = 600
RATE = 1000
READ_MS = 5.0
"""Assumed of a GetItem within the region; what the emulator takes says nothing about DynamoDB."""
VCPU_MIB = 1769
"""AWS: a function of that much memory has one vCPU."""


def looks(tree: Path, times: int) -> dict[str, Any]:
    """What `bench/looks.py` says of the product in `tree`: {"cpu": [ms a request …], "reads": calls a request}."""
    env = os.environ | {"PYTHONPATH": str(tree)}
    command = [sys.executable, str(ROOT / "bench" / "looks.py"), str(times)]
    said = subprocess.run(command, cwd=tree, env=env, check=True, capture_output=True, text=True, timeout=600)  # noqa: S603  (our own program)
    answer: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return answer


def before(folder: Path) -> Path | None:
    """The tree as it was, in `folder`; None: this copy has no history."""
    git = ["git", "-C", str(ROOT)]
    archive = folder / "before.tar"
    made = subprocess.run([*git, "archive", "-o", str(archive), BEFORE], check=False, capture_output=True)  # noqa: S603  (our own history)
    if made.returncode:
        return None
    subprocess.run(["tar", "-xf", str(archive), "-C", str(folder)], check=True)  # noqa: S603, S607  (the archive above)
    return folder


def memory() -> int:
    config = json.loads((ROOT / ".chalice" / "config.json").read_text(encoding="utf-8"))
    mib: int = config["stages"]["prod"]["lambda_functions"]["api_handler"]["lambda_memory_size"]
    return mib


def environments(cpu_ms: float, reads: float) -> float:
    """How many function environments are busy at `RATE`: each is waiting for its reads or computing, on its share of a
    vCPU."""
    return RATE * (cpu_ms / (memory() / VCPU_MIB) + reads * READ_MS) / 1000


def status() -> Iterator[Figure]:
    """One answer, n times in each tree."""
    with tempfile.TemporaryDirectory() as folder:
        old = before(Path(folder))
        was = looks(old, TIMES) if old else None
        now = looks(ROOT, TIMES)
    for share, aim in ((0.5, 5.0), (0.95, None)):
        peer = Peer("the whole case, as it was", percentile(was["cpu"], share)) if was else None
        name = f"status.answer.cpu.p{share * 100:.0f}"
        yield Figure(name, percentile(now["cpu"], share), "ms of processor", len(now["cpu"]), peer, aim)
    peer = Peer("the whole case, as it was", was["reads"]) if was else None
    yield Figure("status.answer.reads", now["reads"], "reads", len(now["cpu"]), peer)
    mean = sum(now["cpu"]) / len(now["cpu"])
    peer = None
    if was:
        peer = Peer(
            "the whole case, as it was", environments(sum(was["cpu"]) / len(was["cpu"]), was["reads"])
        )
    yield Figure("status.answer.concurrency", environments(mean, now["reads"]), "environments", TIMES, peer)
