import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { PasswordField } from './password-field'

const drawn = (shown: boolean) =>
  renderToStaticMarkup(
    createElement(PasswordField, { id: 'x', label: 'Password', autoComplete: 'new-password', shown, problems: [] }),
  )

test('passwords are hidden until somebody wants to see them', () => {
  expect(drawn(false)).toContain('type="password"')
  expect(drawn(true)).toContain('type="text"')
})

test('nothing keeps anybody from pasting, nor a password manager from filling in', () => {
  expect(drawn(false)).toContain('autoComplete="new-password"')
  const folders = ['password', 'sign-in', 'account', 'proof'].map((name) => join(import.meta.dirname, '..', name))
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  expect(texts.length).toBeGreaterThan(10)
  for (const text of texts) expect(text).not.toMatch(/onPaste|onCopy|autoComplete="off"|readOnly=\{/)
})
