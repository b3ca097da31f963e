"""The routes over HTTP in one process, joined to a world on moto; its officers are whoever a test says they are."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from chalice.app import AuthRequest, AuthResponse, Chalice

from chalicelib import api
from chalicelib.access.accounts import Tokens
from chalicelib.access.actors import Officer
from chalicelib.api.http import Joined, Pages, Router
from chalicelib.errors import NotSignedIn
from chalicelib.offices.personnel import Personnel
from chalicelib.usulan.store import World
from tests.road import Road


class House:
    """The routes joined to a world on moto; its officers are whoever a test says they are."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.people: dict[str, Officer] = {}

    def world(self) -> World:
        return self.road.world

    def officers(self) -> House:
        return self

    def officer(self, subject: str, issued_at: datetime | None) -> Officer:
        if subject not in self.people:
            raise NotSignedIn("BELUM_MASUK")
        return self.people[subject]

    def sign_in(self, username: str, password: str) -> str:
        raise NotSignedIn("MASUK_DITOLAK")

    def go_on(self, handle: str, answer: str) -> str:
        raise NotSignedIn("MASUK_LAMA")

    def account_of(self, handle: str) -> str:
        raise NotSignedIn("MASUK_LAMA")

    def personnel(self) -> Personnel:
        return self.road.personnel

    def tokens(self) -> Tokens:
        raise NotSignedIn("BELUM_MASUK")

    def settings(self) -> Pages:
        return cast(Pages, self)

    banner = ""
    photo_origin = ""


def served(house: House) -> tuple[Chalice, list[Router]]:
    """The app with all routes; a token is its officer's name."""
    app = Chalice(app_name="berkas")

    @app.authorizer()
    def door(asked: AuthRequest) -> AuthResponse:
        return AuthResponse(routes=["*"], principal_id=asked.token.removeprefix("Bearer "))

    routers = api.routers(cast(Joined, house), door)
    for router in routers:
        app.register_blueprint(router.blueprint, url_prefix=router.prefix or None)
    return app, routers
