// The form's screens and its photos, in their order.

export const STEPS = ['siapa', 'ktp', 'kk', 'rumah', 'tambahan', 'periksa', 'alamat', 'kirim'];

/** Screen → the slot of the photo that is taken there. */
export const PHOTOS = { ktp: 'ktp', kk: 'kk', rumah: 'rumah_depan' };

/** Slots of photos one may add. */
export const EXTRA = ['rumah_dalam', 'dapur', 'jamban', 'meteran', 'lain'];

export const SLOTS = [...Object.values(PHOTOS), ...EXTRA];
