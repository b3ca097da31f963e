"""What people do on the pages, step by step, for the tests and for the README's pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from chalicelib.local.demo import PASSWORD, demo_officers
from chalicelib.local.specimens.catalogue import DemoFamily
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, Sent, eventually

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = (360, 740)
DESK = (1280, 800)
READING = 120_000
"""Milliseconds a reading may take on a busy machine before a test gives up."""


@dataclass(frozen=True)
class Receipt:
    """What the citizen holds in the end; `picture` is the saved image."""

    number: str
    secret: str
    picture: Path


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *more])
        yield browser
        browser.close()


def someone(browser: Browser, base_url: str, size: tuple[int, int], sharpness: float = 1) -> BrowserContext:
    """A person with a browser of their own, in western Indonesia."""
    return browser.new_context(
        base_url=base_url,
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=sharpness,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
    )


def operator_of(family: DemoFamily) -> str:
    """The demo's operator of the family's village."""
    return next(one.username for one in demo_officers() if one.regions == (family.village,))


# --- the citizen


def say_who(page: Page) -> None:
    page.goto("usulan")
    page.get_by_label("Diri saya sendiri").check()
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", name="Foto KTP")).to_be_visible()


def becomes(page: Page, condition: str, argument: str = "") -> None:
    """Waits in the page until an asynchronous function of it answers something true; 30 s at most."""
    holds = page.evaluate(
        f"""async (argument) => {{
          for (let tries = 0; tries < 600; tries += 1) {{
            if (await ({condition})(argument)) return true;
            await new Promise((go) => setTimeout(go, 50));
          }}
          return false;
        }}""",
        argument,
    )
    assert holds, "it did not happen in time"


def keeps(page: Page, name: str = "usulan") -> None:
    """Waits until the phone keeps a page, so that it opens without a line."""
    becomes(page, "async (name) => caches.match(name)", name)


def send_photos(page: Page, family: DemoFamily) -> None:
    """The three photos, each followed at once by the next screen."""
    page.set_input_files("#ktp-camera", family.ktp.path)
    expect(page.get_by_role("heading", name="Foto KK")).to_be_visible()
    page.set_input_files("#kk-camera", family.kk.path)
    expect(page.get_by_role("heading", name="Foto rumah dari depan")).to_be_visible()
    page.set_input_files("#rumah-gallery", family.rumah_depan.path)
    skip_extra_photos(page)


def skip_extra_photos(page: Page) -> None:
    expect(page.get_by_role("heading", name="Foto tambahan (boleh dilewati)")).to_be_visible()
    page.get_by_role("button", name="Lanjut tanpa foto tambahan").click()
    expect(page.get_by_role("heading", name="Periksa NIK dan nama")).to_be_visible()


def check_identity(page: Page, family: DemoFamily) -> None:
    """The NIK comes from the photo; the name is typed when it was read otherwise."""
    expect(page.locator("#nik")).to_have_value(family.ktp.fields["nik"], timeout=READING)
    if page.locator("#nama").input_value() != family.ktp.fields["nama"]:
        page.locator("#nama").fill(family.ktp.fields["nama"])
    page.get_by_role("button", name="Sudah benar, lanjut").click()
    expect(page.get_by_role("heading", name="Periksa KK dan alamat")).to_be_visible()


def check_address(page: Page, family: DemoFamily) -> None:
    """What is printed, and the village chosen from the lists, one after the other."""
    expect(page.locator("#nomor_kk")).to_be_visible(timeout=READING)
    for name in ("nomor_kk", "alamat", "rt", "rw"):
        page.locator(f"#{name}").fill(family.kk.fields[name])
    choose_village(page, family.village)
    page.get_by_role("button", name="Sudah benar, lanjut").click()
    expect(page.get_by_role("heading", name="Kirim usulan")).to_be_visible()


def choose_village(page: Page, code: str) -> None:
    change = page.locator("#region-change")
    if change.is_visible():
        change.click()
    parts = code.split(".")
    for depth, level in enumerate(("provinsi", "kabupaten", "kecamatan", "desa"), start=1):
        wanted = ".".join(parts[:depth])
        select = page.locator(f"#region-{level}")
        expect(select.locator(f'option[value="{wanted}"]')).to_be_attached()
        select.select_option(wanted)


def send(page: Page, folder: Path) -> Receipt:
    page.get_by_label("Saya menyatakan data dan foto ini benar").check()
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_role("heading", name="Usulan sudah kami terima")).to_be_visible()
    number, secret = (page.locator(f"#receipt-{part}").inner_text() for part in ("number", "secret"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan gambar").click()
    picture = folder / download.value.suggested_filename
    download.value.save_as(picture)
    return Receipt(number, secret, picture)


def as_sent(stack: RunningStack, receipt: Receipt) -> Sent:
    """The receipt's case, to be asked about without a browser."""
    phone = Client(stack.base_url).with_headers(Berkas_Secret=receipt.secret)
    return Sent(receipt.number, receipt.secret, phone)


def ask_status(page: Page, number: str, secret: str) -> None:
    page.goto(f"status?n={number}")
    page.get_by_label("Kode rahasia").fill(secret)
    page.get_by_role("button", name="Lihat status").click()
    expect(page.get_by_role("heading", name=f"Usulan {number}")).to_be_visible()


def fits(page: Page) -> bool:
    """Whether nothing reaches beyond the screen's width."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


# --- officers


def sign_in(page: Page, door: str, username: str, password: str = PASSWORD) -> None:
    page.goto(door)
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk").click()


def scan_picture(page: Page, picture: Path) -> None:
    """Gives the field officer's page a picture, once it is open: the input itself is always there."""
    expect(page.get_by_role("heading", name="Pindai barkot (QR)")).to_be_visible()
    page.set_input_files("#scan-picture", picture)


def find_in_queue(page: Page, number: str) -> None:
    """Looks through the queue, reloading it, until the case lies there."""

    def there() -> bool:
        page.get_by_role("button", name="Muat ulang").click()
        expect(page.locator("#queue-reload")).not_to_have_attribute("aria-busy", "true")
        while page.locator("#queue-more").is_visible():
            page.locator("#queue-more").click()
            expect(page.locator("#queue-more")).not_to_have_attribute("aria-busy", "true")
        return page.locator("#queue-rows tr", has_text=number).count() == 1

    expect(page.get_by_role("heading", name="Antrean usulan")).to_be_visible()
    eventually(there)


def claim(page: Page, number: str) -> None:
    find_in_queue(page, number)
    page.locator("#queue-rows tr", has_text=number).get_by_role("button", name="Ambil").click()
    expect(page.get_by_role("heading", name=f"Usulan {number}")).to_be_visible()
    expect(page.locator("#lease-clock")).to_contain_text("Sisa waktu")


def return_for_mending(page: Page, title: str) -> None:
    """Sends one document of the open case back as blurred."""
    page.locator("#decision-list").get_by_label(message("KEPUTUSAN_perlu_perbaikan"), exact=True).check()
    page.locator("#reason-FOTO_BURAM").check()
    page.get_by_role("checkbox", name=title).check()
    decide(page, message("KEPUTUSAN_perlu_perbaikan"))


def decide(page: Page, label: str) -> None:
    page.locator("#decision-list").get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Lanjut ke konfirmasi").click()
    page.get_by_role("button", name="Ya, putuskan").click()
    expect(page.get_by_role("heading", name="Antrean usulan")).to_be_visible()
