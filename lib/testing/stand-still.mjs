/**
 * For `node --import`: the program stands still once it has run the SQL statement that STAND_STILL_AFTER is a part of, and
 * tells its parent "at sql". So the real worker can be killed between any two statements, without a hook in the product.
 */
import pg from 'pg'

const wanted = process.env.STAND_STILL_AFTER
const { query } = pg.Client.prototype
const stood = new Promise(() => setInterval(() => {}, 1000))

pg.Client.prototype.query = function (...args) {
  const [statement] = args
  const text = typeof statement === 'string' ? statement : statement?.text
  if (!text?.includes(wanted)) return query.apply(this, args)
  const answered = args.at(-1)
  // The pool asks with a callback, everything else with a promise.
  if (typeof answered === 'function') return query.apply(this, [...args.slice(0, -1), told])
  return query.apply(this, args).then(told)
}

function told() {
  process.send?.('at sql')
  return stood
}
