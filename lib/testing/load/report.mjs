/** What is said of a load: a line for each measurement as it ends, one table and the conclusions when all have. */
import { cpus, totalmem } from 'node:os'
import { say } from '../../start/progress.mjs'

/** A rate is sustained when the last certificate is there so soon after the last request. */
const BEHIND_MS = 1000

/** @param {string} command as it stands above the table */
export function loadReport(command) {
  const rows = []
  const conclusions = []
  let lost = 0
  return { note, conclude, print, lost: () => lost }

  function note(where, what, clients, rate, run) {
    lost += run.lost
    const ms = (quantiles) => (quantiles ? `${quantiles.p50.toFixed(0)} / ${quantiles.p99.toFixed(0)}` : '–')
    const ok = ((100 * run.issued) / run.sent).toFixed(run.issued === run.sent ? 0 : 2)
    rows.push([
      ...[where, what, clients, rate, run.issuedPerSecond.toFixed(0), ms(run.acceptedMs), ms(run.issuedMs)],
      ...[run.sent, run.issued, run.refused + run.failed, run.unanswered, run.lost, `${ok} %`].map(String),
      cpuText(run.cpu),
    ])
    say(
      `  ${what}, ${clients} clients, ${rate}: ${run.issuedPerSecond.toFixed(0)} issued/s, issued in ${ms(run.issuedMs)} ms`,
    )
    if (run.cpu) say(`    CPU ms of each: ${cpuText(run.cpu)} (PostgreSQL: ${kindsText(run.cpu)})`)
    for (const [code, count] of run.codes) say(`    ${count} × ${code}`)
  }

  /** One sentence on whether the target is kept: everything issued, and nothing piled up until the last request. */
  function conclude(target, items, most, half, full) {
    const kept = full.issued === full.sent && full.behindMs <= BEHIND_MS
    const ms = ({ p50, p99 }) => `${p50.toFixed(0)} / ${p99.toFixed(0)} ms`
    conclusions.push(
      `- ${items === 1 ? 'Each by itself' : `${items} in a request`}: at most ${most.issuedPerSecond.toFixed(0)} issued a second; ` +
        `${target} a second ${kept ? 'sustained' : `not sustained (the last came ${(full.behindMs / 1000).toFixed(1)} s late)`}; ` +
        `at ${target / 2} a second accepted within ${half.acceptedMs ? ms(half.acceptedMs) : '–'} (p50 / p99), ` +
        `issued within ${half.issuedMs ? ms(half.issuedMs) : '–'}.`,
    )
  }

  function print() {
    const [{ model }] = cpus()
    const gib = Math.round(totalmem() / 2 ** 30)
    const machine = `${cpus().length} × ${model.trim()}, ${gib} GiB, Node ${process.versions.node}`
    const head = [
      'installation',
      'requests',
      'clients',
      'certificates asked for a second',
      'issued a second',
      'accepted ms p50 / p99',
    ]
    head.push('issued ms p50 / p99', 'sent', 'issued', 'refused or failed', 'unanswered', 'lost', 'issued of sent')
    head.push('CPU ms of each: web / worker / PostgreSQL / the load')
    const line = (cells) => `| ${cells.join(' | ')} |`
    const day = new Date().toISOString().slice(0, 10)
    say(`\n\`${command}\`, ${day}, ${machine}; the load comes from the same machine.\n`)
    say([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'))
    if (conclusions.length > 0) say(`\n${conclusions.join('\n')}`)
  }
}

function cpuText(cpu) {
  if (!cpu) return '–'
  return [cpu.web, cpu.worker, cpu.database, cpu.load].map((ms) => ms.toFixed(1)).join(' / ')
}

function kindsText({ kinds }) {
  const spent = Object.entries(kinds).filter(([, ms]) => ms >= 0.01)
  return spent.map(([kind, ms]) => `${kind} ${ms.toFixed(2)}`).join(', ')
}
