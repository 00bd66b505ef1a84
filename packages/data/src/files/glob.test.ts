import { expect, test } from 'vitest';
import { glob, isPattern, segmentPattern } from './glob.ts';
import type { FileAccess } from './types.ts';

const tree: Record<string, string[]> = {
  '/': ['d/'],
  '/d': ['a1.root', 'a2.root', 'b.root', '.hidden.root', 'sub/', 'other/'],
  '/d/sub': ['a3.root', 'deep/'],
  '/d/sub/deep': ['a4.root'],
  '/d/other': ['a5.txt'],
};
const files = {
  list: async (folder: string) =>
    tree[folder]?.map((name) => ({ name: name.replace('/', ''), folder: name.endsWith('/') })),
} as FileAccess;

test.each([
  ['/d/a*.root', ['/d/a1.root', '/d/a2.root']],
  ['/d/a[2-9].root', ['/d/a2.root']],
  ['/d/a[!2].root', ['/d/a1.root']],
  ['/d/?.root', ['/d/b.root']],
  ['/d/{a1,b}.root', ['/d/a1.root', '/d/b.root']],
  ['/d/**/*.root', ['/d/a1.root', '/d/a2.root', '/d/b.root', '/d/sub/a3.root', '/d/sub/deep/a4.root']],
  ['/d/*/a*', ['/d/other/a5.txt', '/d/sub/a3.root']],
  ['/d/s*/deep/*', ['/d/sub/deep/a4.root']],
  ['/nowhere/*', []],
])('%s', async (pattern, paths) => {
  expect(await glob(pattern, files)).toEqual(paths);
});

test('what is a pattern', () => {
  expect(isPattern('data/*.root')).toBe(true);
  expect(isPattern('data/a.root')).toBe(false);
  expect(isPattern('https://host/a?b=c')).toBe(false);
});

test('other characters stand for themselves', () => {
  expect(segmentPattern('a+b(1).*').test('a+b(1).x')).toBe(true);
  expect(segmentPattern('a.b').test('axb')).toBe(false);
});
