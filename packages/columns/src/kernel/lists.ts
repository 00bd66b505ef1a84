import { variableOf } from '../ir/graph.ts';
import type { Axis, Node } from '../ir/types.ts';
import { bindingOf, known } from './block.ts';
import { ColumnWriter } from './columns.ts';
import type { TableGroup } from './uses.ts';

/** Writes loops over lists, and lists that are stored: places of those kept or sorted, tables of values. */
export abstract class ListWriter extends ColumnWriter {
  /** Writes `work` where the condition holds. */
  abstract branch(node: Node | undefined, work: () => void): void;

  /** Members of the tuple at a linear position, by the position's name. */
  protected readonly members = new Map<string, readonly string[]>();
  protected readonly bufferNames = new Map<string, string[]>();
  protected readonly tableNames = new Map<TableGroup, string[]>();

  /** Code of the number of elements of an axis. */
  length(axis: Axis): string {
    switch (axis.kind) {
      case 'column': {
        const level = axis.at!.length;
        return `${this.start(axis.path!, axis.at!, level, level + 1, true)} - ${this.start(axis.path!, axis.at!, level, level + 1)}`;
      }
      case 'virtual':
        return this.value(axis.length!);
      case 'combinations':
        return `choices(${this.size(axis.base!)}, ${axis.count})`;
      case 'cartesian':
        return `${this.size(axis.base!)} * ${this.size(axis.other!)}`;
      case 'filter':
        return this.kept(axis).count;
      case 'order':
        return this.size(axis.base!);
    }
  }

  /** The number of elements as a name. */
  size(axis: Axis): string {
    const key = `n${axis.id}`;
    const found = known(this.block, key, axis.free);
    if (found !== undefined) return found;
    if (axis.size !== undefined) return String(axis.size);
    const home = this.axisHome(axis);
    return this.at(home, () => {
      const code = this.length(axis);
      const name = /^\w+$/.test(code) ? code : this.name('n');
      if (name !== code) this.line(`const ${name} = ${code};`);
      home.values.set(key, name);
      return name;
    });
  }

  protected place(node: Node): string {
    const axis = node.axis!;
    const [at] = node.args as [Node];
    const member = node.member!;
    if (axis.kind === 'combinations' || axis.kind === 'cartesian') {
      // Elements that a filter of pairs kept are stored with their members.
      if (at.op === 'pos' && at.axis!.kind === 'filter' && at.axis!.base === axis && !this.isBound(at)) {
        const kept = this.kept(at.axis!);
        return `${kept.members[member]}[${this.value(at.args[0]!)}]`;
      }
      const inLoopOf = at.op === 'var' ? this.memberName(at.variable!, member) : undefined;
      if (inLoopOf !== undefined) return inLoopOf;
      const place = this.value(at);
      const names = this.members.get(place);
      if (names) return names[member]!;
      if (axis.kind === 'cartesian') {
        const other = this.size(axis.other!);
        return member === 0 ? `Math.floor(${place} / ${other})` : `${place} % ${other}`;
      }
      return `choiceMember(${this.size(axis.base!)}, ${axis.count}, ${member}, ${place})`;
    }
    if (at.op === 'var') {
      const bound = known(this.block, `in${axis.id} ${at.variable}`, at.free);
      if (bound !== undefined) return bound;
    }
    const places = axis.kind === 'order' ? this.ordered(axis) : this.kept(axis).places;
    return `${places}[${this.value(at)}]`;
  }

  protected isBound(at: Node): boolean {
    return (
      at.args[0]!.op === 'var' &&
      known(this.block, `in${at.axis!.id} ${at.args[0]!.variable}`, at.free) !== undefined
    );
  }

  protected memberName(variable: number, member: number): string | undefined {
    return known(this.block, `m${variable} ${member}`, [variable]);
  }

