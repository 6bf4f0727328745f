/**
 * DIVOC's signing library as a program of its own, told what to do over IPC: `{ setting }` once, then `{ work: 'sign' |
 * 'verify', documents, atOnce, seconds }`; it answers `{ runs, cpuMicroseconds, result }`.
 */
// The library is CommonJS, and so is this.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const signer = require('certificate-signer-library/signer')

// It prints every certificate: what that costs is not what is compared.
console.log = console.info = () => {}

process.on('message', async ({ setting, work, documents, atOnce, seconds }) => {
  if (setting) {
    signer.setDocumentLoader(setting.contexts, setting.config)
    return process.send({ ready: true })
  }
  let next = 0
  const one = () => {
    const document = documents[next++ % documents.length]
    // It adds its proof to what it is given, and takes none off. A shallow copy is all that this needs.
    return work === 'sign' ? signer.signJSON({ ...document }) : signer.verifyJSON({ ...document })
  }
  try {
    const result = await one()
    const before = process.cpuUsage()
    const end = performance.now() + seconds * 1000
    let runs = 0
    for (; performance.now() < end; runs += atOnce) await Promise.all(Array.from({ length: atOnce }, one))
    const { user, system } = process.cpuUsage(before)
    process.send({ runs, cpuMicroseconds: user + system, result })
  } catch (error) {
    process.send({ error: error.stack })
  }
})
