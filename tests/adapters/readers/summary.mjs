/** The mean of a column, and how far it is from `from`. */
export function summary({ table }, { from = 0 }) {
  const mean = table.met.reduce((a, b) => a + b, 0) / table.met.length;
  return { n: table.met.length, mean, distance: Math.abs(mean - from) };
}
export const doubled = ({ h }) => ({
  ...h,
  storage: { ...h.storage, values: h.storage.values.map((x) => 2 * x) },
});
export const rows = () => [
  { a: 1, b: 'x' },
  { a: 2, b: 'y' },
];
