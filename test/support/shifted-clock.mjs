// Loaded before everything else, it shifts the machine's clock for this process by CLOCK_SHIFT_HOURS.
const shiftMs = Number(process.env.CLOCK_SHIFT_HOURS) * 3_600_000;
const Real = Date;

globalThis.Date = class Shifted extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shiftMs);
    else super(...given);
  }
  static now() {
    return Real.now() + shiftMs;
  }
};
