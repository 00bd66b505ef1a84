import type { TextMap } from './sourced.ts';

/** A change of a text: characters `[start, end)` become `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A text with edits (which do not overlap) made, and where its characters come from. */
export function replace(text: string, edits: readonly Edit[]): { text: string; map?: TextMap } {
  if (edits.length === 0) return { text };
  const map: TextMap = [[0, 0]];
  let made = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    made += text.slice(at, edit.start);
    if (edit.text.length > 0) map.push([made.length, edit.start]);
    made += edit.text;
    map.push([made.length, edit.end]);
    at = edit.end;
  }
  return { text: made + text.slice(at), map };
}
