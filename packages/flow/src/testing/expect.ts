/** The few checks that the suites here need, so that they run under any test runner. */

/** Fails with `message` unless `holds`. */
export function check(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

/** Fails unless both are the same as JSON. */
export function same(got: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(got), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

/** Fails unless the bytes are equal. */
export function sameBytes(got: Uint8Array | undefined, expected: Uint8Array, what: string): void {
  check(got !== undefined, `${what}: nothing came back`);
  check(
    got!.length === expected.length && got!.every((byte, index) => byte === expected[index]),
    `${what}: other bytes came back`,
  );
}

/** Of a test runner, what a suite needs: vitest, mocha, jest and `node:test` all have it. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
}

/** Tests that do not apply, and why. */
export interface Skip {
  reason: string;
  tests: string[];
}
