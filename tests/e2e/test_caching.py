"""What a phone loads once it keeps, and a change reaches it all the same."""

from __future__ import annotations

import gzip
import re

import pytest
import urllib3

from chalicelib.local.stack import RunningStack
from tests.client import Client
from tests.e2e import steps
from tests.e2e.conftest import Window

pytestmark = [pytest.mark.stack, pytest.mark.browser]
MANY = "performance.getEntriesByType('resource').length > 20"
FETCHED_AGAIN = """
performance.getEntriesByType('resource').filter((one) => one.name.includes('/aset/') && one.transferSize > 0)
  .map((one) => one.name)
"""


def test_pages_are_asked_for_anew_and_their_assets_kept_for_a_year(stack: RunningStack) -> None:
    client = Client(stack.base_url)
    page = client.raw("GET", "usulan")
    assert page.headers["Cache-Control"] == "no-cache"
    addresses = set(re.findall(r'(?:src|href)="(aset/[^"#]+)', page.data.decode()))
    assert len(addresses) > 3
    for address in addresses:
        kept = client.raw("GET", address)
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable", address


@pytest.mark.parametrize("address", ["aset/page.js", "aset/page.js?v=000000000000"])
def test_under_any_other_address_a_file_is_not_kept(stack: RunningStack, address: str) -> None:
    """An old page's address must not hold today's file for a year, nor the other way round."""
    answer = Client(stack.base_url).raw("GET", address)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_pages_and_scripts_travel_compressed(stack: RunningStack) -> None:
    """As API Gateway sends them (infra/gateway.py); what is short is sent as it is."""
    asked = {"Accept-Encoding": "gzip"}
    plain, packed = (
        urllib3.request("GET", f"{stack.base_url}/usulan", headers=headers, decode_content=False)
        for headers in ({}, asked)
    )
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    short = urllib3.request("GET", f"{stack.base_url}/health", headers=asked, decode_content=False)
    assert "Content-Encoding" not in short.headers


def test_a_second_visit_fetches_nothing_but_the_page(window: Window) -> None:
    phone = window(steps.PHONE)
    phone.goto("usulan")
    phone.get_by_role("heading", name="Siapa yang diusulkan?").wait_for()
    phone.get_by_label("Diri saya sendiri").check()  # the whole form comes with the first touch
    phone.wait_for_function(MANY)
    phone.goto("status")
    phone.goto("usulan")
    phone.get_by_label("Diri saya sendiri").check()
    phone.wait_for_function(MANY)
    assert phone.evaluate(FETCHED_AGAIN) == []
