/**
 * Drops events that come within `window` ms after one with a large S2. The fields of the class are its state;
 * whole 64-bit numbers are bigints.
 */
export class DeadTime {
  static reads = ['time_ms', 's2'];
  static produces = { since: 'float?' };

  last = null;
  seen = 0;
  dropped = 0;

  constructor({ s2, window }) {
    this.limit = s2;
    this.window = window;
  }

  event(event, out) {
    this.seen++;
    const time = Number(event.time_ms);
    const since = this.last === null ? null : time - this.last;
    out.since = since;
    if (event.s2 > this.limit) this.last = time;
    if (since !== null && since < this.window) {
      this.dropped++;
      return false; // exactly false drops the event
    }
  }

  result() {
    return { seen: this.seen, dropped: this.dropped };
  }
}
