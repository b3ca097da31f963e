"""The administrator's console as tests walk through it: its routes by name, and an officer's authenticator app."""

from __future__ import annotations

import base64
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

CONSOLE: frozenset[str] = frozenset(
    {
        "list_choices",
        "list_staff",
        "view_staff",
        "invite_officer",
        "give_office",
        "end_office",
        "move_office",
        "give_leave",
        "stop_leave",
        "deactivate_officer",
        "reactivate_officer",
        "reset_second_factor",
        "reset_password",
        "list_denials",
        "list_watched",
        "view_watched",
        "mark_watched",
        "list_late",
    }
)
OWN: frozenset[str] = frozenset(
    {
        "view_account",
        "end_session",
        "end_other_sessions",
        "change_password",
        "begin_factor",
        "confirm_factor",
    }
)
"""The routes about one's own account."""
COUNTER: frozenset[str] = frozenset(
    {
        "begin_for_citizen",
        "continue_for_citizen",
        "view_counter",
        "list_waiting",
        "find_waiting",
        "check_list",
        "check_rows",
        "save_list_row",
        "list_template",
        "list_remaining",
    }
)
"""The routes of the village office's counter (tests/access/test_counter_routes.py)."""
KIOSK: frozenset[str] = frozenset({"open_for_all", "view_kiosk", "begin_at_kiosk"})
"""The routes of its kiosk (tests/access/test_kiosk_routes.py)."""


def code_of(secret: str) -> str:
    """What an authenticator app shows now for a secret as the page shows it (base32 in groups)."""
    key = base64.b32decode(secret.replace(" ", ""))
    return TOTP(key, 6, SHA1(), 30).generate(int(time.time())).decode()  # noqa: S303  RFC 6238 as apps know it
