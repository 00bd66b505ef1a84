/** One member or base of a class, as its TStreamerElement says. */
export interface StreamerElement {
  /** `TStreamerBase`, `TStreamerBasicType`, … */
  kind: string;
  name: string;
  title: string;
  /** ROOT's type code (TVirtualStreamerInfo::EReadWrite). */
  type: number;
  typeName: string;
  /** Items of a fixed array, 0 without one. */
  arrayLength: number;
  /** Its dimensions. */
  dims: number[];
  baseVersion?: number;
  /** Of an array with a counter: the counting member. */
  countName?: string;
  stlType?: number;
  /** Type code of what an STL container holds. */
  ctype?: number;
}

/** How one version of a class is laid out. */
export interface StreamerInfo {
  name: string;
  version: number;
  checksum: number;
  elements: StreamerElement[];
}

/** Layouts by class name, all versions of each. */
export type Streamers = Map<string, StreamerInfo[]>;
