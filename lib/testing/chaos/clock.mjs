/** Loaded into a worker (node --import): SIGUSR2 sets its clock wrong by CLOCK_WRONG_BY milliseconds, and right again. */
const wrongBy = Number(process.env.CLOCK_WRONG_BY)
const TrueDate = Date
let offset = 0

globalThis.Date = class extends TrueDate {
  constructor(...given) {
    if (given.length === 0) super(TrueDate.now() + offset)
    else super(...given)
  }
  static now() {
    return TrueDate.now() + offset
  }
}
process.on('SIGUSR2', () => (offset = offset === 0 ? wrongBy : 0))
