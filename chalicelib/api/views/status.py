"""A case's status as the page shows it: all of it words, made from the one record (`usulan.status`)."""

from __future__ import annotations

from chalicelib.api.views.pieces import LINK_SECONDS, Json, day, event_view, holder, iso, moment, state_view
from chalicelib.messages import message
from chalicelib.usulan.documents import Slot, copy_key, title
from chalicelib.usulan.status import Need, Picture, Status
from chalicelib.usulan.store import World


def status_view(world: World, status: Status) -> Json:
    """What `pages/status.html` puts under its form."""
    late = status.late(world.now())
    office = holder(status)
    return {
        "number": status.number,
        **state_view(status),
        "draft": status.is_draft,
        "news": message(status.news, nomor=status.number) if status.news else "",
        "channel": status.channel or "",
        "channel_label": message(f"KANAL_{status.channel}" if status.channel else "KANAL_TIDAK_ADA"),
        "notice": message("SUDAH_DIUSULKAN") if status.proposed_before else "",
        "facts": [(message(f"STATUS_{name}"), value) for name, value in _facts(status, office) if value],
        "late": message("SUDAH_LEWAT", kantor=office) if late and office else "",
        "needs": [_need_view(world, status, need) for need in status.needs],
        "notes": [(title(note.slot), message(note.code, dokumen=title(note.slot))) for note in status.notes],
        "timeline": [
            {**event_view(line, status), "iso": iso(line.at), "when": moment(line.at, status.region)}
            for line in status.told
        ],
    }


def _facts(status: Status, office: str | None) -> list[tuple[str, str | None]]:
    return [
        ("pemegang", office),
        ("berikutnya", message(status.next_step) if status.next_step else None),
        ("paling_lambat", day(status.next_by, status.region) if status.next_by else None),
        ("dikirim", day(status.submitted_at, status.region) if status.submitted_at else None),
    ]


def _need_view(world: World, status: Status, need: Need) -> Json:
    shown = title(need.slot)
    return {
        "slot": need.slot.value,
        "title": shown,
        "message": message(need.reason, dokumen=shown),
        "sent": need.sent,
        "before": _link(world, status, need.slot, need.before),
        "after": _link(world, status, need.slot, need.after),
    }


def _link(world: World, status: Status, slot: Slot, picture: Picture | None) -> str | None:
    if picture is None:
        return None
    return world.photos.view_url(copy_key(status.number, slot, picture.upload_id), LINK_SECONDS)
