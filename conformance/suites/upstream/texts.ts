/** Text tables of the Python packages beside ours: the same cells, numbers as they are printed. */

/** The cells of a table that is drawn with lines. */
const cells = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => /^\s*[|│]/.test(line))
    .map((line) =>
      line
        .trim()
        .replace(/^[|│]|[|│]$/g, '')
        .split(/[|│]/)
        .map((cell) => cell.trim()),
    );

/** What is different: nothing if they agree. */
export function compareText(want: string, got: string | undefined): string[] {
  if (got === undefined) return ['there is no such file'];
  const [wanted, made] = [cells(want), cells(got)];
  if (made.length === 0) return [`no table: ${got.slice(0, 200)}`];
  const wrong: string[] = [];
  for (let i = 0; i < Math.max(wanted.length, made.length); i++)
    if (wanted[i]?.join('|') !== made[i]?.join('|'))
      wrong.push(`row ${i}: ${made[i]?.join(' | ')}, not ${wanted[i]?.join(' | ')}`);
  return wrong;
}
