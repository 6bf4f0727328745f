/** First steps for a developer: what to do, the command that does it, and what it prints. A test runs every command. */

export interface GuideStep {
  id: string
  title: string
  /** Paragraphs. What stands between backticks is code. */
  text: string[]
  /** For a POSIX shell, one after the other in the same one. */
  command: string
  /** What can be seen in the output when it worked. */
  see: string[]
}

/** Before the first step: the address and the token. Not run by the test, which has its own. */
export function guideSetup(address: string): string {
  return [
    `export ERRATA_URL=${address}`,
    '# paste the token and press Enter: this way it is not kept in the history of your shell',
    'read -rs ERRATA_TOKEN && export ERRATA_TOKEN',
  ].join('\n')
}

/** How the typed client is used; a test compiles it. */
export const CLIENT_USAGE = `import { env } from 'node:process'
import { Errata, isRefusal } from './client.ts' // curl -o client.ts $ERRATA_URL/docs/client.ts

const errata = new Errata({ baseUrl: env.ERRATA_URL!, token: env.ERRATA_TOKEN! })
const { results } = await errata.certify({ body: [item], wait: 30 })
const { certificateId } = await errata.issued(results[0]!.transactionId!)
const page = await errata.certificateFile({ params: { certificateId, extension: 'pdf' } })
try {
  await errata.updateCertificates({ body: [corrected], headers: { 'if-match': \`"\${certificateId}"\` } })
} catch (error) {
  if (isRefusal(error, 'updateCertificates') && error.code === 'STALE_VERSION') console.log('Somebody was faster.')
  else throw error
}`

