import { type CxxType, parseCxxType, spell } from './cxxtype.ts';
import type { Member, Node, NumberType } from './node.ts';
import { packingOf } from './packing.ts';
import type { StreamerElement, StreamerInfo, Streamers } from './types.ts';

/** Numbers by ROOT's type codes. Long_t is 8 bytes on disk. */
const numbersByCode: Record<number, NumberType> = {
  1: 'int8',
  2: 'int16',
  3: 'int32',
  4: 'int64',
  5: 'float32',
  6: 'int32',
  8: 'float64',
  11: 'uint8',
  12: 'uint16',
  13: 'uint32',
  14: 'uint64',
  16: 'int64',
  17: 'uint64',
  18: 'bool',
};

const numbersByName: Record<string, NumberType> = {
  bool: 'bool',
  Bool_t: 'bool',
  char: 'int8',
  'signed char': 'int8',
  Char_t: 'int8',
  int8_t: 'int8',
  byte: 'uint8',
  'unsigned char': 'uint8',
  UChar_t: 'uint8',
  uint8_t: 'uint8',
  short: 'int16',
  'short int': 'int16',
  Short_t: 'int16',
  int16_t: 'int16',
  'unsigned short': 'uint16',
  UShort_t: 'uint16',
  uint16_t: 'uint16',
  int: 'int32',
  signed: 'int32',
  Int_t: 'int32',
  int32_t: 'int32',
  unsigned: 'uint32',
  'unsigned int': 'uint32',
  UInt_t: 'uint32',
  uint32_t: 'uint32',
  long: 'int64',
  'long int': 'int64',
  Long_t: 'int64',
  'long long': 'int64',
  Long64_t: 'int64',
  int64_t: 'int64',
  Longptr_t: 'int64',
  'unsigned long': 'uint64',
  ULong_t: 'uint64',
  'unsigned long long': 'uint64',
  ULong64_t: 'uint64',
  uint64_t: 'uint64',
  size_t: 'uint64',
  float: 'float32',
  Float_t: 'float32',
  double: 'float64',
  Double_t: 'float64',
};

const sequences = new Set(
  'vector list deque forward_list set multiset unordered_set unordered_multiset ROOT::VecOps::RVec ROOT::RVec VecOps::RVec RVec'.split(
    ' ',
  ),
);
const maps = new Set('map multimap unordered_map unordered_multimap'.split(' '));

/** Layout of a number by its C++ name, if it is one. */
export function numberNamed(name: string): Node | undefined {
  const type = numbersByName[name];
  if (type) return { t: 'number', type };
  if (name === 'Double32_t') return { t: 'packed', type: 'float64', packing: { how: 'float' } };
  if (name === 'Float16_t') return { t: 'packed', type: 'float32', packing: { how: 'truncated', bits: 12 } };
  return undefined;
}

/** Whether streamer infos or this package know a class. */
export type Knows = (className: string) => boolean;

/** Layout of a C++ type. Strings and containers have a header where `header` says so; inner ones do not. */
export function nodeOfType(text: string, header: boolean, knows: Knows): Node {
  let type: CxxType;
  try {
    type = parseCxxType(text);
  } catch (error) {
    return { t: 'unknown', why: error instanceof Error ? error.message : `type '${text}'` };
  }
  return nodeOf(type, header, knows);
}

function nodeOf(type: CxxType, header: boolean, knows: Knows): Node {
  const [first, second] = type.arguments;
  const { name } = type;
  if (!type.pointer) {
    const number = numberNamed(name);
    if (number && type.arguments.length === 0) return number;
    if (name === 'string' || name === 'basic_string') return { t: 'string', header };
    if (name === 'TString') return { t: 'string', header: false, plain: true };
  }
  if (sequences.has(name) && first) return { t: 'sequence', item: nodeOf(first, false, knows), header };
  if (maps.has(name) && first && second)
    return { t: 'map', key: nodeOf(first, false, knows), value: nodeOf(second, false, knows), header };
  if (name === 'pair' && first && second && !type.pointer)
    return { t: 'pair', first: nodeOf(first, false, knows), second: nodeOf(second, false, knows) };
  if (name === 'bitset' && first && /^\d+$/.test(first.name))
    return { t: 'bitset', size: Number(first.name), header };
  if (name === 'array' && first && second && /^\d+$/.test(second.name))
    return { t: 'array', item: nodeOf(first, false, knows), size: Number(second.name) };
  const spelt = spell({ ...type, pointer: false });
  if (type.pointer) return { t: 'pointer', name: spelt };
  if (knows(spelt)) return { t: 'object', name: spelt };
  return { t: 'unknown', why: `type '${spelt}' has no layout in this file` };
}

