import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../types/json.ts';
import { canonicalJson } from './canonical.ts';
import { contentKey } from './keys.ts';

it('keys are the same where Node hashes and where it does not', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(contentKey(value as Json)).toBe(bytesToHex(sha256(utf8ToBytes(canonicalJson(value as Json)))));
    }),
  );
});
