/** The tree of an expression. Positions are characters `[start, end)` of the text, brackets around a node not counted. */

interface Placed {
  start: number;
  end: number;
  /** Written in brackets of its own: `(a & b)`. Carries no meaning after parsing. */
  bracketed?: boolean;
}

/** `42`, `0xff`, `1_000`: exact at any size up to 64 bits. */
export interface IntegerNode extends Placed {
  kind: 'integer';
  value: bigint;
}
/** `1.5`, `1e3`. */
export interface FloatNode extends Placed {
  kind: 'float';
  value: number;
}
export interface TextNode extends Placed {
  kind: 'text';
  value: string;
}
/** `True`, `False`, `None` (null). */
export interface ConstantNode extends Placed {
  kind: 'constant';
  value: boolean | null;
}
export interface ListNode extends Placed {
  kind: 'list';
  items: Expression[];
}
export interface NameNode extends Placed {
  kind: 'name';
  name: string;
  /** Written in backquotes: taken as one name, dots and all. */
  quoted?: boolean;
}
/** `of.name`; the member of a tuple (`pair.0`) has digits for a name. */
export interface MemberNode extends Placed {
  kind: 'member';
  of: Expression;
  name: string;
  quoted?: boolean;
}
/** `of[index]`: an integer, a mask or a list of places. */
export interface IndexNode extends Placed {
  kind: 'index';
  of: Expression;
  index: Expression;
}
/** `of[from:to]`. */
export interface SliceNode extends Placed {
  kind: 'slice';
  of: Expression;
  from?: Expression;
  to?: Expression;
}
export type UnaryOperator = '-' | '+' | '~' | 'not';
export interface UnaryNode extends Placed {
  kind: 'unary';
  op: UnaryOperator;
  of: Expression;
}
export type BinaryOperator =
  | 'or'
  | 'and'
  | '|'
  | '^'
  | '&'
  | '<<'
  | '>>'
  | '+'
  | '-'
  | '*'
  | '/'
  | '//'
  | '%'
  | '**';
export interface BinaryNode extends Placed {
  kind: 'binary';
  op: BinaryOperator;
  left: Expression;
  right: Expression;
}
export type CompareOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';
/** `first < a <= b`: each neighbouring pair compared, all joined by `and`. */
export interface CompareNode extends Placed {
  kind: 'compare';
  first: Expression;
  rest: { op: CompareOperator; right: Expression }[];
}
/** `yes if test else no`. */
export interface ChoiceNode extends Placed {
  kind: 'choice';
  test: Expression;
  yes: Expression;
  no: Expression;
}
/** `name(args, key=value)`. Only names can be called. */
export interface CallNode extends Placed {
  kind: 'call';
  name: string;
  /** Where the name itself stands. */
  nameEnd: number;
  args: Expression[];
  named: { name: string; value: Expression }[];
}

export type Expression =
  | IntegerNode
  | FloatNode
  | TextNode
  | ConstantNode
  | ListNode
  | NameNode
  | MemberNode
  | IndexNode
  | SliceNode
  | UnaryNode
  | BinaryNode
  | CompareNode
  | ChoiceNode
  | CallNode;
