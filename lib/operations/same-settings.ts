/**
 * Settings that every process of a registry has to have alike, or what one accepts another would not, and a certificate would
 * say something else than the request. Each process says a mark of its own, and compares them with those of all that are alive.
 * Nothing is refused: a setting is changed by restarting one process after the other.
 */
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import type { Context } from '@/lib/certificates/context'
import type { Config } from '@/lib/config'
import { log, traceOf } from '@/lib/log'
import type { Check } from './checks'
import { metrics } from './metrics'
import { saidSettings, saySettings } from './store-settings'

type Asked = Pick<Context, 'db' | 'settings'>

const LOOK_EVERY_MS = 10_000

/** By the name under which it is set. */
const ALIKE: Record<string, (settings: Config) => unknown> = {
  ISSUER_NAME: ({ issuer }) => issuer.name,
  ISSUER_TIME_ZONE: ({ issuer }) => issuer.timeZone,
  CERTIFICATE_UPDATE_LIMIT: ({ updateLimit }) => updateLimit,
  CERTIFICATE_ID_DIGITS: ({ certificateIdDigits }) => certificateIdDigits,
  SIGNING_KEY_TYPE: ({ signing }) => signing.keyType,
  CERTIFICATE_DID: ({ credential }) => credential.did,
  CERTIFICATE_CONTROLLER_ID: ({ signing }) => signing.controller,
  CERTIFICATE_PUBKEY_ID: ({ signing }) => signing.publicKeyId,
  CERTIFICATE_NAMESPACE: ({ credential }) => credential.namespaceV1,
  CERTIFICATE_NAMESPACE_V2: ({ credential }) => credential.namespace,
  CERTIFICATE_ISSUER: ({ credential }) => credential.issuer,
  CERTIFICATE_BASE_URL: ({ credential }) => credential.baseUrl,
  CERTIFICATE_FEEDBACK_BASE_URL: ({ credential }) => credential.feedbackBaseUrl,
  CERTIFICATE_INFO_BASE_URL: ({ credential }) => credential.infoBaseUrl,
  FACILITY_COUNTRY_CODE: ({ credential }) => credential.facilityCountryCode,
  IDENTITY_REJECTION_PATTERN: ({ credential }) => credential.identityRejectionPattern,
  // Whether there is a broker at all: without one a process writes no messages for it.
  KAFKA_BOOTSTRAP_SERVERS: ({ kafka }) => kafka.brokers.length > 0,
  // A relay hands out no address and signs nothing.
  PUBLIC_URL: ({ roles, publicUrl }) => (String(roles) === 'relay' ? undefined : publicUrl),
}

/** What a process tells the others: enough to see that two differ. */
export function marksOf(settings: Config): Record<string, string> {
  const values = Object.entries(ALIKE).map(([name, valueOf]) => [name, valueOf(settings)] as const)
  const marked = values.filter(([, value]) => value !== undefined)
  return Object.fromEntries(marked.map(([name, value]) => [name, markOf(value)]))
}

/** The settings in which this process and others that are alive differ, and those others. */
export async function differences({ db, settings }: Asked): Promise<{ names: string[]; others: string[] }> {
  const ours = marksOf(settings)
  const names = new Set<string>()
  const others: string[] = []
  for (const { process, marks } of await saidSettings(db)) {
    // What the other does not know, a version before or a relay, it cannot have otherwise.
    const different = Object.keys(ours).filter((name) => marks[name] !== undefined && marks[name] !== ours[name])
    if (different.length > 0) others.push(process)
    for (const name of different) names.add(name)
  }
  return { names: [...names].sort(), others }
}

/** For /readyz, which anyone may ask: names of settings alone. */
export async function sameSettings(context: Asked): Promise<Check> {
  const { names } = await differences(context)
  return names.length === 0 ? { ok: true } : { ok: false, note: `other processes have another ${names.join(', ')}` }
}

/** Says this process's settings once and compares them; `before` is what the round before found. */
export async function lookOnce(context: Asked, before: string): Promise<string> {
  await saySettings(context.db, { process: nameOf(context.settings), marks: marksOf(context.settings) })
  const { names, others } = await differences(context)
  metrics.settingsDiffer.set(names.length)
  const found = names.join(', ')
  if (found === before) return found
  if (found === '') log().info('the other processes have the same settings again')
  else {
    const sentence = `other processes on this database have another ${found}: set the same everywhere and restart`
    log().error({ settings: names, others }, sentence)
  }
  return found
}

const kept = globalThis as typeof globalThis & { errataSettingsFollowed?: boolean }

/** Looks for as long as the process lives, however often it is called; it never keeps the process alive. */
export function followSettings(context: Asked): void {
  if (kept.errataSettingsFollowed) return
  kept.errataSettingsFollowed = true
  let found = ''
  let complained = false
  const look = async () => {
    try {
      found = await lookOnce(context, found)
      complained = false
    } catch (error) {
      if (!complained) log().warn(traceOf(error), 'the settings of the other processes are not known yet')
      complained = true
    }
    setTimeout(look, LOOK_EVERY_MS).unref()
  }
  void look()
}

/** Stays over a restart, so that what it said before with other settings counts no more. */
function nameOf({ roles, dataDir }: Config): string {
  return `${roles.join(',')} on ${hostname()} (${dataDir})`
}

function markOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16)
}
