// The receipt: shown, printed, and kept as a picture.

import { byId, words } from './page.js';
import { moment } from './waktu.js';

const asPicture = (svgText) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;

/** Fills the receipt's place on the page. */
export function showReceipt(receipt, secret) {
  byId('receipt-number').textContent = receipt.case_number;
  byId('receipt-secret').textContent = secret;
  byId('receipt-message').textContent = receipt.message;
  byId('receipt-when').textContent = words('dikirim_pada', { waktu: moment(receipt.submitted_at) });
  byId('receipt-status').href = `status?n=${encodeURIComponent(receipt.case_number)}`;
  byId('receipt-code').src = asPicture(receipt.barkot.svg);
}

/** The receipt as a PNG of 720 × 1080 pixels, saved under the case number. */
export async function saveReceipt(receipt, secret) {
  const code = new Image();
  code.src = asPicture(receipt.barkot.svg);
  await code.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 720;
  canvas.height = 1080;
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, 720, 1080);
  pen.textAlign = 'center';
  const line = (text, y, font, colour = '#1b2421') => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(text, 360, y, 680);
  };
  const sample = document.querySelector('.pita-contoh')?.textContent ?? '';
  line(sample, 50, 'bold 30px sans-serif', '#a6211b');
  line(words('bukti_judul'), 110, 'bold 40px sans-serif', '#0d5a53');
  line(words('bukti_nomor'), 175, '28px sans-serif');
  line(receipt.case_number, 240, 'bold 60px monospace');
  pen.imageSmoothingEnabled = false;
  pen.drawImage(code, 150, 275, 420, 420);
  line(words('bukti_kode'), 750, '28px sans-serif');
  line(secret, 815, 'bold 60px monospace');
  line(words('dikirim_pada', { waktu: moment(receipt.submitted_at) }), 880, '26px sans-serif');
  line(words('TERDAFTAR_BUKAN_JAMINAN'), 955, '28px sans-serif');
  line(words('bukti_gratis'), 1000, '28px sans-serif');
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `bukti-usulan-${receipt.case_number}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
