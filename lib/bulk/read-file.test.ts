import { describe, expect, test } from 'vitest'
import { readFile, type FileRow } from './read-file'

async function* bytesOf(file: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(file: string | Uint8Array): Promise<{ heads: string[] | null; rows: FileRow[] }> {
  const { heads, rows } = await readFile(bytesOf(file))
  const all: FileRow[] = []
  for await (const row of rows) all.push(row)
  return { heads, rows: all }
}

const why = (file: string | Uint8Array) =>
  read(file).then(
    () => 'read',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  )

describe('a CSV file', () => {
  test('is read with its mark, its line ends and whichever separator it has', async () => {
    for (const [sign, end] of [
      [',', '\n'],
      [';', '\r\n'],
      ['\t', '\r\n'],
    ]) {
      const file = `\uFEFF${['code', '"na""me"'].join(sign)}${end}${['1', '"a, b; c"'].join(sign)}${end}`
      expect(await read(file)).toEqual({
        heads: ['code', 'na"me'],
        rows: [{ row: 2, cells: { code: '1', 'na"me': 'a, b; c' }, problems: [] }],
      })
    }
  })

  test('keeps the letters of every script, also where the file is cut into pieces inside one', async () => {
    const { rows } = await read('name\nසරස්වති\n"கமலா\nதேவி"\n👩‍⚕️\n')
    expect(rows.map(({ row, cells }) => [row, cells.name])).toEqual([
      [2, 'සරස්වති'],
      [3, 'கமலா\nதேவி'],
      [4, '👩‍⚕️'],
    ])
  })

  test('in UTF-16 with its mark is read, in either order of bytes', async () => {
    const little = Buffer.from('\uFEFFcode,name\r\n1,සරස්වති\r\n', 'utf16le')
    for (const file of [little, Buffer.from(little).swap16()]) {
      expect((await read(file)).rows[0]!.cells).toEqual({ code: '1', name: 'සරස්වති' })
    }
  })

  test('in anything else is refused with the line, and with what to do', async () => {
    const latin = Buffer.concat([Buffer.from('code,name\n1,Ana\n2,Jos'), Buffer.from([0xe9]), Buffer.from('\n')])
    expect(await why(latin)).toMatch(/^INVALID_TEMPLATE: .*line 3 .*Windows-1252.*CSV UTF-8/)
    expect(await why(Buffer.from('code,name\n1,Ana\n', 'utf16le'))).toMatch(/UTF-16 without saying so/)
    expect(await why(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]))).toMatch(/This is a workbook/)
    expect(await why('')).toBe('INVALID_TEMPLATE: The file is empty.')
    expect(await why('\n \n')).toBe('INVALID_TEMPLATE: The file is empty.')
  })

  test('with a quotation mark that is not closed, or in the middle of a cell, is refused with the line', async () => {
    expect(await why('code,name\n1,"Ana\n2,Ben\n')).toMatch(/never closed/)
    expect(await why('code,name\n1,Ana\n2,"Be"n\n')).toMatch(/In line 3 letters follow/)
    expect(await why('code,name\n1,An"a\n')).toMatch(/In line 2 a quotation mark/)
    expect(await why(`code,name\n1,"${'x'.repeat(70_000)}\n`)).toMatch(/longer than 65536/)
  })

  test('loses no row: ragged ones are kept and said, empty ones counted by the numbers that are left out', async () => {
    const { rows } = await read('a,b\n1\n\n , \n2,3,4\n5,6\n')
    expect(rows).toEqual([
      {
        row: 2,
        cells: { a: '1', b: '' },
        problems: [expect.objectContaining({ message: 'This row has 1 cells, the header has 2.' })],
      },
      { row: 5, cells: { a: '2', b: '3', '…': '4' }, problems: [expect.objectContaining({ column: '' })] },
      { row: 6, cells: { a: '5', b: '6' }, problems: [] },
    ])
  })

  test('is read in pieces of any size, and refused where its first line never ends', async () => {
    const { rows } = await readFile(bytesOf(`a,b\n${'1,2\n'.repeat(100_000)}`, 1_000_000))
    let count = 0
    for await (const { row } of rows) count = row
    expect(count).toBe(100_001)
    expect(await why('x'.repeat(100_000))).toMatch(/first line is too long/)
  })

  test('a NUL is named by row and column and kept as a sign that can be stored', async () => {
    const { rows } = await read('a,b\n1,x\u0000y\n')
    expect(rows[0]).toMatchObject({ cells: { b: 'x\u2400y' }, problems: [{ column: 'b' }] })
  })

  test('a head that is the name of something of JavaScript is a head', async () => {
    const { rows } = await read('__proto__,constructor\n1,2\n')
    expect(Object.entries(rows[0]!.cells)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })
})

describe('JSON lines', () => {
  test('have their columns as members: texts, numbers, lists, null for empty', async () => {
    const { heads, rows } = await read('{"certificateId":"1","dose":2,"contact":["a","b"],"batch":null}\n\n{"x":"y"}')
    expect(heads).toBeNull()
    expect(rows).toEqual([
      { row: 1, cells: { certificateId: '1', dose: '2', contact: 'a, b', batch: '(empty)' }, problems: [] },
      { row: 3, cells: { x: 'y' }, problems: [] },
    ])
  })

  test('that are none are named one by one', async () => {
    const { rows } = await read('{"a":"1"}\n{"a":\n[1]\n{"a":{"b":1}}\n{"a":"x\\u0000"}\n{"a":"\\ud800"}\n')
    expect(rows.map(({ row, problems }) => [row, problems.map(({ message }) => message)])).toEqual([
      [1, []],
      [2, ['This line is no JSON.']],
      [3, ['This line is no JSON object.']],
      [4, ['This is neither a text nor a number.']],
      [5, [expect.stringContaining('NUL')]],
      [6, [expect.stringContaining('NUL')]],
    ])
  })
})
