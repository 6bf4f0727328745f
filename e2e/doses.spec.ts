/** Corrections that reach beyond one dose: the same mistake on several, and a certificate that stands on the wrong one. */
import type { APIRequestContext, Page } from '@playwright/test'
import {
  anItem,
  certified,
  expect,
  get,
  giveReason,
  openForm,
  signIn,
  test,
  toCheck,
  updated,
  verifierAnswer,
  type Item,
} from './journey'
import { addOperator } from './product'
import { shot } from './shot'
import { findings } from './sound'

/** A person with certificates on these doses; answers their numbers by dose. */
async function person(request: APIRequestContext, doses: number[], first: Item = anItem()) {
  const certificates: Record<number, string> = {}
  for (const dose of doses) {
    const item = { ...first, vaccination: { ...first.vaccination, dose } }
    certificates[dose] = (await certified(request, item)).certificateId
  }
  return {
    code: first.preEnrollmentCode,
    item: first,
    certificates,
    at: (dose: number) => ({
      code: `${first.preEnrollmentCode}-${dose}`,
      certificateId: certificates[dose]!,
      item: { ...first, vaccination: { ...first.vaccination, dose } },
    }),
  }
}

const named = (item: Item, name: string): Item => ({ ...item, recipient: { ...item.recipient, name } })

async function correctName(page: Page, who: Awaited<ReturnType<typeof person>>, dose = 1) {
  await openForm(page, who.at(dose))
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
}

