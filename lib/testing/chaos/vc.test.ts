import { expect, test } from 'vitest'
import type { OnTopic } from './messages'
import { checkVc, vcValueOf, type PlannedVc, type VcRow } from './vc'

const planned = (n: number, more: Partial<PlannedVc> = {}): PlannedVc => ({
  ...{ n, at: 0, shape: 'good', transactionId: `vc-0-${n}` },
  ...more,
})
const onTopic = (topic: string, offset: number, value: string, headers: Record<string, string> = {}): OnTopic => ({
  ...{ topic, partition: 0, offset: String(offset), key: null, value, headers },
})
const asked = (one: PlannedVc, offset: number) => onTopic('vc_certify', offset, vcValueOf(one, one.n))
const answer = (n: number, event: string, more: object = {}) => {
  const said = { transactionId: `vc-0-${n}`, status: 'SUCCESSFUL', certificateId: `C${n}`, ...more }
  return onTopic('post_vc_certify', 0, JSON.stringify(said), { 'errata-event': event })
}
const issued = (n: number): VcRow => ({ transactionId: `vc-0-${n}`, certificateId: `C${n}`, state: 'issued' })
const UNSUCCESSFUL = { status: 'UNSUCCESSFUL', certificateId: '' }
const bad = planned(2, { shape: 'wrong' })
const nameless = planned(3, { shape: 'no request', transactionId: null })
const reason = onTopic('error_certificate', 0, '{}', { 'errata-origin': 'vc-certify-0-3' })

test('issued and answered, refused and answered, put aside with a reason; delivered twice is one answer', () => {
  const messages = [
    ...[asked(planned(1), 0), asked(bad, 2), asked(nameless, 3), reason],
    ...[answer(1, 'a'), answer(1, 'a'), answer(2, 'b', UNSUCCESSFUL)],
  ]
  expect(checkVc([planned(1), bad, nameless], messages, [issued(1)])).toEqual([])
})

test('sent twice, it may be answered twice', () => {
  const again = planned(4, { shape: 'again', transactionId: 'vc-0-1' })
  const messages = [asked(planned(1), 0), asked(again, 1), answer(1, 'a'), answer(1, 'b')]
  expect(checkVc([planned(1), again], messages, [issued(1)])).toEqual([])
})

test.each<[string, PlannedVc[], OnTopic[], VcRow[]]>([
  ['no answer', [planned(1)], [asked(planned(1), 0)], [issued(1)]],
  ['answered twice', [planned(1)], [asked(planned(1), 0), answer(1, 'a'), answer(1, 'b')], [issued(1)]],
  ['another number', [planned(1)], [asked(planned(1), 0), answer(1, 'a', { certificateId: 'X' })], [issued(1)]],
  ['answered and never issued', [planned(1)], [asked(planned(1), 0), answer(1, 'a')], []],
  ['said to have failed', [planned(1)], [asked(planned(1), 0), answer(1, 'a', UNSUCCESSFUL)], [issued(1)]],
  ['issued though wrong', [bad], [asked(bad, 0), answer(2, 'a')], [issued(2)]],
  ['nobody asked', [], [answer(1, 'a')], []],
  ['put aside without a reason', [nameless], [asked(nameless, 7)], []],
])('found: %s', (_what, sent, messages, rows) => {
  expect(checkVc(sent, messages, rows)).toHaveLength(1)
})
