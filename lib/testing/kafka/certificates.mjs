/** Certificates of brokers in tests, made on the spot with openssl: an authority, a server of it for loopback, and a stranger. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../start/run.mjs'

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']

/**
 * @param {string} folder where the files go
 * @returns paths: `authority` whom clients trust, `server` key and certificate of the brokers (PEM), `stranger` an authority
 *   that signed nothing
 */
export async function makeCertificates(folder) {
  const at = (name) => join(folder, name)
  const authority = async (name) => {
    const subject = ['-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE']
    await openssl(['req', '-x509', ...EC, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`), ...subject])
    return at(`${name}.pem`)
  }
  const [ca, stranger] = [await authority('authority'), await authority('stranger')]
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost'
  const signedBy = ['-CA', ca, '-CAkey', at('authority.key'), '-addext', 'basicConstraints=critical,CA:FALSE']
  const files = ['-keyout', at('server.key'), '-out', at('server.crt')]
  await openssl(['req', '-x509', ...EC, '-subj', '/CN=broker', '-addext', names, ...signedBy, ...files])
  writeFileSync(at('server.pem'), readFileSync(at('server.key'), 'utf8') + readFileSync(at('server.crt'), 'utf8'))
  return { authority: ca, server: at('server.pem'), stranger }
}

const openssl = (args) => run('openssl', 'openssl', args)
