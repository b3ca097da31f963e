// How large a photo is sent, by what it shows: a family card's table needs more of both (DOMAIN 7.1). A KTP of 1600 pixels was
// smaller than it may be, and cost values (decision 0017).

const TARGET = {
  ktp: { edge: 2048, bytes: 450_000 },
  rumah_depan: { edge: 1600, bytes: 450_000 },
  kk: { edge: 2600, bytes: 900_000 },
};
const of = (slot) => TARGET[slot] ?? TARGET.rumah_depan;

/** Pixels of the long edge, at most. */
export const edgeOf = (slot) => of(slot).edge;

/** Bytes of the file, at most. */
export const bytesOf = (slot) => of(slot).bytes;
