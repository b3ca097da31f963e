"""Signing in, step by step. The whole road with real codes is walked on the stack (tests/api); here is what
its emulator does not do: Cognito's own MFA_SETUP, and handles that are old, changed or somebody else's."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access.accounts import Challenge, Wanted
from chalicelib.access.actors import Officer, Role
from chalicelib.aws.accounts import CognitoAccounts
from chalicelib.aws.sign_in import VALID, CognitoSignIn
from chalicelib.errors import BadInput, NotSignedIn
from chalicelib.identity.region import RegionCode
from chalicelib.offices import appoint
from chalicelib.offices.invite import invite
from chalicelib.offices.person import Kind
from tests.road import VILLAGE, Road, request

ADMIN = Officer("sub-admin", "Admin Contoh", Role.ADMINISTRATOR, (RegionCode("13"),))
NEW = "sandi-baru-2026"


def invited(road: Road, username: str = "ratih") -> str:
    """The password for the first sign-in."""
    begins = road.clock().date()
    office = appoint.new_office(Role.VILLAGE_OPERATOR, [RegionCode(VILLAGE)], Kind.TETAP, begins, None)
    return invite(road.personnel, ADMIN, username, "Ratih Contoh", office, "Surat tugas", request())[1]


def step(reached: str | Challenge, wanted: Wanted) -> Challenge:
    assert isinstance(reached, Challenge)
    assert reached.wanted is wanted
    return reached


def test_the_first_sign_in_asks_for_a_new_password_and_a_second_factor(road: Road) -> None:
    first = step(road.officers.sign_in("ratih", invited(road)), Wanted.NEW_PASSWORD)
    assert first.secret == ""
    second = step(road.officers.go_on(first.handle, NEW), Wanted.ENROL)
    assert second.secret
    assert second.account == "ratih"
    assert isinstance(road.officers.go_on(second.handle, "123 456"), str)
    step(road.officers.sign_in("ratih", NEW), Wanted.CODE)


@pytest.mark.parametrize("password", ["pendek1", "123456789012", "petugas-desa-2026", "x-ratih-2026-aman"])
def test_a_weak_password_is_told_and_another_one_may_be_tried(road: Road, password: str) -> None:
    first = step(road.officers.sign_in("ratih", invited(road)), Wanted.NEW_PASSWORD)
    with pytest.raises(BadInput) as told:
        road.officers.go_on(first.handle, password)
    assert set(told.value.fields) == {"answer"}
    step(road.officers.go_on(first.handle, NEW), Wanted.ENROL)


def test_the_handed_over_password_is_good_once(road: Road) -> None:
    password = invited(road)
    first = step(road.officers.sign_in("ratih", password), Wanted.NEW_PASSWORD)
    with pytest.raises(BadInput):
        road.officers.go_on(first.handle, password)
    road.officers.go_on(first.handle, NEW)
    with pytest.raises(NotSignedIn, match="MASUK_DITOLAK"):
        road.officers.sign_in("ratih", password)


def test_a_handle_is_good_for_some_minutes_and_as_it_was_given(road: Road) -> None:
    first = step(road.officers.sign_in("ratih", invited(road)), Wanted.NEW_PASSWORD)
    changed = first.handle[:40] + ("A" if first.handle[40] != "A" else "B") + first.handle[41:]
    for handle in (changed, "", "bukan", first.handle[:-8]):
        with pytest.raises(NotSignedIn, match="MASUK_LAMA"):
            road.officers.go_on(handle, NEW)
    assert road.officers.account_of(first.handle) == "ratih"
    road.clock.pass_(seconds=VALID.total_seconds() + 1)
    with pytest.raises(NotSignedIn, match="MASUK_LAMA"):
        road.officers.go_on(first.handle, NEW)


def test_a_handle_shows_nothing_of_what_it_holds(road: Road) -> None:
    first = step(road.officers.sign_in("ratih", invited(road)), Wanted.NEW_PASSWORD)
    assert "ratih" not in first.handle


class StrictPool:
    """Cognito as its reference describes a pool whose MFA is ON: no token before the second factor is set up."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def initiate_auth(self, **asked: Any) -> dict[str, Any]:
        return {"ChallengeName": "MFA_SETUP", "Session": "s1", "ChallengeParameters": {}}

    def associate_software_token(self, **asked: Any) -> dict[str, Any]:
        assert asked == {"Session": "s1"}
        return {"SecretCode": "ABCD", "Session": "s2"}

    def verify_software_token(self, **asked: Any) -> dict[str, Any]:
        assert asked == {"Session": "s2", "UserCode": "123456"}
        return {"Status": "SUCCESS", "Session": "s3"}

    def respond_to_auth_challenge(self, **asked: Any) -> dict[str, Any]:
        assert (asked["ChallengeName"], asked["Session"]) == ("MFA_SETUP", "s3")
        self.calls.append("respond")
        return {"AuthenticationResult": {"AccessToken": "token", "RefreshToken": "renewal"}}

    def revoke_token(self, **asked: Any) -> dict[str, Any]:
        assert asked == {"Token": "renewal", "ClientId": "pages"}
        self.calls.append("void")
        return {}

    def admin_get_user(self, **asked: Any) -> dict[str, Any]:
        return {"UserAttributes": [{"Name": "sub", "Value": "sub-ratih"}]}

    def admin_set_user_mfa_preference(self, **asked: Any) -> dict[str, Any]:
        self.calls.append("prefer")
        return {}


def test_a_pool_that_insists_has_the_factor_set_up_before_it_gives_a_token(road: Road) -> None:
    pool: Any = StrictPool()
    enrolled: list[str] = []
    door = CognitoSignIn(
        pool,
        "pages",
        CognitoAccounts(pool, "pool"),
        road.digests,
        road.clock,
        lambda subject: True,
        enrolled.append,
        enrolled.append,
    )
    first = step(door.begin("ratih", NEW), Wanted.ENROL)
    assert first.secret == "ABCD"
    assert door.go_on(first.handle, "123456") == "token"
    assert enrolled == ["sub-ratih"]
    assert pool.calls == ["respond", "void", "prefer"]
