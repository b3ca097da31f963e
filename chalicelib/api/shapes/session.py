"""The shapes of a sign-in and of who is signed in."""

from __future__ import annotations

from typing import Literal

from chalicelib.api.shapes.shared import Region, Shape, Time


class MandateView(Shape):
    role: str
    role_label: str
    regions: list[Region]


class Me(MandateView):
    """The first of the `mandates` stands outside too. `officer_id` tells officers apart who are alike in all else."""

    officer_id: str
    name: str
    mandates: list[MandateView]
    may: list[Literal["desk", "search", "requests", "record", "assist", "list", "kiosk"]]


class Enrolment(Shape):
    """What an authenticator app is told: a QR code to scan, or the secret (base32, in groups of four) to type."""

    svg: str
    secret: str
    account: str


class SignInStep(Shape):
    wanted: Literal["new_password", "enrol", "code"]
    handle: str
    enrol: Enrolment | None


class SessionMade(Shape):
    """Either a session, of which the page is told who and until when (its token stands in the cookie alone), or the
    `next` step of the sign-in."""

    officer: Me | None
    expires_at: Time | None
    next: SignInStep | None


class SignedView(Shape):
    """One session. `seen`: the last use, by some minutes; `mine`: the one that asks."""

    session_id: str
    device_label: str
    begun: Time
    seen: Time
    mine: bool


class Happened(Shape):
    at: Time
    label: str
    detail: str | None


class Account(Shape):
    """`events`: sign-ins, endings and changes of the own account, newest first."""

    officer: Me
    username: str
    second_factor: bool
    sessions: list[SignedView]
    most_sessions: int
    events: list[Happened]
