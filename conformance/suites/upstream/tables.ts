/** CSV files of the Python packages beside ours: matched by their keys, compared cell by cell. */
import { csvRecords, csvRows, near } from './numbers.ts';

type Cells = string[][];

/** A key as text that both sides have: the low edge of a bin, numbers to ten digits. */
function keyOf(text: string): string {
  const low = /^\[(.*), .*\)$/.exec(text)?.[1] ?? text;
  if (/^(true|false)$/i.test(low)) return low.toLowerCase();
  if (/^-?inf(inity)?$/i.test(low)) return low.startsWith('-') ? '-inf' : 'inf';
  const number = Number(low);
  return low === '' || Number.isNaN(number) ? low : String(Number(number.toPrecision(10)));
}

const isValue = (column: string): boolean => column === 'n' || /:sumw2?$/.test(column);

function compareCell(where: string, got: string | undefined, want: string): string[] {
  if (got === undefined) return [`${where}: nothing, not ${want}`];
  // Sums that were not made are empty on their side, and not a number or empty on ours.
  if (want === '') return got === '' || got.toLowerCase() === 'nan' ? [] : [`${where}: ${got}, not empty`];
  return got !== '' && near(Number(got), Number(want)) ? [] : [`${where}: ${got}, not ${want}`];
}

/** A table of bins. Bins without entries may be left out. */
function compareBinned([header, ...rows]: Cells, text: string): string[] {
  const keys = header!.filter((column) => !isValue(column));
  const ours = new Map(
    csvRecords(text).map((row) => [keys.map((key) => keyOf(row[key] ?? '')).join(' | '), row]),
  );
  const wrong: string[] = [];
  for (const cells of rows) {
    const row = Object.fromEntries(header!.map((name, i) => [name, cells[i]!]));
    const key = keys.map((name) => keyOf(row[name]!)).join(' | ');
    const own = ours.get(key);
    ours.delete(key);
    if (!own && Number(row.n || 0) === 0) continue;
    for (const column of header!)
      if (isValue(column)) wrong.push(...compareCell(`${key} ${column}`, own?.[column], row[column]!));
  }
  for (const [key, row] of ours) if (Number(row.n) !== 0) wrong.push(`${key}: a row that is not expected`);
  return wrong;
}

/** What is left at the end of a cutflow, of all there were. */
function wholeOf(list: Record<string, string>[]): Record<string, string> | undefined {
  const [first, last] = [list[0], list.at(-1)];
  return (
    first &&
    last && {
      ...last,
      n_alone: last.n!,
      sumw_alone: last.sumw!,
      n_before: first.n!,
      sumw_before: first.sumw!,
    }
  );
}

const COUNTS: Record<string, string> = { passed_only_cut: '_alone', passed_incl: '', totals_incl: '_before' };

/** A table of cuts: two rows of column names, then one for each cut, nested ones below what holds them. */
function compareCuts([kinds, weights, header, ...rows]: Cells, text: string): string[] {
  const byDataset = new Map<string, Record<string, string>[]>();
  for (const row of csvRecords(text)) {
    const list = byDataset.get(row.dataset!) ?? [];
    list.push(row);
    byDataset.set(row.dataset!, list);
  }
  const names = [...new Set(weights!.filter((name) => name !== '' && name !== 'unweighted'))];
  const wrong: string[] = [];
  const seen = new Map<string, number>();
  // Cuts in a row are a cutflow, whose first row are all rows; others have a row for the whole.
  const cutflow =
    rows.every(
      (cells) => cells[header!.indexOf('depth')] !== '0' || cells[header!.indexOf('cut')] === 'All',
    ) && rows.every((cells) => Number(cells[header!.indexOf('depth')]) <= 1);
  for (const cells of rows) {
    const [dataset, depth, cut] = ['dataset', 'depth', 'cut'].map((name) => cells[header!.indexOf(name)]!);
    const place = seen.get(dataset!) ?? 0;
    seen.set(dataset!, place + 1);
    const list = byDataset.get(dataset!) ?? [];
    // The outermost row is what is left at the end; the released package leaves it empty.
    if (depth === '0' && cells.slice(3).every((cell) => Number(cell) === 0)) continue;
    const row = depth === '0' && cutflow ? wholeOf(list) : list[place];
    kinds!.forEach((kind, column) => {
      if (!(kind in COUNTS)) return;
      const weight = names.indexOf(weights![column]!);
      const own = `${weight < 0 ? 'n' : weight === 0 ? 'sumw' : `sumw_${weight}`}${COUNTS[kind]}`;
      const where = `${dataset} ${cut} ${kind} ${weights![column]}`;
      wrong.push(...compareCell(where, row?.[own], cells[column]!));
    });
  }
  for (const [dataset, list] of byDataset) {
    const want = seen.get(dataset) ?? 0;
    if (list.length !== want) wrong.push(`${dataset}: ${list.length} rows, not ${want}`);
  }
  return wrong;
}

