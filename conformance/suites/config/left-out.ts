/** Vectors that are not run, with the reason. The README of the package lists the same. */
interface Vector {
  id: string;
  op: string;
  expect: Record<string, unknown>;
}

export function leftOut(vector: Vector): string | undefined {
  const text = JSON.stringify(vector.expect);
  if (text.includes('!!python/')) return "expects Python's own object tags in YAML";
  return undefined;
}
