/** Functions that exist for rows (in `agg`) only, and what to say elsewhere. */
export const ROW_FUNCTIONS: Record<string, string> = {
  sumw: 'sumw() counts rows in the agg of a group; num(x) counts the objects of a row',
  sumw2: 'sumw2() stands in the agg of a group',
};
