/** JSON as people write it: short objects on one line, members in their order; and where in a text each value stands. Pure. */

/** What fits into this many characters stands on one line. */
const WIDTH = 120

/** Writes a value as JSON: two spaces for each level, and one line for what is short. The root is never one line. */
export function jsonText(value: unknown): string {
  return written(value, 0, 0, true)
}

function written(value: unknown, indent: number, before: number, root = false): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const line = oneLine(value)
  if (!root && indent + before + line.length <= WIDTH) return line
  const inner = ' '.repeat(indent + 2)
  const items = Array.isArray(value)
    ? value.map((item) => inner + written(item, indent + 2, 1))
    : members(value).map(([key, item]) => {
        const name = `${JSON.stringify(key)}: `
        return inner + name + written(item, indent + 2, name.length + 1)
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return items.length === 0 ? `${open}${close}` : `${open}\n${items.join(',\n')}\n${' '.repeat(indent)}${close}`
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  const inside = members(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`)
  return inside.length === 0 ? '{}' : `{ ${inside.join(', ')} }`
}

/** As JSON.stringify does: what is undefined is no member. */
function members(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined)
}

/** The lines of a JSON text, counted from 1. */
export interface Places {
  /** JSON Pointer -> line on which the value (of a member: its name) begins. */
  lines: Map<string, number>
  /** Where the text stops being JSON; null when it is JSON. */
  wrong: { line: number; message: string } | null
}

/** Reads where everything stands, as far as the text is JSON. */
export function placesIn(text: string): Places {
  const reader = new Reader(text)
  try {
    reader.document()
    return { lines: reader.lines, wrong: null }
  } catch (error) {
    if (!(error instanceof NoJson)) throw error
    return { lines: reader.lines, wrong: { line: reader.lineNow(), message: error.message } }
  }
}

/** The line of a place, or of what it is in. */
export function lineOf({ lines }: Places, pointer: string): number {
  for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
    const line = lines.get(place)
    if (line !== undefined) return line
  }
  return 1
}

class NoJson extends Error {}

const SPACE = /[ \t\r\n]*/y
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

class Reader {
  readonly lines = new Map<string, number>()
  private at = 0
  private line = 1

  constructor(private readonly text: string) {}

  lineNow(): number {
    return this.line
  }

  document(): void {
    this.space()
    this.value('')
    this.space()
    if (this.at < this.text.length) throw new NoJson('Something follows after the end of the document.')
  }

  private value(pointer: string): void {
    if (!this.lines.has(pointer)) this.lines.set(pointer, this.line)
    const sign = this.text[this.at]
    if (sign === '{') return this.list('}', () => this.member(pointer))
    if (sign === '[') {
      let index = 0
      return this.list(']', () => this.value(`${pointer}/${index++}`))
    }
    if (this.scalar() === null) throw new NoJson(this.expected('a value'))
  }

  private member(pointer: string): void {
    const line = this.line
    const name = this.text[this.at] === '"' ? this.scalar() : null
    if (name === null) throw new NoJson(this.expected('a name in quotes'))
    const key = (JSON.parse(name) as string).replaceAll('~', '~0').replaceAll('/', '~1')
    const place = `${pointer}/${key}`
    if (this.lines.has(place)) throw new NoJson(`${name} stands here twice.`)
    this.lines.set(place, line)
    this.space()
    this.sign(':')
    this.value(place)
  }

  private list(close: string, item: () => void): void {
    this.at += 1
    this.space()
    if (this.text[this.at] === close) return void (this.at += 1)
    for (;;) {
      item()
      this.space()
      if (this.text[this.at] === close) return void (this.at += 1)
      this.sign(',')
    }
  }

  private sign(sign: string): void {
    if (this.text[this.at] !== sign) throw new NoJson(this.expected(`"${sign}"`))
    this.at += 1
    this.space()
  }

  private scalar(): string | null {
    SCALAR.lastIndex = this.at
    const [found = null] = SCALAR.exec(this.text) ?? []
    if (found !== null) this.at += found.length
    return found
  }

  private space(): void {
    SPACE.lastIndex = this.at
    const [found = ''] = SPACE.exec(this.text) ?? []
    this.at += found.length
    for (const sign of found) if (sign === '\n') this.line += 1
  }

  private expected(what: string): string {
    const found = this.text.slice(this.at, this.at + 12).split('\n')[0]
    return found ? `Here ${what} is expected, not ${found}` : `Here ${what} is expected.`
  }
}
