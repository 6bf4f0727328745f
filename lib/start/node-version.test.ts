import { expect, test } from 'vitest'
import { complaintAbout } from './node-version.mjs'

test.each(['20.19.0', '20.20.2', '22.12.0', '22.20.1', '24.0.0', '25.1.0'])('Node %s is supported', (version) => {
  expect(complaintAbout(version)).toBeNull()
})

test.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.11.1'])(
  'Node %s gets a sentence that names it',
  (version) => {
    expect(complaintAbout(version)).toContain(`This is Node.js ${version}`)
  },
)
