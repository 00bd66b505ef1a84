/** Keeps an event if at least 50 ms passed since the last earlier one with s2 > 40. */
export class DeadTime {
  static reads = ['time_ms', 's2'];
  static produces = { since: 'float?' };
  last = null;
  kept = 0;
  seen = 0;
  event(event, out) {
    this.seen++;
    const time = Number(event.time_ms);
    const since = this.last === null ? null : time - this.last;
    out.since = since;
    if (event.s2 > 40) this.last = time;
    if (since !== null && since < 50) return false;
    this.kept++;
  }
  result() {
    return { kept: this.kept, seen: this.seen };
  }
}

/** Sums the jets above a threshold, and adds up how many there were. */
export const Jets = {
  reads: ['jet_pt'],
  produces: { ht: 'float', hard: 'float[]' },
  begin: ({ min }) => ({ min, jets: 0, events: 0 }),
  event({ jet_pt }, out, state) {
    let ht = 0;
    for (let j = 0; j < jet_pt.length; j++) {
      if (jet_pt.at(j) <= state.min) continue;
      ht += jet_pt.at(j);
      out.hard.push(jet_pt.at(j));
      state.jets++;
    }
    out.ht = ht;
    state.events++;
    return out.hard.length > 0;
  },
  merge: (a, b) => ({ min: a.min, jets: a.jets + b.jets, events: a.events + b.events }),
  result: ({ jets, events }) => ({ jets, events }),
};

/** A function of one event is a reader without a state. */
export const even = ({ event }) => event % 2n === 0n;

export const broken = () => {
  throw new Error('the detector is off');
};
