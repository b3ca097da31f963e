"""The routes over HTTP in one process, joined to a world on moto; its officers are whoever a test says they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from chalice.app import Chalice

from chalicelib import api
from chalicelib.access.accounts import Session, Tokens
from chalicelib.access.actors import Officer
from chalicelib.api.http import Joined, Router
from chalicelib.api.joined import Pages
from chalicelib.api.own_page import COOKIE, HEADER
from chalicelib.errors import NotSignedIn
from chalicelib.offices.personnel import OwnAccount, Personnel
from chalicelib.usulan.store import World
from tests.road import Road

ORIGIN = "https://berkas.example.go.id"


def as_officer(name: str) -> dict[str, str]:
    """The headers by which a page of ours asks for the officer whose token is their name."""
    return {"Cookie": f"{COOKIE}={name}", HEADER: "1"}


class House:
    """The routes joined to a world on moto; its officers are whoever a test says they are."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.people: dict[str, Officer] = {}

    def world(self) -> World:
        return self.road.world

    def officers(self) -> House:
        return self

    def officer(self, session: Session) -> Officer:
        if session.subject not in self.people:
            raise NotSignedIn("BELUM_MASUK")
        return self.people[session.subject]

    def session(self, token: str) -> Session:
        return Session(token, f"session-of-{token}", token, datetime(2100, 1, 1, tzinfo=UTC))

    def sign_in(self, username: str, password: str) -> str:
        raise NotSignedIn("MASUK_DITOLAK")

    def go_on(self, handle: str, answer: str) -> str:
        raise NotSignedIn("MASUK_LAMA")

    def account_of(self, handle: str) -> str:
        raise NotSignedIn("MASUK_LAMA")

    def personnel(self) -> Personnel:
        return self.road.personnel

    def own_account(self) -> OwnAccount:
        return self.road.officers

    def tokens(self) -> Tokens:
        return self

    def settings(self) -> Pages:
        return cast(Pages, self)

    banner = ""
    photo_origin = ""
    page_origin = ORIGIN
    keeps_pages = True


def served(house: House) -> tuple[Chalice, list[Router]]:
    """The app with all routes; a token is its officer's name."""
    app = Chalice(app_name="berkas")
    routers = api.routers(cast(Joined, house))
    for router in routers:
        app.register_blueprint(router.blueprint, url_prefix=router.prefix or None)
    return app, routers
