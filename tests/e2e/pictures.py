"""`python -m tests.e2e.pictures`: takes the README's pictures of a stack it serves, into docs/pictures/*.png."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from chalicelib.local.problems import CannotServe
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import ROOT, running_stack
from tests.client import appoint_officers
from tests.e2e import steps

PICTURES = ROOT / "docs" / "pictures"
LARGEST = 200_000
"""Bytes a picture may have."""
LONGEST = 1100
"""CSS pixels of a page's height that a picture shows."""
COLOURS = 200
SHARPNESS = 1.5


def main() -> int:
    """Exit code 0; 1 when the stack cannot be served or a picture is too large."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with running_stack(Path(folder) / "data") as stack, steps.chromium() as browser:
                appoint_officers(stack)
                taken = take_all(browser, stack.base_url + "/", Path(folder))
        except CannotServe as problem:
            print(f"berkas: {problem}", file=sys.stderr)  # noqa: T201  (what the command tells)
            return 1
    for path in taken:
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")  # noqa: T201  (what the command tells)
    return int(any(path.stat().st_size > LARGEST for path in taken))


def take_all(browser: Browser, base_url: str, folder: Path) -> list[Path]:
    family = families()[0]
    phone = steps.someone(browser, base_url, steps.PHONE, SHARPNESS).new_page()
    steps.say_who(phone)
    steps.send_photos(phone, family)
    expect(phone.locator("#nik")).to_have_value(family.ktp.fields["nik"], timeout=steps.READING)
    expect(phone.locator('[data-crop="nik"]')).to_be_visible()
    taken = [take(phone, "usulan-periksa")]
    steps.check_identity(phone, family)
    steps.check_address(phone, family)
    receipt = steps.send(phone, folder)
    taken.append(take(phone, "usulan-bukti"))

    officer = steps.someone(browser, base_url, steps.PHONE, SHARPNESS).new_page()
    steps.sign_in(officer, "petugas", "petugas")
    expect(officer.get_by_role("heading", name="Pindai barkot (QR)")).to_be_visible()
    taken.append(take(officer, "petugas-pindai"))
    officer.set_input_files("#scan-picture", receipt.picture)
    expect(officer.get_by_role("heading", name=f"Usulan {receipt.number}")).to_be_visible()
    taken.append(take(officer, "petugas-berkas"))

    desk = steps.someone(browser, base_url, steps.DESK).new_page()
    steps.sign_in(desk, "meja", steps.operator_of(family))
    steps.claim(desk, receipt.number)
    desk.wait_for_function("[...document.querySelectorAll('#viewer img')].every((image) => image.complete)")
    desk.get_by_label("NIK").focus()
    expect(desk.locator("#viewer polygon")).to_be_visible()
    taken.append(take(desk, "meja-usulan"))
    return taken


def take(page: Page, name: str) -> Path:
    """The page from its top, at most `LONGEST` pixels of a phone's and one screen of the desk's."""
    path = PICTURES / f"{name}.png"
    size = page.viewport_size or {"width": 0, "height": 0}
    page.evaluate("scrollTo(0, 0)")
    if size["width"] >= steps.DESK[0]:
        page.screenshot(path=path)
    else:
        height = min(LONGEST, int(page.evaluate("document.documentElement.scrollHeight")))
        page.screenshot(
            path=path, full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": height}
        )
    with Image.open(path) as full:
        full.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