test.describe('the same mistake on several doses', () => {
  test.beforeEach(({ page }) => signIn(page))

  test('is corrected everywhere in one step, and each dose says what became of it', async ({ page, request }) => {
    const who = await person(request, [1, 2])
    await correctName(page, who)
    const second = page.getByRole('checkbox', { name: 'Also correct dose 2' })
    await expect(second).toBeChecked()
    await expect(page.getByText('5 of 5 updates left for dose 2')).toBeVisible()
    const changes = page.getByRole('table', { name: 'Changes to dose 2' })
    await expect(changes.getByRole('row', { name: /Full name/ }).locator('ins')).toHaveText('w')
    await shot(page, 'doses-check')
    await sound(page, 'check with another dose')
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Replace 2 certificates' }).click()

    await expect(page.getByRole('heading', { name: '2 certificates replaced' })).toBeVisible({ timeout: 30_000 })
    for (const dose of [1, 2]) {
      const outcome = page.getByRole('article', { name: `Dose ${dose}` })
      await expect(outcome).toContainText('4 of 5 updates left')
      await expect(outcome).toContainText('now verifies as replaced')
      expect(await verifierAnswer(request, who.certificates[dose]!)).toBe(200)
    }
    await shot(page, 'doses-done')
    await sound(page, 'several replaced')
    await page.reload()
    await expect(page.getByRole('article', { name: 'Dose 2' })).toContainText('Replaced')
    await page.getByRole('link', { name: 'Open dose 2' }).click()
    await expect(page.getByRole('heading', { name: 'Saraswathy T K' })).toBeVisible()
    await expect(page.getByText('4121MCO41').first()).toBeVisible()
  })

  test('stays on a dose that is not ticked', async ({ page, request }) => {
    const who = await person(request, [1, 2])
    await correctName(page, who)
    await page.getByRole('checkbox', { name: 'Also correct dose 2' }).uncheck()
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Replace the certificate' }).click()
    await expect(page.getByRole('heading', { name: 'Certificate replaced' })).toBeVisible({ timeout: 30_000 })
    expect(await verifierAnswer(request, who.certificates[1]!)).toBe(200)
    expect(await verifierAnswer(request, who.certificates[2]!)).toBe(404)
  })

  test('a dose that says something else is not ticked by itself; one that cannot be corrected says why', async ({
    page,
    request,
  }) => {
    const who = await person(request, [1])
    const other = { ...who.item, vaccination: { ...who.item.vaccination, dose: 2 } }
    await certified(request, named(other, 'S. Vathy'))
    const third = { ...who.item, vaccination: { ...who.item.vaccination, dose: 3 } }
    await certified(request, third)
    for (const name of ['A', 'B', 'C', 'D', 'Sarasvathy T K']) await updated(request, named(third, name))
    await correctName(page, who)
    await expect(page.getByRole('checkbox', { name: 'Also correct dose 2' })).not.toBeChecked()
    await expect(page.getByText('Dose 2 says something else now: full name.')).toBeVisible()
    await expect(page.getByRole('checkbox', { name: 'Also correct dose 3' })).toHaveCount(0)
    await expect(page.getByRole('listitem').filter({ hasText: 'Dose 3' })).toContainText('No updates left.')
    await shot(page, 'doses-check-reasons')
    await sound(page, 'check with reasons')
  })

  test('a dose that somebody corrected meanwhile stops everything, says which one, and is looked at again', async ({
    page,
    request,
  }) => {
    const who = await person(request, [1, 2])
    await correctName(page, who)
    await expect(page.getByRole('checkbox', { name: 'Also correct dose 2' })).toBeChecked()
    await updated(request, { ...who.at(2).item, vaccination: { ...who.at(2).item.vaccination, batch: '4121MC041' } })
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Replace 2 certificates' }).click()
    await expect(page.getByText('Nothing was sent, because of another dose')).toBeVisible()
    await expect(page.getByText('Dose 2 was corrected by somebody else meanwhile.')).toBeVisible()
    await expect(page.getByText('4 of 5 updates left for dose 2')).toBeVisible()
    const second = page.getByRole('checkbox', { name: 'Also correct dose 2' })
    await expect(second).not.toBeChecked()
    expect(await verifierAnswer(request, who.certificates[1]!)).toBe(404)
    await shot(page, 'doses-stale')
    await sound(page, 'another dose is stale')
    await second.check()
    await page.getByRole('button', { name: 'Replace 2 certificates' }).click()
    await expect(page.getByRole('heading', { name: '2 certificates replaced' })).toBeVisible({ timeout: 30_000 })
    const found = await (await get(request, `/v3/certificates?preEnrollmentCode=${who.code}`)).json()
    expect(found.lineages.map((one: { holderName: string }) => one.holderName)).toEqual(Array(2).fill('Saraswathy T K'))
  })

  test('nobody is asked when only the vaccination is corrected', async ({ page, request }) => {
    const who = await person(request, [1, 2])
    await openForm(page, who.at(1))
    await page.getByLabel('Batch').fill('4121MC041')
    await giveReason(page)
    await toCheck(page)
    await expect(page.getByRole('heading', { name: 'The person’s other doses' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Replace the certificate' })).toBeEnabled()
  })

  test('a dose that fails is told for itself', async ({ page, request }) => {
    const who = await person(request, [1, 2])
    await page.route('**/v3/transactions/*', async (route) => {
      const real = await route.fetch()
      const body = await real.json()
      const failure = { code: 'UNREADABLE_QR', message: 'The QR code could not be read.' }
      await route.fulfill({ response: real, json: body.dose === 2 ? { ...body, state: 'failed', failure } : body })
    })
    await correctName(page, who)
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Replace 2 certificates' }).click()
    await expect(page.getByRole('heading', { name: '1 of 2 certificates replaced' })).toBeVisible({ timeout: 30_000 })
    const failed = page.getByRole('article', { name: 'Dose 2' })
    await expect(failed).toContainText('The old certificate is still valid. This did not use an update.')
    await expect(failed.getByRole('button', { name: 'Try again' })).toBeVisible()
    await shot(page, 'doses-one-failed')
    await sound(page, 'one of two failed')
  })
})

test('the dose of another facility is named and closed', async ({ page, request }) => {
  const own = { ...anItem(), facility: { name: 'Maharagama MOH Office' } }
  const who = await person(request, [1], own)
  await certified(request, {
    ...own,
    facility: { name: 'MOH Gothatuwa' },
    vaccination: { ...own.vaccination, dose: 2, batch: 'SECRET' },
  })
  await signIn(page, await addOperator('MAH'))
  await openForm(page, { ...who.at(1), code: who.code })
  await page.getByLabel('Full name').fill('Saraswathy T K')
  await giveReason(page)
  await toCheck(page)
  await expect(page.getByRole('listitem').filter({ hasText: 'Dose 2' })).toContainText('Belongs to another facility.')
  await expect(page.getByText('SECRET')).toHaveCount(0)
})

test.describe('a move to another dose', () => {
  test.beforeEach(({ page }) => signIn(page))

  test('second dose recorded as first: moved, signed, followed; the old number is free', async ({ page, request }) => {
    const who = await person(request, [1])
    await openForm(page, { ...who.at(1), code: who.code })
    await page.getByRole('link', { name: 'Move to another dose' }).click()
    await expect(page.getByRole('heading', { name: 'Move to another dose' })).toBeVisible()
    await page.getByRole('button', { name: 'Check the move' }).click()
    const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await expect(summary.getByRole('link')).toHaveText([
      'Choose the dose that it really is',
      'Say who asked for the correction',
      'Say why the correction is needed',
    ])
    await shot(page, 'move-errors')
    await sound(page, 'move with errors')
    await summary.getByRole('link', { name: 'Choose the dose' }).click()
    await expect(page.getByRole('radio', { name: /Dose 2 of 2/ })).toBeFocused()
    await page.getByRole('radio', { name: /Dose 2 of 2/ }).check()
    await giveReason(page)
    await shot(page, 'move')
    await page.getByRole('button', { name: 'Check the move' }).click()

    await expect(page.getByRole('heading', { name: 'Check the move' })).toBeVisible()
    const dose = page.getByRole('row', { name: /Dose/ })
    await expect(dose.locator('del')).toHaveText('1')
    await expect(dose.locator('ins')).toHaveText('2')
    await expect(page.getByText('and dose 1 is free.')).toBeVisible()
    await shot(page, 'move-check')
    await sound(page, 'check of a move')
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Move it to dose 2' }).click()
    await expect(page.getByRole('heading', { name: 'Certificate moved to dose 2' })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('4 of 5 updates left')).toBeVisible()
    await shot(page, 'move-done')
    await sound(page, 'moved')
    expect(await verifierAnswer(request, who.certificates[1]!)).toBe(200)

    await page.getByRole('link', { name: 'Open the new certificate' }).click()
    await page.getByRole('link', { name: 'History' }).click()
    await expect(page.getByRole('heading', { name: 'Moved from dose 1 to dose 2' })).toBeVisible()
    await shot(page, 'move-history')
    await sound(page, 'history of a move')

    await test.step('the true first dose can be certified now', async () => {
      await certified(request, named(who.item, 'Sarasvathy T K the first'))
      const found = await (await get(request, `/v3/certificates?preEnrollmentCode=${who.code}`)).json()
      expect(found.lineages.map((one: { dose: number }) => one.dose)).toEqual([1, 2])
    })
  })

  test('numbers that are taken say why, and how two doses are exchanged', async ({ page, request }) => {
    const who = await person(request, [1, 2])
    await page.goto(`/certificates/${who.certificates[1]}/move`)
    const taken = page.getByRole('radio', { name: /Dose 2 of 2/ })
    await expect(taken).toBeDisabled()
    await expect(page.getByText('Taken: it has a certificate')).toBeVisible()
    await expect(page.getByText('Move one to a free number first, for example dose 3.')).toBeVisible()
    await shot(page, 'move-taken')
    await sound(page, 'move with a taken dose')
  })

  test('a dose that was taken meanwhile: told on the check page, and another can be chosen', async ({
    page,
    request,
  }) => {
    const who = await person(request, [1])
    await page.goto(`/certificates/${who.certificates[1]}/move`)
    await page.getByRole('radio', { name: /Dose 2 of 2/ }).check()
    await giveReason(page)
    await page.getByRole('button', { name: 'Check the move' }).click()
    await expect(page.getByRole('heading', { name: 'Check the move' })).toBeVisible()
    await certified(request, who.at(2).item)
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Move it to dose 2' }).click()
    await expect(page.getByText('That dose was taken meanwhile. Nothing was sent.')).toBeVisible()
    await shot(page, 'move-refused')
    await sound(page, 'move refused')
    await page.getByRole('link', { name: 'Choose another dose' }).click()
    await expect(page.getByRole('radio', { name: /Dose 2 of 2/ })).toBeDisabled()
    await page.getByRole('radio', { name: /Dose 3 \(booster\)/ }).check()
    await page.getByRole('button', { name: 'Check the move' }).click()
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Move it to dose 3' }).click()
    await expect(page.getByRole('heading', { name: 'Certificate moved to dose 3' })).toBeVisible({ timeout: 30_000 })
  })

  test('what was typed into the form goes with the move', async ({ page, request }) => {
    const who = await person(request, [1])
    await openForm(page, { ...who.at(1), code: who.code })
    await page.getByLabel('Batch').fill('4121MC041')
    await page.getByRole('link', { name: 'Move to another dose' }).click()
    await expect(page.getByText('Your other changes are sent with the move: Batch.')).toBeVisible()
    await page.getByRole('radio', { name: /Dose 2 of 2/ }).check()
    await giveReason(page)
    await page.getByRole('button', { name: 'Check the move' }).click()
    await page.getByRole('button', { name: 'Change Batch' }).click()
    await expect(page.getByText('The certificate also moves to dose 2 when you replace it.')).toBeVisible()
    await expect(page.getByLabel('Batch')).toHaveValue('4121MC041')
    await toCheckMove(page)
    await expect(page.getByRole('row', { name: /Batch/ })).toBeVisible()
    await page.getByRole('checkbox', { name: /I read the new details/ }).check()
    await page.getByRole('button', { name: 'Move it to dose 2' }).click()
    await expect(page.getByRole('heading', { name: 'Certificate moved to dose 2' })).toBeVisible({ timeout: 30_000 })
  })
})

for (const [size, viewport] of [
  ['desk', { width: 1280, height: 900 }],
  ['phone', { width: 360, height: 740 }],
] as const) {
  for (const colorScheme of [size === 'desk' ? 'light' : 'dark'] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme })

      test('the screens of several doses and of a move', async ({ page, request }) => {
        const name = (what: string) => `${what}-${size}-${colorScheme}`
        await signIn(page)
        const who = await person(request, [1, 2], anItem('වික්‍රමසිංහ Wickramasinghe-Jayawardena'))
        await correctName(page, who)
        await expect(page.getByRole('checkbox', { name: 'Also correct dose 2' })).toBeVisible()
        await shot(page, name('doses-check'))
        await sound(page, 'check')
        await page.getByRole('checkbox', { name: /I read the new details/ }).check()
        await page.getByRole('button', { name: /^Replace/ }).click()
        await expect(page.getByRole('heading', { name: /replaced$/ })).toBeVisible({ timeout: 30_000 })
        await shot(page, name('doses-done'))
        await sound(page, 'done')
        await page.getByRole('link', { name: 'Open dose 2' }).click()
        await page.getByRole('link', { name: 'Move to another dose' }).click()
        await page.getByRole('radio', { name: /Dose 3 \(booster\)/ }).check()
        await shot(page, name('move'))
        await sound(page, 'move')
      })
    })
  }
}

async function toCheckMove(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check the changes' }).click()
  await expect(page.getByRole('heading', { name: 'Check the move' })).toBeVisible()
}

/** No finding of axe, one h1, no sideways scrolling. */
async function sound(page: Page, what: string): Promise<void> {
  // What the bar at the top covers is no smaller for it.
  await page.evaluate(() => scrollTo(0, 0))
  expect(await findings(page), what).toEqual([])
  expect(await page.locator('h1').count(), `h1 of ${what}`).toBe(1)
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(wider, `${what} is wider than the window`).toBe(0)
}
