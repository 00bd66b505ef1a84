/** Vectors that are not run, with the reason. The README of the package lists the same. */
interface Vector {
  id: string;
  op: string;
  input: unknown;
  expect: Record<string, unknown>;
}

export function leftOut(vector: Vector): string | undefined {
  if (JSON.stringify(vector.input).includes('"_convert_":"bad"'))
    return 'a misspelt _convert_ is an error here, not the same as none';
  if (
    JSON.stringify(vector.expect).includes('Installed Hydra Plugins') ||
    JSON.stringify(vector.expect).includes('"Hydra 1.3.8')
  )
    return "prints Hydra's own version or table of plug-ins";
  const text = JSON.stringify(vector.expect);
  if (text.includes('None:None')) return "expects a key in the text of Python's slices";
  if (text.includes('!!python/')) return "expects Python's own object tags in YAML";
  if (JSON.stringify(vector.input).includes('{"$set":[') || JSON.stringify(vector.input).includes('!!set'))
    return "is about Python's sets, which JSON does not have";
  return undefined;
}
