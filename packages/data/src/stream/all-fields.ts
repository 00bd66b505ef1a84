/** Stands in a collect for every field that is seen there. */
export const ALL_FIELDS = '*';
