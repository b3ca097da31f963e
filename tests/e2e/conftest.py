"""One browser for all; each person has a window of their own, and mistakes in the pages fail the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from bench.cheap_phone import slowed
from chalicelib.local.stack import RunningStack
from tests.e2e.steps import PHONE, chromium, someone
from tests.e2e.traces import Traces

Window = Callable[[tuple[int, int]], Page]
PATIENCE = 30_000
"""Milliseconds. A cheap phone on a bad line takes a while, and so does a busy machine."""
expect.set_options(timeout=PATIENCE)
EXPECTED = ("Failed to load resource",)
"""What Chromium itself writes for each answer of 400 and above, and for a lost line."""


@pytest.fixture(scope="session")
def camera_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser's camera sees: a film of JPEG frames that a test writes before it turns the camera on."""
    return tmp_path_factory.mktemp("camera") / "film.mjpeg"


@pytest.fixture(scope="session")
def browser(camera_film: Path) -> Iterator[Browser]:
    """Its camera is a film; pages may use it only where a test grants that."""
    camera = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera_film}")
    with chromium(*camera) as running:
        yield running


@pytest.fixture
def window(request: pytest.FixtureRequest, browser: Browser, stack: RunningStack) -> Iterator[Window]:
    """A new person's page of the given size; in a test marked `cheap_phone` a small one is on such a telephone and line,
    and so is every page opened beside it. Afterwards: no script error, nothing the security policy refused, and no number
    of a person in anything their browser kept, asked for or said."""
    cheap = request.node.get_closest_marker("cheap_phone") is not None
    mistakes: list[str] = []
    people: list[tuple[BrowserContext, Traces]] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            mistakes.append(message.text)

    def opened(size: tuple[int, int]) -> Page:
        person = someone(browser, stack.base_url + "/", size)
        people.append((person, Traces(person)))
        person.on("console", heard)
        person.on("weberror", lambda error: mistakes.append(str(error.error)))
        if cheap and size == PHONE:
            person.on("page", slowed)
        return person.new_page()

    yield opened
    left = [find for _, traces in people for find in traces.found()]
    for person, _ in people:
        person.close()
    assert mistakes == []
    assert left == []