/** Members of a class in the order of the bytes. */
export function membersOf(info: StreamerInfo, knows: Knows): Member[] {
  return info.elements.flatMap((element): Member[] => {
    if (element.kind === 'TStreamerBase')
      return [{ name: element.name, node: baseNode(element, knows), base: true }];
    if (element.kind === 'TStreamerArtificial' || element.type === -1 || element.type === 1000) return [];
    return [{ name: element.name, node: memberNode(element, knows), base: false }];
  });
}

/** A base that is a container, as in `class Jets : public std::vector<Jet>`, is streamed as one. */
function baseNode(element: StreamerElement, knows: Knows): Node {
  const node = nodeOfType(element.name, true, knows);
  return node.t === 'sequence' || node.t === 'map' ? node : { t: 'object', name: element.name };
}

/** Layout of one member, by its streamer element. */
export function memberNode(element: StreamerElement, knows: Knows): Node {
  const { type, typeName } = element;
  const bare = typeName.replace(/\*+$/, '').trim();
  const times = (item: Node): Node =>
    element.arrayLength > 0 ? { t: 'array', item, size: element.arrayLength } : item;

  if (
    element.kind === 'TStreamerSTL' ||
    element.kind === 'TStreamerSTLstring' ||
    type === 300 ||
    type === 365
  )
    return times(nodeOfType(bare === '' ? 'string' : bare, true, knows));
  if (type === 7) return { t: 'charstar' };
  if (type === 501) return { t: 'loop', item: { t: 'object', name: bare }, counter: element.countName ?? '' };

  const code = type > 40 && type < 60 ? type - 40 : type > 20 && type < 40 ? type - 20 : type;
  if (type === 15) return { t: 'bits' };
  if (code < 20) {
    const item: Node | undefined =
      code === 9 || code === 19
        ? packed(element.title, code === 9 ? 'float64' : 'float32')
        : numbersByCode[code] && { t: 'number', type: numbersByCode[code] };
    if (!item) return { t: 'unknown', why: `type code ${type} of member '${element.name}'` };
    if (type > 40) return { t: 'counted', item, counter: element.countName ?? '' };
    if (type > 20) return { t: 'array', item, size: element.arrayLength };
    return item;
  }
  // Arrays of objects have 20 (fixed) added.
  const objectCode = type > 80 && type < 100 ? type - 20 : type;
  switch (objectCode) {
    case 61:
    case 62:
    case 63:
    case 67:
      return times({ t: 'object', name: bare });
    case 64:
    case 68:
    case 69:
      return times({ t: 'pointer', name: bare });
    case 65:
      return times({ t: 'string', header: false, plain: true });
    case 66:
      return times({ t: 'object', name: 'TObject' });
    case 71:
      return times(nodeOfType(bare, true, knows));
    case 500:
      return times(nodeOfType(bare, true, knows));
    default:
      return { t: 'unknown', why: `type code ${type} of member '${element.name}' (${typeName})` };
  }
}

function packed(title: string, type: 'float32' | 'float64'): Node {
  return { t: 'packed', type, packing: packingOf(title, type) };
}

/** The layout of a class for a version on disk, or for a checksum where classes have no version. */
export function infoFor(
  streamers: Streamers,
  name: string,
  version: number,
  checksum?: number,
): StreamerInfo | undefined {
  const infos = streamers.get(name);
  if (!infos) return undefined;
  if (checksum !== undefined) {
    const exact = infos.find((info) => info.checksum === checksum);
    if (exact || infos.length > 1) return exact;
    return infos[0];
  }
  return infos.find((info) => info.version === version);
}