export const GUIDE: readonly GuideStep[] = [
  {
    id: 'certify',
    title: 'Certify',
    text: [
      'Send an array of items. All of them are accepted, or none. The answer comes after everything is stored: the number of the certificate is final, and nothing that was accepted is ever lost.',
      'Issuing happens right after. With `Prefer: wait=10` the answer is held back until it is done, at most ten seconds: look for `"state":"issued"`.',
    ],
    command: `CODE="FIRST-$(date +%s)-$$"
cat > item.json <<JSON
[{
  "preEnrollmentCode": "$CODE",
  "recipient": {
    "name": "Sarasvathy T K", "dob": "1957-01-30", "gender": "Female", "nationality": "Sri Lankan",
    "identity": "571304456V", "contact": ["tel:0771234567"]
  },
  "vaccination": {
    "name": "Covishield", "manufacturer": "Serum Institute of India", "batch": "4121MC041",
    "date": "2021-10-17T13:10", "effectiveStart": "2021-10-31", "effectiveUntil": "2030-10-31",
    "dose": 1, "totalDoses": 2
  },
  "vaccinator": { "name": "Bartjan Verduijn" },
  "facility": { "name": "MOH Gothatuwa" }
}]
JSON
curl -sS "$ERRATA_URL/v3/certify" \\
  -H "Authorization: Bearer $ERRATA_TOKEN" -H 'Content-Type: application/json' \\
  -H 'Prefer: wait=10' --data-binary @item.json | tee answer.json; echo`,
    see: ['"status":"accepted"', '"state":"issued"', '"updatesRemaining":5'],
  },
  {
    id: 'follow',
    title: 'Follow a transaction',
    text: [
      'Every accepted item has a transaction. It is `pending`, then `issued` or `failed` with the reason; what failed has spent no update. Ask again, or let the answer wait here too.',
    ],
    command: `TRANSACTION=$(sed -n 's/.*"transactionId":"\\([^"]*\\)".*/\\1/p' answer.json)
NUMBER=$(sed -n 's/.*"certificateId":"\\([^"]*\\)".*/\\1/p' answer.json)
curl -sS "$ERRATA_URL/v3/transactions/$TRANSACTION" \\
  -H "Authorization: Bearer $ERRATA_TOKEN" -H 'Prefer: wait=10'; echo`,
    see: ['"state":"issued"', '"signatureVerified":true'],
  },
  {
    id: 'update',
    title: 'Correct it',
    text: [
      'Send the whole record again with what was wrong put right. A new certificate with a new number replaces the old one; each may be replaced only so often, and the answer says how often still.',
      '`Idempotency-Key` makes a repetition harmless: the same key gets the same answer for 24 hours. `If-Match` with the number you started from refuses the update when somebody else was faster.',
    ],
    command: `sed 's/Sarasvathy/Saraswathy/' item.json > corrected.json
curl -sS -X PUT "$ERRATA_URL/v3/certificate" \\
  -H "Authorization: Bearer $ERRATA_TOKEN" -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: correct-$CODE" -H "If-Match: \\"$NUMBER\\"" -H 'Prefer: wait=10' \\
  --data-binary @corrected.json | tee updated.json; echo
NEW_NUMBER=$(sed -n 's/.*"certificateId":"\\([^"]*\\)".*/\\1/p' updated.json)`,
    see: ['"before":"Sarasvathy T K"', '"after":"Saraswathy T K"', '"updatesRemaining":4', '"state":"issued"'],
  },
  {
    id: 'page',
    title: 'Get the page and the QR code',
    text: [
      'The same certificate in all its forms: `.pdf` the page, `.png` and `.svg` the QR code, `.jsonld` the credential exactly as signed, `.json` what the registry knows.',
    ],
    command: `curl -sS "$ERRATA_URL/v3/certificates/$NEW_NUMBER.pdf" -H "Authorization: Bearer $ERRATA_TOKEN" -o certificate.pdf
head -c 5 certificate.pdf; echo`,
    see: ['%PDF-'],
  },
  {
    id: 'replaced',
    title: 'See that the old one is replaced',
    text: [
      'From the moment the new certificate exists the old one is `superseded`, and verifiers hear so: `POST /v1/certificate/revoked` answers anyone, without a token. Only test certificates are unknown to verifiers.',
    ],
    command: `for ONE in "$NUMBER" "$NEW_NUMBER"; do
  curl -sS "$ERRATA_URL/v3/certificates/$ONE" -H "Authorization: Bearer $ERRATA_TOKEN" | cut -c 1-100
done`,
    see: ['"state":"superseded"', '"state":"current"'],
  },
  {
    id: 'refusals',
    title: 'Read a refusal',
    text: [
      'Every refusal has a `code` for your program and a sentence for a person. `details` names each item and field, as a JSON Pointer inside the item. `reference` is the id of the request: it finds the call again.',
    ],
    command: `sed 's/1957-01-30/30 January/' item.json |
  curl -sS -X PUT "$ERRATA_URL/v3/certificate" \\
    -H "Authorization: Bearer $ERRATA_TOKEN" -H 'Content-Type: application/json' --data-binary @-; echo`,
    see: ['"code":"VALIDATION_ERROR"', '"path":"/recipient/dob"', '"reference":'],
  },
  {
    id: 'dry-run',
    title: 'Ask without doing',
    text: ['`?dryRun=true` answers the same, with every refusal and every warning, and writes nothing.'],
    command: `curl -sS -X PUT "$ERRATA_URL/v3/certificate?dryRun=true" \\
  -H "Authorization: Bearer $ERRATA_TOKEN" -H 'Content-Type: application/json' --data-binary @item.json; echo`,
    see: ['"dryRun":true', '"certificateId":null'],
  },
  {
    id: 'calls',
    title: 'Look at your last calls',
    text: [
      'What was refused and why, with the ids of the requests. The same list is on this page, and your administrator sees it too. Nothing of what you sent is kept in it.',
    ],
    command: `curl -sS "$ERRATA_URL/v3/calls" -H "Authorization: Bearer $ERRATA_TOKEN"; echo`,
    see: ['"code":"VALIDATION_ERROR"', '"route":"/v3/certificate"'],
  },
]
