"""What all tests share. Sockets are closed (pyproject.toml); tests marked `stack` may use the loopback, no more."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import pytest_socket
from moto import mock_aws

from chalicelib.local.stack import RunningStack, running_stack
from tests.client import appoint_officers
from tests.leaks import leaks
from tests.road import Road

# botocore reads these when a client is made; moto and the emulator both want some.
os.environ.setdefault("AWS_ACCESS_KEY_ID", "testing")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "testing")
os.environ.setdefault("AWS_DEFAULT_REGION", "ap-southeast-3")
os.environ.setdefault("AWS_REGION", "ap-southeast-3")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


@pytest.fixture(autouse=True)
def _loopback_only(request: pytest.FixtureRequest) -> Iterator[None]:
    """Open the loopback, and only it, to tests that need the running stack."""
    if request.node.get_closest_marker("stack") is None:
        yield
        return
    pytest_socket.enable_socket()
    pytest_socket.socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)
    yield
    pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.fixture
def road() -> Iterator[Road]:
    """The whole road on moto (tests/road.py)."""
    with mock_aws():
        yield Road()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """The whole product, served once for all tests that ask for it, with the demo's officers; each test makes cases of
    its own. Tests that use it are marked `stack`. In the end all that it wrote is searched for personal data."""
    data = tmp_path_factory.mktemp("stack")
    with running_stack(data) as running:
        appoint_officers(running)
        yield running
    assert leaks(data) == []
