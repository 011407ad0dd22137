// Loaded before a program, sets its clock to another day: what it makes must not show it.
const Real = Date;
const LATE = Real.parse('2047-05-06T07:08:09Z');
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [LATE] : given));
  }
  static now() {
    return LATE;
  }
};
