"""One browser for all; each person has a window of their own, and mistakes in the pages fail the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from chalicelib.local.stack import RunningStack
from tests.e2e.steps import chromium, someone
from tests.e2e.traces import Traces

Window = Callable[[tuple[int, int]], Page]
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
def window(browser: Browser, stack: RunningStack) -> Iterator[Window]:
    """A new person's page of the given size. Afterwards: no script error, nothing the security policy refused, and no
    number of a person in anything their browser kept, asked for or said."""
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
        return person.new_page()

    yield opened
    left = [find for _, traces in people for find in traces.found()]
    for person, _ in people:
        person.close()
    assert mistakes == []
    assert left == []
