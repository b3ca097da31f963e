"""What the routes ask of bootstrap."""

from __future__ import annotations

from typing import Protocol

from chalicelib.access.accounts import Officers, Tokens
from chalicelib.offices.personnel import OwnAccount, Personnel
from chalicelib.usulan.store import World


class Pages(Protocol):
    """What the pages are told by the settings."""

    @property
    def banner(self) -> str: ...

    @property
    def photo_origin(self) -> str: ...

    @property
    def page_origin(self) -> str: ...

    @property
    def keeps_pages(self) -> bool: ...


class Joined(Protocol):
    """What bootstrap has joined, asked for when a request needs it."""

    def world(self) -> World: ...

    def officers(self) -> Officers: ...

    def personnel(self) -> Personnel: ...

    def own_account(self) -> OwnAccount: ...

    def tokens(self) -> Tokens: ...

    def settings(self) -> Pages: ...
