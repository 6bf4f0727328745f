/**
 * For `node --import`: a machine whose clock is SHIFT_HOURS off, and jumps by as much again each time it is told "jump". The
 * monotonic clock goes on, as it does on a real one.
 */
let shift = Number(process.env.SHIFT_HOURS) * 60 * 60_000
const step = shift
process.on('message', (message) => {
  if (message === 'jump') shift += step
})
process.channel?.unref()

const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + shift] : args))
  }

  static now() {
    return RealDate.now() + shift
  }
}
