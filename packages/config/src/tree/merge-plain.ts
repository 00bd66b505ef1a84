import type { Place } from '../origin/source.ts';
import type { Container, Node } from './node.ts';
import { attach, copyNode, isMissing } from './node.ts';

/** Lets a node remember what it replaces. */
export function rememberBeaten(node: Node, old: Node | undefined): void {
  if (old?.place) {
    const beat: Place[] = [old.place, ...(old.beat ?? [])];
    node.beat = node.beat ? [...node.beat, ...beat] : beat;
  }
}

/**
 * Merges `source` into `into`: maps deeply, everything else replaced; `???` never replaces. Without types,
 * flags or interpolations followed: what composing files needs. `source` is copied.
 */
export function overlay(into: Container, source: Container): void {
  if (
    into.kind !== 'map' ||
    source.kind !== 'map' ||
    !(into.content instanceof Map) ||
    !(source.content instanceof Map)
  )
    return;
  for (const [key, child] of source.content) {
    const old = into.content.get(key);
    if (
      old?.kind === 'map' &&
      child.kind === 'map' &&
      old.content instanceof Map &&
      child.content instanceof Map
    ) {
      overlay(old, child);
      if (child.place) {
        if (old.place) old.beat = [old.place, ...(old.beat ?? [])];
        old.place = child.place;
        old.keyPlace = child.keyPlace ?? old.keyPlace;
      }
      continue;
    }
    if (old && isMissing(child)) continue;
    const copy = copyNode(child);
    rememberBeaten(copy, old);
    attach(into, key, copy);
    into.content.set(key, copy);
  }
}
