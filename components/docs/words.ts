/** Sentences of the developers' documentation and of the lists of calls. What the API itself says stands in its description. */
import { withCommas } from '@/components/with-commas'
import type { Who } from '@/lib/developers/answers'

export const words = {
  title: 'Developer documentation',
  lead: 'Issue and correct health certificates from your own system. This page is made from the description that the API gives of itself.',
  header: 'For developers',
  description: 'OpenAPI description',
  typedClient: 'Typed client',
  signIn: 'Sign in',
  contents: 'Contents',
  showContents: 'Show the contents',
  hideContents: 'Hide the contents',
  filter: 'Find an endpoint',
  filterHint: 'Word, path or refusal code',
  found: (n: number) => (n === 0 ? 'Nothing has this in it.' : n === 1 ? '1 endpoint' : `${n} endpoints`),
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Mark the text and copy it: this browser does not allow it here.',
  linkTo: (title: string) => `Link to ${title}`,

  token: {
    title: 'Your access token',
    lead: 'Paste it to try endpoints on this page. It stays in the memory of this page alone: it is never stored, and gone when you close or reload the page.',
    label: 'Access token',
    use: 'Use this token',
    checking: 'Checking…',
    forget: 'Forget the token',
    missing: 'Paste a token first',
    wrong: 'This access token is not valid.',
    unreachable: 'No answer came. Check the connection, then try again.',
    using: 'The token of',
    sandbox: 'Sandbox',
    sandboxLead: 'What you send makes test certificates only.',
    real: 'Real certificates',
    realLead:
      'This is not the token of a sandbox client. What you send from this page is done for real: it certifies, replaces and spends updates.',
    where: 'Where do I get a token?',
    whereAnswer:
      'From the administrator of this installation: Administration, API clients, Add. Ask for a sandbox client to begin with.',
  },

  guide: {
    title: 'First steps',
    lead: 'Each command can be pasted into a terminal; all of them together take two minutes.',
    setupTitle: 'Get a token',
    setup:
      'Ask the administrator for an API client (Administration, API clients, Add). With a sandbox client you make test certificates: signed with a test key, watermarked, apart from the real ones. The token is shown once and goes into the header of every request.',
    see: 'You should see',
  },

  rules: {
    title: 'Good to know',
    repeat: {
      title: 'Sending again is safe',
      text: [
        'When no answer comes you cannot know what happened. Send the request again with the same `Idempotency-Key`: within 24 hours it gets the same answer and nothing is done twice. The same key with another body is refused with 422.',
        'Without a key a repetition is harmless too: what is there already with the same content answers `already_certified` or `unchanged` and spends nothing.',
      ],
    },
    wait: {
      title: 'Waiting for the certificate',
      text: [
        '`Prefer: wait=N` (RFC 7240, at most 30 seconds) on certify, update and transactions holds the answer back until everything is issued or failed. `Preference-Applied: wait` says that it was heeded, `state` in each result what became of it: `pending` means that the time was over first.',
        'It is a preference: when very many wait already, the answer comes at once without it. Then ask for the transaction.',
      ],
    },
    limits: (perMinute: string) => ({
      title: 'How often you may ask',
      text: [
        `${perMinute} Every answer says what is left: \`RateLimit\` and \`RateLimit-Policy\` (draft-ietf-httpapi-ratelimit-headers-11), and \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` as most programs read them today. Minutes are those of the clock.`,
        'One request too many is refused with 429 `TOO_MANY_REQUESTS` before anything is read or done. `Retry-After` says, in seconds, when to go on; with 503 it does too. Where several servers answer, up to a hundredth of the limit for each other server may be missing at the end of a minute; there is never more than the limit.',
      ],
    }),
    unlimited: 'This installation does not limit how often a source system may ask.',
    limited: (n: number) => `${withCommas(n)} requests a minute, unless your client was given another limit.`,
    batches: {
      title: 'Many at once',
      text: [
        'Certify and update take arrays of up to 500 items and 1 MiB. One refused item refuses the whole array, and `details` lists every reason of every item: put them right and send it again.',
        'A client record may say otherwise (`batch: each`): then good items are accepted with 200, bad ones answer `status: refused` in their place, and 412 `NOTHING_ACCEPTED` comes only when not one was good.',
      ],
    },
    ids: {
      title: 'Finding a request again',
      text: [
        'Every answer carries `X-Request-Id`, every refusal repeats it as `reference`. Send an `X-Request-Id` of your own (8 to 64 letters, digits, dots, dashes, underscores) and it is used instead. It stands in the log of the server and in the list of your last 50 calls.',
      ],
    },
    doors: {
      title: 'Coming from DIVOC',
      text: [
        'Everything below `/divoc/api` answers as DIVOC does: change the address and the token, and your system goes on. `/v1` is the first generation of the request. `/v3` is where new systems begin.',
      ],
    },
    client: {
      title: 'A client for your program',
      text: [
        'One TypeScript file without dependencies, made from this very description: types for every request, answer and refusal, retries that do nothing twice, and waiting until a certificate is issued.',
      ],
    },
  },

  endpoints: { title: 'Endpoints', lead: 'By topic. The contents find them by word, path or refusal code.' },
  answers: { title: 'Answers', lead: 'What all answers have in common.' },
  refusals: {
    title: 'All refusals',
    lead: 'The code is for your program, the sentence in the answer names the very reason. What passes by itself (429 and 503) says when to come back; everything else stays refused until the request changes.',
    code: 'Code',
    meaning: 'What it means and what to do',
  },
  headers: { title: 'Headers of answers', name: 'Header', description: 'What it says' },
  shapes: {
    title: 'Shapes',
    lead: 'What answers are made of. New members may be added: pass over what you do not know.',
  },

  endpoint: {
    who: {
      anyone: 'No token needed',
      caller: 'Access token',
      person: 'Signed-in people only',
    } satisfies Record<Who, string>,
    roles: (roles: readonly string[]) => `People: ${roles.join(', ')}`,
    twin: 'Takes the same and answers the same as',
    parameters: 'Parameters',
    body: 'Body',
    array: 'An array of these.',
    example: 'Example',
    answer: 'Answer',
    answersAs: 'As',
    refusals: 'Refusals',
    notChanged: 'What If-None-Match names is still right.',
    field: 'Field',
    type: 'Type',
    about: 'What it is',
    required: 'required',
    optional: 'optional',
    place: { path: 'in the path', query: 'in the query', header: 'header' },
    oneOf: (choices: string[]) => `One of ${choices.map((choice) => choice || '(empty)').join(', ')}`,
  },

  tryIt: {
    open: 'Try it',
    close: 'Close',
    title: (summary: string) => `Try it: ${summary}`,
    needsToken: 'Paste a token to send this.',
    accept: 'Answer as',
    body: 'Body (JSON)',
    notGiven: 'not given',
    missing: (name: string) => `Fill in ${name}`,
    send: 'Send',
    sendForReal: 'Send for real',
    sending: 'Sending…',
    asCurl: 'Copy as curl',
    asFetch: 'Copy as fetch',
    withToken: 'Write the token itself into what is copied',
    withTokenNote: 'Otherwise it stands there as $ERRATA_TOKEN.',
    answer: 'Answer',
    noAnswer: 'No answer came: nobody knows whether it was carried out.',
    requestId: 'Request id',
    copyRequestId: 'Copy the request id',
    headers: (n: number) => `${n} headers`,
    empty: 'Without a body.',
    picture: 'The picture that was answered',
    save: 'Save the file',
    took: (milliseconds: number) => `${withCommas(milliseconds)} ms`,
    size: (bytes: number) =>
      bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} kB`,
  },

  calls: {
    title: 'The last calls',
    crumb: 'API clients',
    cardLead: 'What it asked lately, and why it was refused.',
    open: 'Show the last calls',
    own: 'Your last calls',
    ownLead: 'What your token asked lately, and why it was refused. Nothing of what was sent is kept.',
    lead: 'The last 50, newest first; questions for this list are not in it. Nothing of what was sent is kept.',
    failuresOnly: 'Only what was refused or failed',
    live: 'Looks for new calls every few seconds',
    stale: 'New calls cannot be fetched now.',
    none: 'No calls yet.',
    noFailures: 'Nothing was refused among the last calls.',
    shown: (n: number) => (n === 1 ? '1 call' : `${n} calls`),
    reasons: (n: number) => (n === 1 ? '1 reason' : `${n} reasons`),
    item: (index: number) => `Item ${index + 1}`,
    copyId: (id: string) => `Copy the request id ${id}`,
    took: (milliseconds: number) => `${withCommas(milliseconds)} ms`,
    done: 'Done',
    unchanged: 'Not changed',
    refused: 'Refused',
    failed: 'Our fault',
  },
}
