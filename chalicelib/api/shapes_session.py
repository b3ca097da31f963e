"""The shapes of a sign-in and of who is signed in."""

from __future__ import annotations

from typing import Literal

from chalicelib.api.shapes import Region, Shape, Time


class MandateView(Shape):
    role: str
    role_label: str
    regions: list[Region]


class Me(MandateView):
    """The first of the `mandates` stands outside too."""

    name: str
    mandates: list[MandateView]
    may: list[Literal["desk", "search", "requests", "record"]]


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
    """Either a session or the `next` step of the sign-in."""

    token: str | None
    expires_at: Time | None
    officer: Me | None
    next: SignInStep | None
