/** The pages that are measured: those that people open daily, and what happens on them. */
import type { Page } from '@playwright/test'
import type { Control } from './watched'

/** What was made for the pages to show. */
export interface Material {
  certificateId: string
  code: string
  /** Signed text of the certificate. */
  signed: string
  link: string
  /** Asks the holder anew: a question can be opened for a minute, and by one device. */
  confirmation(): Promise<string>
}

export interface Screen {
  name: string
  path: (material: Material) => string | Promise<string>
  kind: 'operator' | 'public' | 'other'
  control: Control
  /** What people do there first, as far as it changes what is shown; ends when that is there. */
  then?: (page: Page, material: Material) => Promise<unknown>
}

const anything = { css: 'main a[href], main button, main input' }
const button = (text: string) => ({ css: 'button', text })

export const SCREENS: Screen[] = [
  { name: 'Sign in', path: () => '/sign-in', kind: 'operator', control: button('Sign in') },
  {
    name: 'Find',
    path: () => '/',
    kind: 'operator',
    control: button('Find'),
    then: async (page, { code, certificateId }) => {
      await page.getByLabel('Pre-enrollment code').fill(code)
      await page.keyboard.press('Enter')
      await page.waitForURL(`**/certificates/${certificateId}`)
      await page.getByRole('link', { name: 'Correct this certificate' }).waitFor()
    },
  },
  {
    name: 'Certificate',
    path: ({ certificateId }) => `/certificates/${certificateId}`,
    kind: 'operator',
    control: { css: 'a', text: 'Correct this certificate' },
  },
  {
    name: 'History',
    path: ({ certificateId }) => `/certificates/${certificateId}/history`,
    kind: 'operator',
    control: anything,
  },
  {
    name: 'Correct, then check',
    path: ({ certificateId }) => `/certificates/${certificateId}/correct`,
    kind: 'operator',
    control: { css: '#field-recipient-name' },
    then: async (page) => {
      await page.getByLabel('Full name').fill('Saraswathy T K')
      await page.getByRole('radio', { name: 'The holder', exact: true }).check()
      await page.getByRole('radio', { name: 'Our typing error' }).check()
      await page.getByRole('button', { name: 'Check the changes' }).click()
      await page.getByRole('button', { name: 'Replace the certificate' }).waitFor()
    },
  },
  { name: 'Today', path: () => '/today', kind: 'operator', control: anything },
  { name: 'Queue', path: () => '/queue', kind: 'operator', control: anything },
  { name: 'Bulk', path: () => '/bulk', kind: 'operator', control: anything },
  { name: 'New bulk run', path: () => '/bulk/new', kind: 'operator', control: anything },
  { name: 'Approvals', path: () => '/approvals', kind: 'operator', control: anything },
  { name: 'Recalls', path: () => '/recalls', kind: 'operator', control: anything },
  { name: 'New recall', path: () => '/recalls/new', kind: 'operator', control: anything },
  { name: 'People', path: () => '/administration/operators', kind: 'operator', control: anything },
  { name: 'Clients', path: () => '/administration/clients', kind: 'operator', control: anything },
  { name: 'Processes and queue', path: () => '/administration/queue', kind: 'operator', control: anything },
  { name: 'Types', path: () => '/administration/types', kind: 'operator', control: anything },
  { name: 'Account', path: () => '/account', kind: 'operator', control: anything },
  {
    name: 'Verify',
    path: () => '/verify',
    kind: 'public',
    control: button('Scan with the camera'),
    then: async (page, { signed }) => {
      await page.keyboard.press('Control')
      await page.evaluate((text) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text)
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, signed)
      await page.locator('[data-verdict]').waitFor()
    },
  },
  {
    name: 'Holder',
    path: ({ link }) => link,
    kind: 'public',
    control: button('Show my certificate'),
    then: async (page) => {
      await page.getByLabel('Day').fill('30')
      await page.getByLabel('Month').fill('1')
      await page.getByLabel('Year', { exact: true }).fill('1957')
      await page.getByRole('button', { name: 'Show my certificate' }).click()
      await page.getByRole('button', { name: 'Show the QR code' }).waitFor()
    },
  },
  {
    name: 'Confirm',
    path: ({ confirmation }) => confirmation(),
    kind: 'public',
    control: button('All of this is right'),
  },
  { name: 'Reference', path: () => '/docs', kind: 'other', control: anything },
]
