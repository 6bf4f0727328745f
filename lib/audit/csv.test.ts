import { expect, test } from 'vitest'
import { csvLine } from './csv'

test.each([
  ['=1+1', "'=1+1"],
  ['=HYPERLINK("http://x.example","y")', `"'=HYPERLINK(""http://x.example"",""y"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
])('the CSV formula %j becomes a text', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
})

test('what is no formula stays as it is; commas, quotes and ends of lines are quoted', () => {
  expect(csvLine(['a', '1-1', 'O"Brien', 'x,y', 'two\nlines', ''])).toBe('a,1-1,"O""Brien","x,y","two\nlines",\r\n')
})
