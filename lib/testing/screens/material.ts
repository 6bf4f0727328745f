/** Signs in and makes what the pages show: a certificate, a link for its holder, a question to them. */
import type { Browser, BrowserContext } from '@playwright/test'
import { anItem } from '../an-item'
import type { Material } from './list'

export interface Place {
  address: string
  token: string
  operator: { username: string; password: string }
  stop(): Promise<void>
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** The cookies of an operator who has signed in. */
export async function signedIn(browser: Browser, { address, operator }: Place): Promise<State> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('Username').fill(operator.username)
  await page.getByLabel('Password', { exact: true }).fill(operator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Find a certificate' }).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

/** Certifies somebody new, and asks their holder about a correction. */
export async function made(browser: Browser, { address, token }: Place, state: State): Promise<Material> {
  const { request } = await browser.newContext({ storageState: state, baseURL: address })
  const system = { authorization: `Bearer ${token}` }
  const item = anItem()
  const asked = async (path: string, data: unknown, headers: Record<string, string> = {}) => {
    const answer = await request.post(path, { data, headers })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }
  const { results } = await asked('/v3/certify', [item], system)
  const { certificateId, transactionId } = results[0]
  for (let n = 0; n < 100; n++) {
    const answer = await request.get(`/v3/transactions/${transactionId}`, { headers: system })
    if ((await answer.json()).state === 'issued') break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const signed = await request.get(`/v3/certificates/${certificateId}.jsonld`, { headers: system })
  const { url } = await asked(`/v3/certificates/${certificateId}/links`, {}, system)
  const corrected = { ...item, recipient: { ...item.recipient, name: 'Saraswathy T K' } }
  const own = { origin: address }
  return {
    certificateId,
    code: item.preEnrollmentCode,
    signed: await signed.text(),
    link: new URL(url).pathname,
    confirmation: async () => {
      const { url } = await asked('/v3/confirmations', { corrections: [{ certificateId, item: corrected }] }, own)
      return new URL(url).pathname
    },
  }
}
