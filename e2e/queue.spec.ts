/** The queue on a screen: what is held up is tried again, one and all, and given up; what failed is asked for again. */
import { anItem, certified, expect, signIn, test } from './journey'
import { addFailure, addHeldUp, addOperator, OPERATOR } from './product'
import { shot } from './shot'
import { sound } from './sound'

const AT_MAHARAGAMA = { facility: { name: 'Maharagama MOH Office' } }

test('what is held up is seen with its reason, tried again, one and all, and given up by an administrator', async ({
  page,
  request,
}) => {
  test.setTimeout(120_000)
  const people = await Promise.all([1, 2, 3].map(() => certified(request, { ...anItem(), ...AT_MAHARAGAMA })))
  const [one, second, third] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]]
  for (const { certificateId } of people) await addHeldUp(certificateId, 'Saraswathy T K')
  const failed = await certified(request, { ...anItem(), ...AT_MAHARAGAMA })
  await addFailure(failed.certificateId, 'Saraswathy T K', OPERATOR.username)

  await signIn(page, OPERATOR, '/administration/queue')
  const held = page.getByRole('button', { name: /^Held up/ })
  await expect(held).toHaveAttribute('aria-pressed', 'true')
  const requests = page.getByRole('region', { name: /^Requests/ })
  const entryOf = ({ code }: { code: string }) => requests.getByRole('listitem').filter({ hasText: code })
  await expect(entryOf(one)).toContainText('The signing service does not sign')
  await expect(entryOf(one)).toContainText('7 attempts')
  await expect(page.getByRole('region', { name: 'Workers and messages' })).toContainText(/workers? (is|are) alive/)
  await sound(page, 'queue')
  await shot(page, 'queue')
  await page.setViewportSize({ width: 360, height: 740 })
  await sound(page, 'queue on a phone')
  await shot(page, 'queue-phone')
  await page.emulateMedia({ colorScheme: 'dark' })
  await sound(page, 'queue on a phone, dark')
  await shot(page, 'queue-phone-dark')
  await page.setViewportSize({ width: 1280, height: 800 })
  await shot(page, 'queue-dark')
  await page.emulateMedia({ colorScheme: 'light' })

  // One is tried again: a worker takes it, and it is gone by itself.
  await page.getByRole('button', { name: `Try again: ${one.code}` }).click()
  await expect(page.getByText('A worker takes it now.')).toBeVisible()
  await expect(entryOf(one)).toHaveCount(0)

  // One is given up, after a question.
  await page.getByRole('button', { name: `Give up: ${second.code}` }).click()
  await expect(page.getByRole('alertdialog')).toContainText('Give this request up?')
  await shot(page, 'queue-give-up')
  await page.getByRole('button', { name: 'Give it up' }).click()
  await expect(page.getByText('Given up.')).toBeVisible()
  await expect(entryOf(second)).toHaveCount(0)

  // All of the reason, with the keyboard.
  await page.getByRole('button', { name: 'Try all again: The signing service does not sign' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toContainText('again now?')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText(/requests? (is|are) tried again\./)).toBeVisible()
  await expect(entryOf(third)).toHaveCount(0)
})

test('an operator comes from the list of a day, sees the own facility’s failures, and asks for one again', async ({
  page,
  request,
}) => {
  const clerk = await addOperator('MAH', ['operator'])
  const failed = await certified(request, { ...anItem(), ...AT_MAHARAGAMA })
  await addFailure(failed.certificateId, 'Saraswathy T K', OPERATOR.username)
  await signIn(page, clerk, '/today')
  await page.getByRole('navigation', { name: 'More of the day' }).getByRole('link', { name: 'Queue' }).click()
  await page.getByRole('button', { name: /^Failed/ }).click()
  const entry = page.getByRole('listitem').filter({ hasText: failed.code })
  await expect(entry).toContainText('could not be read back')
  await expect(page.getByRole('button', { name: /^Give up/ })).toHaveCount(0)
  await sound(page, 'queue of an operator')
  await shot(page, 'queue-operator')
  await page.getByRole('button', { name: `Try again: ${failed.code}` }).click()
  await expect(page.getByText('Asked for again: the new certificate is being signed.')).toBeVisible()
  await expect(entry).toHaveCount(0)

  // The registry is away: what was there stays, and says how old it is.
  await page.route('**/v3/queue*', (route) => route.abort())
  await expect(page.getByText(/The registry does not answer/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: /^Waiting/ })).toBeVisible()
  await shot(page, 'queue-stale')
  await page.unroute('**/v3/queue*')
  await expect(page.getByText(/The registry does not answer/)).toBeHidden({ timeout: 30_000 })
})
