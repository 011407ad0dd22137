// Moves the clock of a function by as much as a file says, so that days pass while a rehearsal takes minutes.
// Loaded before the function by NODE_OPTIONS; the file is named by REHEARSAL_CLOCK and holds milliseconds.
const { readFileSync } = require('node:fs');

const file = process.env.REHEARSAL_CLOCK;
const RealDate = Date;
const offset = () => Number(readFileSync(file, 'utf8'));

if (file !== undefined) {
  globalThis.Date = class Date extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + offset());
      else super(...given);
    }
    static now() {
      return RealDate.now() + offset();
    }
  };
}
