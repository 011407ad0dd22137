// Moves the clock of a function by as much as a file says, so that days pass while a rehearsal takes minutes.
// Loaded before the function by NODE_OPTIONS; the file is named by REHEARSAL_CLOCK and holds milliseconds.
const { readFileSync } = require('node:fs');

const file = process.env.REHEARSAL_CLOCK;
const RealDate = Date;

if (file !== undefined) {
  const now = () => RealDate.now() + Number(readFileSync(file, 'utf8'));
  const Moved = new Proxy(RealDate, {
    construct: (target, given, called) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, called),
    get: (target, name) => (name === 'now' ? now : target[name]),
  });
  globalThis.Date = Moved;
}
