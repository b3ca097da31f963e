"""What others have left on a stack before an officer looks: one case with requests that wait. Made once for all tests
that ask for it (each photo costs the machine a reading); a test that answers a request takes one that no other does."""

from __future__ import annotations

from functools import cache

from chalicelib.local.specimens.catalogue import families
from tests.client import Client, Sent, submitted
from tests.e2e import steps

HOME = families()[1]
"""Of a village whose counter no other test counts at."""
OPERATOR = steps.operator_of(HOME)


@cache
def case_with_requests(base_url: str) -> Sent:
    """A copy and a correction wait for the social office, an erasure for its head; no restriction was asked for."""
    sent = submitted(Client(base_url), HOME)
    for wish in (
        {"right": "ekspor"},
        {"right": "koreksi", "wanted": {"rt": "004"}},
        {"right": "penghapusan"},
    ):
        sent.phone.post(f"usulan/{sent.number}/requests", wish).expect(200)
    return sent
