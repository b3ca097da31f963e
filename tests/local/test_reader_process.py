"""A function in a child of its own: warm, stopped at its limit, started anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.local.reader_process import FunctionFailed, FunctionStopped, IsolatedFunction
from tests.local.conftest import ended

MODULE = "tests.local.functions_for_tests"


def isolated(function: str, log: Path, seconds: float = 60.0, warm: str = "") -> IsolatedFunction:
    return IsolatedFunction(MODULE, function, seconds, 512, dict(os.environ), log, warm)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "reader.log"


@pytest.fixture
def misbehave(log: Path) -> Iterator[IsolatedFunction]:
    function = isolated("misbehave", log, seconds=1.0)
    yield function
    function.close()


def test_the_child_stays_warm_between_events(log: Path) -> None:
    function = isolated("answer", log, warm=f"{MODULE}:warm_up")
    try:
        function.warm()
        one, two = function({"n": 1}), function({"n": 2})
    finally:
        function.close()
    assert one == {"event": {"n": 1}, "pid": two["pid"], "warmed": True, "function": "answer"}
    assert one["pid"] != os.getpid()


def test_an_exception_is_told_by_its_kind_alone_and_the_child_lives_on(
    misbehave: IsolatedFunction, log: Path
) -> None:
    before = misbehave({"how": "answer"})["pid"]
    with pytest.raises(FunctionFailed, match=r"^ValueError$"):
        misbehave({"how": "raise"})
    assert misbehave({"how": "answer"})["pid"] == before
    assert "personal" not in log.read_text()


def test_a_child_that_dies_is_started_anew(misbehave: IsolatedFunction) -> None:
    before = misbehave({"how": "answer"})["pid"]
    with pytest.raises(FunctionStopped):
        misbehave({"how": "die"})
    assert misbehave({"how": "answer"})["pid"] != before


def test_what_passes_its_limit_is_killed_with_all_it_started(
    misbehave: IsolatedFunction, tmp_path: Path
) -> None:
    note = tmp_path / "grandchild"
    before = misbehave({"how": "answer"})["pid"]
    with pytest.raises(FunctionStopped):
        misbehave({"how": "hang", "note": str(note)})
    assert ended(before)
    assert ended(int(note.read_text()))
    assert 0 < misbehave({"how": "answer"})["remaining"] <= 1000


def test_a_closed_function_is_not_started_again(log: Path) -> None:
    function = isolated("answer", log)
    function.warm()
    child = function.pid
    assert child is not None
    function.close()
    assert ended(child)
    with pytest.raises(FunctionStopped):
        function({})
