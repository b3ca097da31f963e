"""No route is forgotten: each names an action that is somebody's, and the oracle speaks of each."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.actors import Officer
from chalicelib.access.policy import POLICY, Scope
from chalicelib.api.http import Route, Who
from chalicelib.api.pages import NAMES
from tests.access.house import as_officer
from tests.access.oracle import MAY, OF_CITIZENS, Setting, officers, runs
from tests.console import CONSOLE, COUNTER, KIOSK, OWN


def test_every_route_names_an_action_that_somebody_of_its_kind_may_do(setting: Setting) -> None:
    scopes = {
        Who.ANYONE: {Scope.ANY},
        Who.CITIZEN: {Scope.OWN},
        Who.OFFICER: {Scope.REGION, Scope.BELOW},
        Who.KIOSK: {Scope.REGION},
    }
    routes: list[Route] = [route for router in setting.routers for route in router.routes]
    assert len(routes) > 20
    for route in routes:
        assert any(grant.action is route.action and grant.scope in scopes[route.who] for grant in POLICY), (
            route.name
        )


def test_the_oracle_speaks_of_every_route_that_answers_json(setting: Setting) -> None:
    spoken = {
        *MAY,
        *OF_CITIZENS,
        "list_desk",
        "search_by_name",
        "list_requests",
        *CONSOLE,
        *COUNTER,
        *KIOSK,
    }
    public = {"start_usulan", "list_regions", "sign_in", "continue_sign_in", "leave", "healthz", "view_me"}
    routes = {route.name for router in setting.routers for route in router.routes if route.gives}
    assert routes == spoken | public | OWN


def test_the_oracle_knows_what_answers_no_json(setting: Setting) -> None:
    """Pages, files, and doors that lead to a page; the forms of the status page alone speak of a case, by its secret or
    the pass that its secret gave."""
    routes = {route.name: route for router in setting.routers for route in router.routes if not route.gives}
    forms = {"look_at_status", "prepare_photo", "send_again", "tell_here"}
    assert {name for name in routes if not name.startswith("page_")} == {
        *("asset", "choose_language", "open_barkot", "photo_arrived", "worker"),
        *forms,
    }
    assert {name for name, route in routes.items() if route.who is not Who.ANYONE} == forms


@runs
@given(
    officer=st.one_of(st.none(), officers),
    language=st.one_of(
        st.sampled_from(["id", "en"]), st.text(st.characters(categories=["L", "N"]), min_size=1)
    ),
    page=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_a_language_is_chosen_by_anyone_and_leads_to_pages_of_ours_alone(
    setting: Setting, officer: Officer | None, language: str, page: str
) -> None:
    headers = {}
    if officer:
        setting.house.people[officer.id] = officer
        headers = as_officer(officer.id)
    path = f"/bahasa/{quote(language)}?{urlencode({'ke': page})}"
    answer = setting.client.http.get(path, headers=headers)
    if language in ("id", "en"):
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"../{page if page in NAMES else ''}"
        assert answer.headers["Set-Cookie"].startswith(f"__Host-bahasa={language}; ")
    else:
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers
