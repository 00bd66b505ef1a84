import { knownText } from './known-text.ts';
import type { StreamerElement, StreamerInfo } from './types.ts';

const kinds: Record<string, string> = {
  base: 'TStreamerBase',
  basic: 'TStreamerBasicType',
  counted: 'TStreamerBasicPointer',
  object: 'TStreamerObject',
  any: 'TStreamerObjectAny',
  pointer: 'TStreamerObjectPointer',
  anypointer: 'TStreamerObjectAnyPointer',
  string: 'TStreamerString',
  stl: 'TStreamerSTL',
  loop: 'TStreamerLoop',
  stlstring: 'TStreamerSTLstring',
};

let known: Map<string, StreamerInfo> | undefined;

/** The layout of a version of one of ROOT's own classes, for files that do not describe it. */
export function knownInfo(name: string, version: number): StreamerInfo | undefined {
  known ??= new Map(
    knownText
      .trim()
      .split('\n')
      .map(parse)
      .map((info) => [`${info.name} ${info.version}`, info]),
  );
  return known.get(`${name} ${version}`);
}

function parse(line: string): StreamerInfo {
  const [head = '', ...members] = line.split(' | ');
  const [name = '', version = '0'] = head.split(' ');
  return { name, version: Number(version), checksum: 0, elements: members.map(element) };
}

function element(text: string): StreamerElement {
  const [kind = '', name = '', type = '0', typeName = '', ...more] = text.split(' ');
  const size = more.find((word) => word.startsWith('['));
  const counter = more.find((word) => word.startsWith('#'));
  const arrayLength = size ? Number(size.slice(1, -1)) : 0;
  return {
    kind: kinds[kind] ?? '',
    name: name.replaceAll('~', ' '),
    title: '',
    type: Number(type),
    typeName: typeName === '-' ? '' : typeName.replaceAll('~', ' '),
    arrayLength,
    dims: arrayLength > 0 ? [arrayLength] : [],
    ...(counter && { countName: counter.slice(1) }),
  };
}
