"""The same ways as a screen reader tells them: scripts of lines that must be heard in this order (heard.py)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.messages import message
from tests.client import Client, eventually, read_slots, submitted
from tests.e2e import steps
from tests.e2e.conftest import Window
from tests.e2e.heard import follows, heard, listen, said

pytestmark = [pytest.mark.stack, pytest.mark.browser]


def hears(page: Page, script: str) -> None:
    """Each line of the script is heard, in its order."""
    assert follows(heard(page), script) == ""


def test_a_citizen_hears_each_step_of_the_form(window: Window, tmp_path: Path) -> None:
    family, phone = families()[3], window(steps.PHONE)
    listen(phone)
    phone.goto("usulan")
    phone.get_by_role("button", name="Lanjut").click()
    hears(
        phone,
        """
        page "Siapa yang diusulkan? – Berkas" [focused]
        link "Langsung ke isi"
        banner
        link "Cek status"
        main
        heading 1 "Siapa yang diusulkan?"
        alert [focused]
        link "Pilih dulu siapa yang diusulkan."
        group "Siapa yang diusulkan?"
        radio "Diri saya sendiri" (Pilih dulu siapa yang diusulkan.) [invalid]
        radio "Tetangga saya Tinggal di desa atau kelurahan yang sama." (Pilih dulu siapa yang diusulkan.) [invalid]
        button "Lanjut"
        contentinfo
        """,
    )
    steps.say_who(phone)
    hears(
        phone,
        """
        page "Foto KTP – Berkas" [focused]
        link "Kembali"
        text "Langkah 2 dari 8"
        heading 1 "Foto KTP" [focused]
        image "Contoh: seluruh KTP terlihat di dalam bingkai."
        button "Ambil foto"
        button "Pilih foto atau PDF"
        """,
    )
    refused = {"name": "surat.txt", "mimeType": "text/plain", "buffer": b"halo"}
    phone.set_input_files("#ktp-gallery", refused)
    expect(phone.locator('[data-step="ktp"]')).to_contain_text(message("JENIS_FILE_DITOLAK"))
    assert said(phone)[-1].startswith(message("JENIS_FILE_DITOLAK"))
    steps.send_photos(phone, family)
    told = said(phone)
    assert "Foto KTP sedang dibaca. Tunggu sebentar, paling lama 8 detik." in told
    assert any("dikirim" in one for one in told), "what goes out is told"
    assert not any("%" in one for one in told), "how far it is, a bar shows"
    assert all(one != after for one, after in pairwise(told)), "nothing is told twice in a row"
    expect(phone.locator("#nik")).to_have_value(family.ktp.fields["nik"], timeout=steps.READING)
    expect(phone.locator('[data-crop="nik"]')).to_be_visible()
    phone.locator("#nama").fill("")
    phone.get_by_role("button", name="Sudah benar, lanjut").click()
    hears(
        phone,
        f"""
        heading 1 "Periksa NIK dan nama"
        alert [focused]
        link "{message("NAMA_KOSONG")}"
        image "Potongan foto KTP: NIK"
        textbox "NIK" (16 angka, tepat di atas nama pada KTP.)
        textbox "Nama" (Sama persis dengan KTP, tanpa gelar tambahan. {message("NAMA_KOSONG")}) [invalid]
        button "Sudah benar, lanjut"
        """,
    )
    steps.check_identity(phone, family)
    expect(phone.locator("#nomor_kk")).to_be_visible(timeout=steps.READING)
    hears(
        phone,
        """
        heading 1 "Periksa KK dan alamat" [focused]
        textbox "Nomor KK" (16 angka di bagian atas KK.)
        group "Desa atau kelurahan"
        textbox "Alamat" (Nama jalan, gang, atau dusun, tanpa RT dan RW.)
        textbox "RT"
        textbox "RW"
        button "Sudah benar, lanjut"
        """,
    )
    steps.check_address(phone, family)
    hears(
        phone,
        f"""
        heading 1 "Kirim usulan" [focused]
        term "NIK"
        text "{family.ktp.fields["nik"]}"
        link "Ubah NIK"
        checkbox "Saya menyatakan data dan foto ini benar. Saya setuju petugas memeriksanya."
        button "Kirim usulan"
        """,
    )
    receipt = steps.send(phone, tmp_path)
    hears(
        phone,
        f"""
        heading 1 "Usulan sudah kami terima"
        text "Nomor usulan"
        text "{receipt.number}"
        image "Barkot (QR) bukti usulan"
        text "Kode rahasia"
        text "{receipt.secret}"
        link "Lihat status"
        button "Cetak"
        """,
    )


def test_an_officer_hears_the_desk_and_a_citizen_the_status(window: Window, stack: RunningStack) -> None:
    family = families()[3]
    sent = submitted(Client(stack.base_url), family)
    eventually(lambda: read_slots(sent))
    desk = window(steps.DESK)
    listen(desk)
    desk.goto("meja")
    desk.get_by_role("button", name="Masuk").click()
    hears(
        desk,
        """
        heading 1 "Meja verifikasi"
        alert [focused]
        link "Nama pengguna belum diisi."
        textbox "Nama pengguna" (Nama pengguna belum diisi.) [invalid]
        textbox "Kata sandi" (Kata sandi belum diisi.) [invalid]
        button "Masuk"
        """,
    )
    steps.sign_in(desk, "meja", steps.operator_of(family))
    expect(desk.get_by_role("heading", name="Antrean usulan")).to_be_focused()
    steps.find_in_queue(desk, sent.number)
    hears(
        desk,
        f"""
        heading 1 "Antrean usulan"
        status
        checkbox "Hanya yang saya pegang"
        button "Muat ulang" [focused]
        summary "Cari nama"
        summary "Bantuan"
        table "Antrean usulan"
        columnheader "Nomor usulan"
        columnheader "Tindakan"
        button "Ambil {sent.number}"
        """,
    )
    steps.claim(desk, sent.number)
    hears(
        desk,
        f"""
        link "Ke antrean"
        heading 1 "Usulan {sent.number}" [focused]
        button "Lepaskan"
        tablist "Dokumen"
        tab "KTP" [selected]
        tab "Kartu Keluarga"
        image "Foto KTP"
        button "Perbesar" (Perbesar)
        heading 2 "Isian"
        textbox "NIK"
        textbox "Nomor KK"
        heading 2 "Temuan"
        heading 2 "Keputusan"
        group "Apa keputusan Anda?"
        radio "Lulus"
        textbox "Catatan (boleh kosong)" (Tulis singkat. Jangan tulis NIK atau nomor HP.)
        button "Lanjut ke konfirmasi"
        heading 2 "Perjalanan usulan"
        """,
    )
    desk.locator("#decision-list").get_by_label("Lulus", exact=True).check()
    desk.get_by_role("button", name="Lanjut ke konfirmasi").click()
    hears(
        desk,
        f"""
        dialog "Putuskan usulan {sent.number}?"
        text "Keputusan:"
        text "Lulus"
        button "Ya, putuskan" [focused]
        button "Kembali"
        """,
    )
    assert 'heading 2 "Isian"' not in heard(desk), "what lies behind the question is not read"
    desk.get_by_role("button", name="Kembali").click()
    steps.return_for_mending(desk, "Rumah tampak depan")
    expect(desk.locator("#queue-notice")).to_contain_text(sent.number)
    assert message("meja.diputuskan", nomor=sent.number, keadaan="Perlu diperbaiki") in said(desk)

    phone = window(steps.PHONE)
    listen(phone)
    steps.ask_status(phone, sent.number, sent.secret)
    hears(
        phone,
        f"""
        heading 1 "Cek status usulan"
        textbox "Nomor usulan" (Ada pada bukti usulan, contoh 7K3M-9QTD-2.)
        heading 2 "Usulan {sent.number}" [focused]
        term "Sekarang di"
        heading 2 "Yang perlu diperbaiki"
        heading 3 "Rumah tampak depan"
        image "Foto lama: Rumah tampak depan"
        button "Ambil ulang Rumah tampak depan"
        button "Kirim lagi"
        heading 2 "Perjalanan usulan"
        summary "Data pribadi saya"
        """,
    )
    phone.get_by_role("button", name="Kirim lagi").click()
    assert said(phone)[-1] == message("status.foto_kurang")
