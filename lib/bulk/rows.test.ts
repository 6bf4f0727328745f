import { describe, expect, test } from 'vitest'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import { columnsOf, meant, neededColumns, valueOfCell } from './columns'
import { certifyItem, columnAt, correctionOf, withSet } from './rows'

/** The heads of DIVOC's files, in their order. */
const DIVOC =
  'recipientName,recipientMobileNumber,recipientDOB,recipientAge,recipientGender,recipientNationality,recipientIdentity,recipientAddressLine1,recipientAddressLine2,recipientDistrict,recipientState,recipientPincode,vaccinationBatch,vaccinationDate,vaccinationDose,vaccinationTotalDoses,vaccinationEffectiveStart,vaccinationEffectiveEnd,vaccinationManufacturer,vaccinationName,vaccinatorName,facilityName,facilityAddressLine1,facilityAddressLine2,facilityDistrict,facilityState,facilityPincode'

describe('the columns of a type', () => {
  test('of vaccination certificates begin with those of DIVOC', () => {
    const heads = columnsOf(VACCINATION).map(({ head }) => head)
    expect(heads.slice(0, 27).join()).toBe(DIVOC)
    expect(heads).toHaveLength(31)
  })

  test('are all fields in order, by path, where the type names none', () => {
    const { csv: _none, ...type } = VACCINATION
    expect(
      columnsOf(type)
        .map(({ head }) => head)
        .slice(0, 2),
    ).toEqual(['recipient.name', 'recipient.dob'])
    expect(neededColumns(type)).toContain('facility.name')
  })

  test('that no row can do without are those of required fields, and the code', () => {
    expect(neededColumns(VACCINATION)).toEqual([
      ...['preEnrollmentCode', 'recipientName', 'recipientMobileNumber', 'recipientNationality', 'recipientIdentity'],
      ...['vaccinationDate', 'vaccinationDose', 'vaccinationTotalDoses', 'vaccinationEffectiveStart'],
      ...['vaccinationEffectiveEnd', 'vaccinationManufacturer', 'vaccinationName', 'facilityName'],
    ])
  })
})

describe('a cell', () => {
  test('that begins like a formula is none, unless it is a number or says that it is a text', () => {
    for (const formula of ['=1+1', '@SUM(A1)', '+cmd|x', '-A1', '＝1', '＠x']) expect(meant(formula)).toBeNull()
    for (const text of ['+94771234567', '-', '-5', '+94 (77) 123-45', 'a=b']) expect(meant(text)).toBe(text)
    expect(meant("'=1+1")).toBe('=1+1')
    expect(meant("'tis")).toBe("'tis")
    expect(meant('  x ')).toBe('x')
  })

  test('is read as its field is', () => {
    expect(valueOfCell({ kind: 'contacts' }, '0771234567; a@b.example , did:x')).toEqual([
      ...['tel:0771234567', 'mailto:a@b.example', 'did:x'],
    ])
    expect(valueOfCell({ kind: 'date' }, '2-Jan-2006')).toBe('2006-01-02')
    expect(valueOfCell({ kind: 'date' }, '02/01/2006')).toBe('02/01/2006')
    expect(valueOfCell({ kind: 'wholeNumber' }, '2')).toBe(2)
    // What is wrong with it is said of the number: "must be 1 or more".
    expect(valueOfCell({ kind: 'wholeNumber' }, '-1')).toBe(-1)
    expect(valueOfCell({ kind: 'wholeNumber' }, '2.0')).toBe('2.0')
  })
})

describe('a row', () => {
  test('becomes a request item; empty cells are absent', () => {
    expect(
      certifyItem(VACCINATION, {
        preEnrollmentCode: '1',
        recipientName: 'Sam',
        vaccinationDose: '2',
        recipientAge: '',
      }),
    ).toEqual({
      item: { preEnrollmentCode: '1', recipient: { name: 'Sam' }, vaccination: { dose: 2 } },
    })
  })

  test('with formulas, or of the example, is refused with every cell named', () => {
    const read = certifyItem(VACCINATION, {
      preEnrollmentCode: 'EXAMPLE',
      recipientName: '=HYPERLINK("x")',
      facilityName: '@x',
    })
    expect(read).toMatchObject({
      problems: [{ column: 'recipientName' }, { column: 'facilityName' }, { column: 'preEnrollmentCode' }],
    })
  })

  test('corrects what it names, and leaves the rest', () => {
    expect(
      correctionOf(
        VACCINATION,
        {
          certificateId: '12',
          vaccinationBatch: 'B2',
          recipientAge: '(Empty)',
          facilityName: '',
        },
        'UTC',
      ),
    ).toEqual({
      correction: {
        certificateId: '12',
        code: null,
        sequence: null,
        programId: null,
        set: new Map([
          ['vaccination.batch', 'B2'],
          ['recipient.age', null],
        ]),
      },
    })
    const both = correctionOf(
      VACCINATION,
      { preEnrollmentCode: '1', vaccinationDose: '2', vaccinationBatch: 'B2' },
      'UTC',
    )
    expect(both).toMatchObject({ correction: { code: '1', sequence: 2 } })
  })

  test('that names no certificate, no dose or no change is refused', () => {
    const problems = (cells: Record<string, string>) => {
      const read = correctionOf(VACCINATION, cells, 'UTC')
      return 'problems' in read ? read.problems.map(({ column }) => column) : []
    }
    expect(problems({ vaccinationBatch: 'B2' })).toEqual(['certificateId'])
    expect(problems({ preEnrollmentCode: '1', vaccinationBatch: 'B2' })).toEqual(['vaccinationDose'])
    expect(problems({ certificateId: '1', vaccinationBatch: '' })).toEqual([''])
  })

  test('changes a copy of the record, and can take a value away', () => {
    const record = { recipient: { name: 'Sam', age: '31' } }
    expect(
      withSet(
        record,
        new Map<string, unknown>([
          ['recipient.age', null],
          ['vaccinator.name', 'Ana'],
        ]),
      ),
    ).toEqual({
      recipient: { name: 'Sam' },
      vaccinator: { name: 'Ana' },
    })
    expect(record.recipient.age).toBe('31')
  })

  test('is told of a wrong value by its column', () => {
    expect(columnAt(VACCINATION, '/recipient/contact/0')).toBe('recipientMobileNumber')
    expect(columnAt(VACCINATION, '/recipient/address/district')).toBe('recipientDistrict')
    expect(columnAt(VACCINATION, '/facility')).toBe('facilityName')
    expect(columnAt(VACCINATION, '')).toBe('')
  })
})
