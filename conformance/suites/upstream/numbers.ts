/** Counts are equal, sums to 1e-6: those of the packages are float32 in places. */
export const near = (got: number, want: number): boolean =>
  got === want ||
  (Number.isNaN(got) && Number.isNaN(want)) ||
  Math.abs(got - want) <= 1e-6 * Math.max(Math.abs(got), Math.abs(want));

/** Rows of a CSV text. */
export function csvRows(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
        quoted === undefined ? bare! : quoted.replaceAll('""', '"'),
      ),
    );
}

/** Rows of a CSV text by the names of its columns. */
export function csvRecords(text: string): Record<string, string>[] {
  const [header = [], ...rows] = csvRows(text);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}
