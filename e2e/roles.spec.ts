/** Everybody sees what their roles allow, and nothing else; a page that is not theirs says so kindly. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { anItem, certified } from './journey'
import { addOperator } from './product'
import { shot } from './shot'
import { sound } from './sound'

async function personWith(browser: Browser, ...roles: string[]): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  const { username, password } = await addOperator(roles.includes('operator') ? 'MAH' : null, roles)
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: /^Account/ })).toBeVisible()
  return page
}
const ways = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link')

test('an operator corrects and does not cancel, an administrator and an auditor see no certificate, each in their own pages', async ({
  browser,
  request,
}) => {
  const { certificateId, code } = await certified(request, { ...anItem(), facility: { name: 'Maharagama MOH Office' } })

  const operator = await personWith(browser, 'operator')
  await expect(ways(operator)).toHaveText([/^Today/, /^Recalls/, /^Bulk/, /^Requests/])
  await operator.goto(`/certificates/${certificateId}`)
  await expect(operator.getByRole('link', { name: 'Correct this certificate' })).toBeVisible()
  await expect(operator.getByRole('link', { name: /Cancel|Suspend/ })).toHaveCount(0)
  await operator.goto(`/certificates/${certificateId}/cancel`)
  await expect(operator.getByRole('heading', { name: 'Only for supervisors' })).toBeVisible()

  const administrator = await personWith(browser, 'administrator')
  await expect(administrator).toHaveURL('/administration/operators')
  await expect(ways(administrator)).toHaveText(['Administration'])
  await expect(administrator.getByLabel('Find by pre-enrollment code')).toHaveCount(0)
  await administrator.goto(`/certificates/${certificateId}`)
  await expect(
    administrator.getByRole('heading', { name: 'Only for operators and supervisors and auditors' }),
  ).toBeVisible()
  await expect(administrator.getByText(code)).toHaveCount(0)
  await sound(administrator, 'a page that is not theirs')
  await shot(administrator, 'roles-not-theirs')

  const auditor = await personWith(browser, 'auditor')
  await ways(auditor).getByText('Audit log').click()
  await expect(auditor.getByRole('heading', { level: 1, name: 'Audit log' })).toBeVisible()
  await auditor.goto('/administration/operators')
  await expect(auditor.getByRole('heading', { name: 'Only for administrators' })).toBeVisible()
  await auditor.goto(`/certificates/${certificateId}`)
  await expect(auditor.getByRole('heading', { name: 'Belongs to another facility' })).toBeVisible()
  await shot(auditor, 'roles-auditor')
})
