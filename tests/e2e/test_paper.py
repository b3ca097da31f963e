"""The guides on paper: a sheet or two of A4 each."""

from __future__ import annotations

import re

import pytest

from chalicelib.api.pages import GUIDES
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def test_each_guide_is_printed_on_at_most_two_sheets(window: Window) -> None:
    page = window(steps.DESK)
    sheets = {}
    for role in GUIDES:
        page.goto(f"panduan-{role}")
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        sheets[role] = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert {role: count for role, count in sheets.items() if not 1 <= count <= 2} == {}
