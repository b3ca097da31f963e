"""What each operation takes, well formed: an attacker is to be refused for who he is, not for what he sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WHY = {"reason": "mencoba pintu ini"}
OFFICE = {
    "role": "VILLAGE_HEAD",
    "regions": ["13.05.02.2001"],
    "kind": "tetap",
    "begins": "2099-01-01",
    "last_day": None,
    **WHY,
}
BODIES: Mapping[str, Mapping[str, Any]] = {
    "resolve_barkot": {"text": "7K3M-9QTD-2"},
    "correct_value": {"work_id": "", "fence": 1, "field": "nama", "value": "PENYERANG CONTOH"},
    "decide_case": {
        "work_id": "",
        "fence": 1,
        "decision": "lulus",
        "reason": None,
        "slots": [],
        "note": "",
    },
    "release_work": {"fence": 1},
    "request_photo": {"content_type": "image/jpeg", "size": 100},
    "start_usulan": {"target": "self"},
    "continue_sign_in": {"handle": "bukan", "answer": "000000"},
    "change_password": {"password": "salah", "new": "kopi hujan sepeda genteng"},
    "begin_factor": {"password": "salah", "code": "000000"},
    "confirm_factor": {"handle": "bukan", "code": "000000"},
    "keep_answers": {"screen": "periksa", "values": {"nama": "PENYERANG CONTOH"}, "seen": 0},
    "give_contact": {"address": "081234509876"},
    "sign_in": {"username": "operator.1", "password": "salah"},
    "unmask_field": {"field": "nik", "reason": "LAINNYA", "note": "ingin tahu"},
    "search_by_name": {"village": "13.05.02.2001", "name": "rat"},
    "ask_right": {"right": "penghapusan", "wanted": {}, "note": ""},
    "record_request": {"right": "penghapusan", "wanted": {}, "note": "", "proof": "KTP_ASLI"},
    "record_withdrawal": {"proof": "KTP_ASLI"},
    "answer_request": {"answer": "kabulkan", "reason": None, "note": ""},
    "begin_for_citizen": {"target": "self", "village": "13.05.02.2001"},
    "open_for_all": {"village": "13.05.02.2001"},
    "begin_at_kiosk": {"target": "self", "village": "13.05.02.2001"},
    "find_waiting": {"village": "13.05.02.2001", "nik": "1305026006879901"},
    "check_list": {"village": "13.05.02.2001", "data": "TklLO05hbWEKMTszCg=="},
    "check_rows": {"village": "13.05.02.2001", "rows": [{"row": 2, "values": {"nik": "1", "nama": "x"}}]},
    "save_list_row": {
        "village": "13.05.02.2001",
        "values": {"nik": "1305026006879901", "nama": "PENYERANG CONTOH", "desa": "Katapiang"},
    },
    "list_remaining": {"rows": [{"values": {"nik": "1"}, "reason": "x"}]},
    "invite_officer": {"username": "penyusup", "name": "Penyusup Contoh", **OFFICE},
    "give_office": OFFICE,
    "give_leave": {"begins": "2099-01-01", "last_day": "2099-01-02", **WHY},
    "stop_leave": WHY,
    "end_office": {"last_day": None, **WHY},
    "move_office": {"regions": ["13.05.02.2002"], "begins": "2099-01-01", **WHY},
    "deactivate_officer": WHY,
    "reactivate_officer": WHY,
    "reset_password": WHY,
    "reset_second_factor": WHY,
    "mark_watched": {
        "office": "13.05.02.2001",
        "day": "2026-11-22",
        "up_to": "2026-11-22T02:00:00+00:00",
        **WHY,
    },
}
"""What each operation takes, well formed; an operation that is not here takes nothing, or the form."""