  /** A loop over an axis; `variable` is then bound. `label` names it for `break`. */
  each(axis: Axis, variable: number, work: () => void, label?: string): void {
    const open = label === undefined ? '' : `${label}: `;
    switch (axis.kind) {
      case 'combinations':
      case 'cartesian':
        this.eachTuple(axis, variable, work, open);
        return;
      case 'filter':
        if ((this.uses.axes.get(axis) ?? 0) <= 1) {
          this.eachKept(axis, variable, work, label);
          return;
        }
        break;
    }
    const n = axis.kind === 'filter' ? this.kept(axis).count : this.size(axis);
    if (axis.kind === 'order') this.ordered(axis);
    const i = this.name('i');
    const loop = () =>
      this.inside('loop', `${open}for (let ${i} = 0; ${i} < ${n}; ${i}++)`, work, { variable, position: i });
    const tuples = axis.base?.kind === 'combinations' || axis.base?.kind === 'cartesian';
    if (tuples) this.inside('branch', `if (${n} > 0)`, loop);
    else loop();
  }

  /** Loops over a filtered list that is used here alone: nothing is stored. */
  protected eachKept(axis: Axis, variable: number, work: () => void, label?: string): void {
    const counter = this.name('q');
    this.line(`let ${counter} = 0;`);
    const base = variableOf(axis.base!);
    this.each(
      axis.base!,
      base,
      () => {
        const at = bindingOf(this.block, base)!.position;
        this.branch(axis.body, () => {
          const here = () => {
            this.block.values.set(`in${axis.id} ${variable}`, at);
            work();
            this.line(`${counter}++;`);
          };
          this.inside('branch', '', here, { variable, position: counter });
        });
      },
      label,
    );
  }

  protected eachTuple(axis: Axis, variable: number, work: () => void, open: string): void {
    const counter = this.name('q');
    const k = axis.kind === 'combinations' ? axis.count! : 2;
    const sizes = Array.from({ length: k }, (_, m) =>
      this.size(axis.kind === 'combinations' || m === 0 ? axis.base! : axis.other!),
    );
    this.line(`let ${counter} = 0;`);
    const names = Array.from({ length: k }, () => this.name('i'));
    this.members.set(counter, names);
    const nest = (m: number): void => {
      const from = axis.kind === 'combinations' && m > 0 ? `${names[m - 1]} + 1` : '0';
      const rest = axis.kind === 'combinations' ? k - 1 - m : 0;
      const to = rest > 0 ? `${sizes[m]} - ${rest}` : sizes[m];
      const head = `${m === 0 ? open : ''}for (let ${names[m]} = ${from}; ${names[m]} < ${to}; ${names[m]}++)`;
      const last = m === k - 1;
      this.inside(
        'loop',
        head,
        () => {
          this.block.values.set(`m${variable} ${m}`, names[m]!);
          if (!last) {
            nest(m + 1);
            return;
          }
          work();
          this.line(`${counter}++;`);
        },
        { variable, position: counter, member: m, last },
      );
    };
    // Most rows have no pairs: what the loops need is not computed there.
    const enough = sizes.map((size) => `${size} > ${axis.kind === 'combinations' ? k - 1 : 0}`);
    const guard = axis.kind === 'combinations' ? enough[0]! : enough.join(' && ');
    this.inside('branch', `if (${guard})`, () => nest(0));
  }

  /** Variables for the members of the tuple whose position `place` holds, as long as it does. */
  memberNames(axis: Axis, place: string, shared: string | undefined): string[] {
    const count = axis.kind === 'combinations' ? axis.count! : axis.kind === 'cartesian' ? 2 : 0;
    const names = Array.from({ length: count }, (_, m) => {
      if (shared !== undefined) return this.flag(`${shared} member ${m}`, '0')[1];
      const name = this.name('m');
      this.head.push(`let ${name} = 0;`);
      return name;
    });
    if (count > 0) this.members.set(place, names);
    return names;
  }

  /** The names of the members of the tuple at a position. */
  membersAt(place: string): readonly string[] {
    return this.members.get(place) ?? [];
  }