const FLOW_COLUMNS: Record<string, (row: Record<string, string>) => string> = {
  n_unweighted_in: (row) => row.n_before!,
  n_unweighted_out: (row) => row.n!,
  n_in: (row) => row.sumw_before!,
  n_out: (row) => row.sumw!,
  sumw_in: (row) => row.sumw_before!,
  sumw_out: (row) => row.sumw!,
  sumw2_in: (row) => row.sumw2_before!,
  sumw2_out: (row) => row.sumw2!,
  efficiency: (row) => String(Number(row.n) / Number(row.n_before)),
};

/** The sum of all datasets: what the packages write as `default` where they lose the names. */
function added(rows: readonly Record<string, string>[]): Record<string, string> | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const sum = (column: string) => String(rows.reduce((total, row) => total + Number(row[column]), 0));
  return Object.fromEntries(Object.keys(first).map((column) => [column, sum(column)]));
}

/** A cutflow as a table of 2026: one row for each cut and dataset. */
function compareFlow([header, ...rows]: Cells, text: string): string[] {
  const ours = csvRecords(text);
  const wrong: string[] = [];
  for (const cells of rows) {
    const want = Object.fromEntries(header!.map((name, i) => [name, cells[i]!]));
    const row =
      want.dataset === 'default'
        ? added(ours.filter((one) => one.cut === want.cut))
        : ours.find((one) => one.dataset === want.dataset && one.cut === want.cut);
    for (const [column, read] of Object.entries(FLOW_COLUMNS))
      if (want[column] !== undefined)
        wrong.push(...compareCell(`${want.dataset} ${want.cut} ${column}`, row && read(row), want[column]));
  }
  return wrong;
}

/** Cuts with several weights are a file for each of ours: as one, with a column `sumw_1` for the second. */
function ofWeights(file: string, files: ReadonlyMap<string, string>): string | undefined {
  const [, stage, weights = ''] = /^(cuts_.*?)-(.*)\.csv$/.exec(file) ?? [];
  const texts = weights.split('.').map((weight) => files.get(`${stage}-${weight}.csv`));
  if (texts.some((text) => text === undefined)) return undefined;
  const [first, ...more] = texts.map((text) => csvRows(text!));
  return first!
    .map((row, i) => {
      const others = more.flatMap((rows, k) =>
        rows[i]!.map((cell) =>
          i === 0
            ? cell.replace(/^sumw(?!2)|^(?!sumw)/, (word) => (word ? `sumw_${k + 1}` : `again_${k + 1}_`))
            : cell,
        ),
      );
      return [...row, ...others].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    })
    .join('\n');
}

/** What is different: nothing if they agree. */
export function compareTable(want: Cells, file: string, files: ReadonlyMap<string, string>): string[] {
  const [header = []] = want;
  const text = files.get(file) ?? (header.includes('passed_incl') ? ofWeights(file, files) : undefined);
  if (text === undefined) return ['there is no such file'];
  if (header.includes('passed_incl')) return compareCuts(want, text);
  if (header.includes('n_unweighted_out')) return compareFlow(want, text);
  return compareBinned(want, text);
}
