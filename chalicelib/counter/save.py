"""One row of a list saved as a draft that waits for its photos, and for its citizen.

Nobody is told its secret: when the citizen comes, the officer opens the draft and a new one is issued (`assist`). A NIK
that waits at this counter already is answered with the draft that is there; elsewhere nothing is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.access.actors import Officer
from chalicelib.access.limits import LISTED, spend
from chalicelib.access.policy import Action
from chalicelib.counter.assist import counter_of
from chalicelib.counter.rows import Weight, judged, table_from
from chalicelib.counter.today import drafts_with
from chalicelib.errors import BadInput
from chalicelib.identity.names import normalised
from chalicelib.messages import message
from chalicelib.usulan.answers import Answers, Screen
from chalicelib.usulan.case import NewEvent, Target, draft_mark
from chalicelib.usulan.entry import Entry, Way
from chalicelib.usulan.events import Happened
from chalicelib.usulan.start import created, new_draft
from chalicelib.usulan.store import Answer, ClientRequest, Step, World, answered


def save_row(
    world: World, officer: Officer, village: str, values: Mapping[str, str], request: ClientRequest
) -> Answer:
    """`{"case_number", "known"}`; `known`: it waited here already, nothing was written. BadInput ISIAN_SALAH with a
    message a field; Forbidden; TooMany."""
    counter = counter_of(officer, Action.ENTER_LIST, village)
    (row,) = judged(table_from([(1, values)]), counter)
    if not row.good:
        stops = [remark for remark in row.remarks if remark.weight is Weight.STOPS]
        fields = {one.field: message(one.code, **(one.values or {})) for one in reversed(stops)}
        raise BadInput("ISIAN_SALAH", fields=fields)
    if (known := answered(world, request)) is not None:
        return known
    if waits := drafts_with(world, draft_mark(counter, row.values["nik"])):
        return {"case_number": waits[0].number, "known": True}
    spend(world.meter, LISTED, officer.id, world.now())
    typed = {name: row.values[name] for name in ("nik", "nomor_kk", "alamat", "rt", "rw")}
    typed |= {"nama": normalised(row.values["nama"]), "kode_wilayah": str(counter)}
    entry = Entry(Way.LIST, counter, (officer.id,))
    answers = Answers(Screen.KTP, 1, world.now(), {name: text for name, text in typed.items() if text})
    case, _ = new_draft(world, Target.SELF, entry, answers)
    event = NewEvent(Happened.STARTED_FOR, officer.id, {"target": Target.SELF, "way": Way.LIST})
    return created(world, Step(case, (event,), {"case_number": case.number, "known": False}), request)