  /** The places of a filtered list, stored; for pairs the members too. */
  protected kept(axis: Axis): { count: string; places: string; members: string[] } {
    const key = `k${axis.id}`;
    const base = axis.base!;
    const tuple = base.kind === 'combinations' ? base.count! : base.kind === 'cartesian' ? 2 : 0;
    const buffers = this.buffers(axis, 1 + tuple);
    const result = (count: string) => ({ count, places: buffers[0]!, members: buffers.slice(1) });
    const found = known(this.block, key, axis.free);
    if (found !== undefined) return result(found);
    const home = this.axisHome(axis);
    const make = (count: string): void => {
      const most = this.size(base);
      for (const buffer of buffers) this.makeRoom(buffer, most);
      this.each(base, variableOf(base), () => {
        const at = bindingOf(this.block, variableOf(base))!.position;
        this.branch(axis.body, () => {
          const names = tuple > 0 ? this.members.get(at)! : [];
          [at, ...names].forEach((name, i) => {
            this.line(`${buffers[i]}[${count}] = ${name};`);
          });
          this.line(`${count}++;`);
        });
      });
    };
    return this.at(home, () => {
      if (axis.free.length === 0 && home.kind === 'branch') {
        const [flag, count] = this.flag(key, '0');
        this.inside('branch', `if (${flag} !== row)`, () => {
          this.line(`${flag} = row;`);
          this.line(`${count} = 0;`);
          make(count);
        });
        home.values.set(key, count);
        return result(count);
      }
      const count = this.name('n');
      this.line(`let ${count} = 0;`);
      make(count);
      home.values.set(key, count);
      return result(count);
    });
  }

  protected buffers(axis: Axis, count: number): string[] {
    const key = `${axis.id}`;
    let names = this.bufferNames.get(key);
    if (!names) {
      names = Array.from({ length: count }, () => this.scratchArray('P', 'new Int32Array(16)'));
      this.bufferNames.set(key, names);
    }
    return names;
  }

  /** The places of a sorted list. */
  protected ordered(axis: Axis): string {
    const key = `o${axis.id}`;
    const found = known(this.block, key, axis.free);
    if (found !== undefined) return found;
    const [order] = this.buffers(axis, 1) as [string];
    const home = this.axisHome(axis);
    this.at(home, () => {
      const n = this.size(axis.base!);
      const [keys, ranks] = [this.name('y'), this.name('z')];
      this.makeRoom(order, n);
      this.line(`const ${keys} = [], ${ranks} = [];`);
      this.each(axis.base!, variableOf(axis.base!), () => {
        const put = () => {
          const x = this.value(axis.body!);
          this.line(`${keys}.push(${x}); ${ranks}.push(${x} !== ${x} ? 1 : 0);`);
        };
        if (!axis.there) {
          put();
          return;
        }
        const there = this.value(axis.there);
        this.inside('branch', `if (${there})`, put);
        this.line(`else { ${keys}.push(0); ${ranks}.push(2); }`);
      });
      this.line(`sortPlaces(${order}, ${keys}, ${ranks}, ${n}, ${axis.ascending !== false});`);
      home.values.set(key, order);
    });
    return order;
  }

  /** A look-up in a table over an axis. All tables over it are filled together, when the first is needed. */
  protected pick(node: Node): string {
    const body = node.args[1]!;
    const group = this.uses.tables.get(body)!;
    const names = this.tables(group);
    return `${names[group.bodies.indexOf(body)]}[${this.value(node.args[0]!)}]`;
  }

  protected tables(group: TableGroup): string[] {
    const { axis, bodies } = group;
    let names = this.tableNames.get(group);
    if (!names) {
      names = bodies.map((body) =>
        this.scratchArray('T', body.type === 'float64' ? 'new Float64Array(16)' : '[]'),
      );
      this.tableNames.set(group, names);
    }
    const key = `t${group.key}`;
    if (known(this.block, key, axis.free) !== undefined) return names;
    const home = this.axisHome(axis);
    const fill = (): void => {
      const n = this.size(axis);
      bodies.forEach((body, i) => {
        if (body.type === 'float64') this.makeRoom(names[i]!, n);
      });
      this.each(axis, variableOf(axis), () => {
        const at = bindingOf(this.block, variableOf(axis))!.position;
        bodies.forEach((body, i) => {
          this.line(`${names[i]}[${at}] = ${this.value(body)};`);
        });
      });
    };
    this.at(home, () => {
      if (axis.free.length === 0 && (home.kind === 'branch' || this.hasFlag(key))) {
        const [flag] = this.flag(key, '0');
        this.inside('branch', `if (${flag} !== row)`, () => {
          this.line(`${flag} = row;`);
          fill();
        });
      } else fill();
      home.values.set(key, names[0]!);
    });
    return names;
  }
}
