"""What a citizen does on the status page without scripts: send a returned photo, send the case again, ask for notices.

Each is a plain form that is answered with the whole status page. It carries a pass (`access/passes.py`) in place of the
secret, and a name of its own, so that pressing twice does it once. A photo goes straight to the store by a form that is
good for a few minutes; the store answers with our page `foto-sampai`, inside a frame beside the photo, so that the page
around it, and with it the pass, stays where it is (decision 0022).
"""

from __future__ import annotations

import hashlib

from chalice.app import Response

from chalicelib.access.actors import Citizen
from chalicelib.access.policy import Action, require
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.pages import answer, page_headers, policy
from chalicelib.api.rendering import piece
from chalicelib.api.status import shown_by_pass, status_page, told
from chalicelib.errors import BadInput
from chalicelib.messages import message
from chalicelib.usulan.add_photo import FORM_SECONDS, add_photo
from chalicelib.usulan.contact import set_contact
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.mend import mend
from chalicelib.usulan.store import ClientRequest

ARRIVED = "foto-sampai"
_ANY_PHOTO = "image/jpeg"
"""The type a form without scripts is signed for: what a file is, the reader sees for itself."""
_LARGEST = 1


def _request(asked: Asked, citizen: Citizen, what: str) -> ClientRequest:
    """The form as its page named it. BadInput KUNCI_PERMINTAAN_KURANG: it has no name."""
    form = asked.form()
    name = form.get("name", "")
    if not (16 <= len(name) <= 64 and name.isalnum()):
        raise BadInput("KUNCI_PERMINTAAN_KURANG")
    said = hashlib.sha256("|".join((form.get("slot", ""), form.get("contact", ""))).encode()).hexdigest()
    return ClientRequest(name, f"{citizen.id}:plain:{what}", asked.world.digests.of("fingerprint", said))


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined)

    def mine(asked: Asked, action: Action) -> Citizen:
        status = shown_by_pass(asked, asked.form())
        citizen = Citizen(status.number)
        require(citizen, action, status.subject)
        return citizen

    @router.form("/status-foto", action=Action.ADD_PHOTO, who=Who.CITIZEN, told=told)
    def prepare_photo(asked: Asked) -> Response:
        """The page with a form for one returned photo, good for five minutes."""
        citizen = mine(asked, Action.ADD_PHOTO)
        typed = asked.form().get("slot", "")
        if typed not in set(Slot):
            raise BadInput("SLOT_TIDAK_DIKENAL")
        slot, world = Slot(typed), asked.world
        back = f"{world.public_url.rstrip('/')}/{ARRIVED}"
        request = _request(asked, citizen, f"foto:{slot}")
        _, form = add_photo(world, citizen, citizen.case_number, slot, _ANY_PHOTO, _LARGEST, request, back)
        post = {
            "slot": slot.value,
            "url": form.url,
            "fields": dict(form.fields),
            "minutes": FORM_SECONDS // 60,
        }
        return status_page(asked, citizen.case_number, post=post)

    @router.form("/status-kirim", action=Action.SUBMIT, who=Who.CITIZEN, told=told)
    def send_again(asked: Asked) -> Response:
        """The returned case, sent again; where a photo is missing, the page says which."""
        citizen = mine(asked, Action.SUBMIT)
        try:
            mend(asked.world, citizen, citizen.case_number, _request(asked, citizen, "kirim"))
        except BadInput as problem:
            return status_page(asked, citizen.case_number, 400, trouble=problem)
        return status_page(asked, citizen.case_number, done=message("status.dikirim_lagi"))

    @router.form("/status-kabar", action=Action.SET_CONTACT, who=Who.CITIZEN, told=told)
    def tell_here(asked: Asked) -> Response:
        """Notices go to this address from now on, or nowhere."""
        citizen = mine(asked, Action.SET_CONTACT)
        form, request = asked.form(), _request(asked, citizen, "kabar")
        address = "" if "stop" in form else form.get("contact", "").strip()[:254]
        if not address and "stop" not in form:
            return status_page(asked, citizen.case_number, 400, trouble=BadInput("kabar.kosong"))
        try:
            set_contact(asked.world, citizen, citizen.case_number, address, request)
        except BadInput as problem:
            return status_page(asked, citizen.case_number, 400, trouble=problem)
        said = "kabar.tersimpan" if address else "kabar.berhenti"
        return status_page(asked, citizen.case_number, done=message(said))

    @router.get(f"/{ARRIVED}", action=Action.LOOK_UP)
    def photo_arrived(asked: Asked) -> Response:
        """What the store's answer leads to, inside the status page: the photo is with us. It knows of no case."""
        photos = asked.joined.settings().photo_origin
        ours = {"Content-Security-Policy": policy(photos, framed=True)}
        return answer(asked, piece("sampai"), ".html", {**page_headers(photos), **ours})

    return router
