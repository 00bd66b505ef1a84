/** A C++ type as written, taken apart. */
export interface CxxType {
  /** Without `std::`, arguments and qualifiers. */
  name: string;
  arguments: CxxType[];
  pointer: boolean;
}

/** Takes apart a type name like `vector<map<int,string> >*`. Throws SyntaxError when it cannot. */
export function parseCxxType(text: string): CxxType {
  let at = 0;
  const space = () => {
    while (text[at] === ' ') at++;
  };
  const parse = (depth: number): CxxType => {
    if (depth > 50) throw new SyntaxError(`type '${text}' is nested too deeply`);
    space();
    let name = '';
    const args: CxxType[] = [];
    let tail = '';
    while (at < text.length && !',<>'.includes(text[at]!)) name += text[at++];
    if (text[at] === '<') {
      at++;
      for (;;) {
        args.push(parse(depth + 1));
        space();
        const next = text[at++];
        if (next === '>') break;
        if (next !== ',') throw new SyntaxError(`type '${text}' ends early`);
      }
      // What follows a template: `::iterator`, `*`, `const`.
      while (at < text.length && !',<>'.includes(text[at]!)) tail += text[at++];
    }
    const whole = `${name} ${tail}`;
    const pointer = /[*&]/.test(whole);
    const clean = (part: string) =>
      part
        .replace(/[*&]/g, ' ')
        .replace(/\b(?:const|volatile|struct|class|enum)\b/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    const bare = clean(name).replace(/^(?:::)?(?:std::(?:__\w+::)?)?/, '');
    const rest = clean(tail);
    return { name: rest === '' ? bare : `${bare}<>${rest}`, arguments: args, pointer };
  };
  const type = parse(0);
  space();
  if (at < text.length) throw new SyntaxError(`type '${text}' has something left at ${at}`);
  return type;
}

/** Spells a type the way streamer infos are named: `vector<pair<int,float> >`. */
export function spell(type: CxxType): string {
  if (type.arguments.length === 0) return type.name + (type.pointer ? '*' : '');
  const inner = type.arguments.map(spell).join(',');
  return `${type.name}<${inner}${inner.endsWith('>') ? ' ' : ''}>${type.pointer ? '*' : ''}`;
}
