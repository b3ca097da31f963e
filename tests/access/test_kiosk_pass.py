"""A kiosk's pass: ours alone, unchanged, and not for longer than it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.access import kiosk_pass
from chalicelib.access.sealing import Digests
from chalicelib.errors import NotSignedIn

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=10)
OURS, OTHERS = Digests(b"k" * 32), Digests(b"x" * 32)
SUBJECT = "1f0c2a9e-0000-4000-8000-5d8c3d1f7a11"


def test_it_says_whose_it_is_and_until_when() -> None:
    made = kiosk_pass.given(OURS, SUBJECT, UNTIL)
    assert kiosk_pass.is_pass(made.token)
    assert kiosk_pass.session(OURS, made.token, NOW) == made
    assert (made.subject, made.expires_at) == (SUBJECT, UNTIL)
    assert made.id not in made.token, "what is listed on a page opens nothing"


def test_no_two_are_alike() -> None:
    made = {kiosk_pass.given(OURS, SUBJECT, UNTIL).token for _ in range(20)}
    assert len(made) == len({kiosk_pass.session(OURS, one, NOW).id for one in made}) == 20


@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=1), timedelta(days=9)])
def test_it_is_over_when_it_says(late: timedelta) -> None:
    made = kiosk_pass.given(OURS, SUBJECT, UNTIL)
    with pytest.raises(NotSignedIn, match="BELUM_MASUK"):
        kiosk_pass.session(OURS, made.token, UNTIL + late)


def test_nobody_makes_or_changes_one() -> None:
    token = kiosk_pass.given(OURS, SUBJECT, UNTIL).token
    head, subject, until, nonce, code = token.split(".")
    forged = [
        kiosk_pass.given(OTHERS, SUBJECT, UNTIL).token,
        ".".join((head, "somebody-else", until, nonce, code)),
        ".".join((head, subject, str(int(until) + 36000), nonce, code)),
        ".".join((head, subject, until, "0" * 32, code)),
        ".".join((head, subject, until, nonce, "0" * 64)),
        ".".join((head, subject, until, nonce)),
        f"{token}\n",
        f"{token}.x",
        head,
    ]
    for one in forged:
        with pytest.raises(NotSignedIn, match="BELUM_MASUK"):
            kiosk_pass.session(OURS, one, NOW)
