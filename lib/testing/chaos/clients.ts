/** The clients: each works off its steps, asks again where no answer came, and notes everything that was said. */
import type { Asked, Attempt, Entry } from './journal'
import { answerOf } from './journal'
import type { Step } from './plan'
import { codeOf, itemOf } from './requests'
import { pause, TOKEN } from './world'

const ANSWER_WITHIN_MS = 25_000
/** Longer than any fault lasts. */
const PATIENCE_MS = 90_000
const RETRY_AFTER_MS = 700

interface Sending {
  step: Step
  /** Which of the simultaneous ones. */
  twin: number
  kind: Entry['kind']
  method: string
  path: string
  items: Asked[]
  body: unknown
  ifMatch: string | null
}

/** Sends the steps to the web servers; answers what was asked and said, in the order of the steps. */
export class Load {
  readonly entries: Entry[] = []
  /** Steps that named a certificate nobody had heard of yet. */
  skipped = 0
  /** Numbers heard of each person, the newest last. */
  private readonly heard = new Map<string, string[]>()

  constructor(
    private readonly seed: number,
    private readonly urls: string[],
    private readonly began: number,
  ) {}

  /** Works off the steps of all clients; a step waits for its time and for the client's one before. */
  async run(steps: Step[]): Promise<void> {
    const clients = new Set(steps.map(({ client }) => client))
    await Promise.all(
      [...clients].map(async (client) => {
        for (const step of steps.filter((one) => one.client === client)) {
          await pause(this.began + step.at - Date.now())
          await this.take(step)
        }
      }),
    )
    this.entries.sort((a, b) => a.n - b.n)
  }

  private async take(step: Step): Promise<void> {
    const sendings = this.sendingsOf(step)
    if (sendings.length === 0) this.skipped++
    await Promise.all(sendings.map((sending) => this.send(sending)))
  }

  private sendingsOf(step: Step): Sending[] {
    const { n, action, subjects, times } = step
    const codes = subjects.map((subject) => codeOf(this.seed, subject))
    const of = (twin: number) => codes.map((code, i) => ({ code, mark: `S${n}.${twin}.${i}` }))
    if (action === 'revoke' || action === 'suspend' || action === 'lift') {
      const id = this.heard.get(codes[0]!)?.at(-1)
      if (!id) return []
      const body = { reason: { cause: 'other', note: `S${n}` } }
      const path = `/v3/certificates/${id}/${action}`
      return [{ step, twin: 0, kind: 'state', method: 'POST', path, items: [], body, ifMatch: null }]
    }
    const update = action === 'update' || action === 'race'
    return Array.from({ length: times }, (_, twin): Sending => {
      const items = of(twin)
      const good = items.map(itemOf)
      const body = action === 'wrong' ? [{ ...good[0], recipient: { name: '' } }, ...good.slice(1)] : good
      const known = this.heard.get(codes[0]!) ?? []
      const ifMatch = step.ifMatch === 'newest' ? known.at(-1) : step.ifMatch === 'old' ? known.at(-2) : undefined
      return {
        ...{ step, twin, items, body, ifMatch: ifMatch ?? null },
        kind: action === 'wrong' ? 'wrong' : update ? 'update' : 'certify',
        method: update ? 'PUT' : 'POST',
        path: update ? '/v3/certificate' : '/v3/certify',
      }
    })
  }

  /** Asks until there is an answer, or once where the client has no patience; and once more where the step wants it. */
  private async send(sending: Sending): Promise<void> {
    const { step, twin, kind, method, path, items, ifMatch } = sending
    const key = step.keyed ? `S${step.n}.${twin}` : null
    const entry: Entry = { n: step.n, kind, method, path, items, key, ifMatch, attempts: [] }
    this.entries.push(entry)
    const until = Date.now() + PATIENCE_MS
    do {
      await this.attempt(entry, sending, twin)
      if (answerOf(entry)) break
      await pause(RETRY_AFTER_MS)
    } while (step.patient && Date.now() < until)
    const answer = answerOf(entry)
    if (answer?.status === 200) this.hear(answer)
    if (answer && step.repeated) await this.attempt(entry, sending, twin)
  }

  private async attempt(entry: Entry, { step, body, method, path, ifMatch }: Sending, twin: number): Promise<void> {
    const web = (step.n + twin + entry.attempts.length) % this.urls.length
    const at = Date.now()
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      ...(entry.key ? { 'idempotency-key': entry.key } : {}),
      ...(ifMatch ? { 'if-match': `"${ifMatch}"` } : {}),
    }
    const attempt: Attempt = { at: at - this.began, ms: 0, web, status: null }
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
      const response = await fetch(this.urls[web] + path, { method, headers, body: JSON.stringify(body), signal })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.startsWith('application/json')
      attempt.body = isJson ? JSON.parse(text) : text
      attempt.status = response.status
      if (response.status !== 200) attempt.code = attempt.body.code
    } catch (error) {
      attempt.code = lostAs(error)
    }
    attempt.ms = Date.now() - at
    entry.attempts.push(attempt)
  }

  private hear({ body }: Attempt): void {
    for (const { preEnrollmentCode, certificateId } of body.results ?? []) {
      const known = this.heard.get(preEnrollmentCode) ?? []
      if (known.at(-1) !== certificateId) known.push(certificateId)
      this.heard.set(preEnrollmentCode, known)
    }
  }
}

/** How an answer got lost, in a word. */
function lostAs(error: unknown): string {
  const { name, cause } = error as Error & { cause?: { code?: string } }
  return cause?.code ?? name
}
