// Where notices go: told to the server, kept nowhere here.

import { call } from './api.js';

/** Tells the server where to send notices of a case; '' stops them. Gives the channel, or null. Throws ApiError. */
export async function tellAt(caseNumber, secret, address) {
  const path = `usulan/${encodeURIComponent(caseNumber)}/contact`;
  return (await call('POST', path, { body: { address }, secret })).channel;
}
