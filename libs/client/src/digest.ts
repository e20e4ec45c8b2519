import { createHash } from 'node:crypto';

/** SHA-256 of a parsed input. Parsing puts the fields in the contract's order, so equal inputs have equal digests. */
export function inputDigest(parsedInput: unknown): string {
  return sha256(JSON.stringify(parsedInput));
}

/** SHA-256 of an owner's id, as it stands in the memo: memos are read by people who may not know the owner. */
export function ownerDigest(owner: string): string {
  return sha256(owner);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
