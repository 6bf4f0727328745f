/** One certificate in one of its forms: by the ending of the address, else by Accept. */
import type { Context } from '@/lib/certificates/context'
import type { Caller } from '@/lib/certificates/caller'
import { certificatePdf, certificatePictures } from '@/lib/certificates/page'
import { certificateText2 } from '@/lib/certificates/form2'
import { certificateQrPng, certificateQrSvg } from '@/lib/certificates/qr-pictures'
import { certificateText, findCertificate } from '@/lib/certificates/read'
import { noteOpened } from '@/lib/desk/recent'
import { Refusal } from '@/lib/errors'
import { contract, type Query } from '../contract'
import { readQuery } from '../input'
import { document, taggedJson, type Reply } from '../reply'
import { MEDIA, NEGOTIABLE, negotiate, splitEnding } from '../representations'
import type { Input } from '../serve'

/** Answers GET /v3/certificates/{certificateId}, with or without an ending. */
export async function certificate(
  input: Input<typeof contract.certificate | typeof contract.divocCertificate>,
): Promise<Reply> {
  const { context, caller, request } = input
  const { certificateId, form: named } = splitEnding(input.params.certificateId)
  if (named === null) throw new Refusal('NOT_FOUND', 'There is no such form of a certificate.')
  const form = named ?? negotiate(request.headers.get('accept'))
  switch (form) {
    case 'json':
      return opened(context, caller, certificateId)
    case 'jsonld': {
      const { credential } = await certificateText(context, caller, certificateId)
      return document(MEDIA.jsonld, credential, `certificate-${certificateId}.jsonld`)
    }
    case 'vc.json': {
      const credential = await certificateText2(context, caller, certificateId)
      return document(MEDIA['vc.json'], credential, `certificate-${certificateId}.vc.json`)
    }
    case 'pdf':
      return pdf(context, caller, certificateId, input.query)
    case 'png':
      return qrPicture(context, caller, certificateId)
    case 'svg':
      return document(MEDIA.svg, await certificateQrSvg(context, caller, certificateId), `qr-${certificateId}.svg`)
    case 'page.svg':
      return page(input, certificateId)
    case null:
      throw new Refusal('NOT_ACCEPTABLE', `Available: ${NEGOTIABLE.map((available) => MEDIA[available]).join(', ')}.`)
  }
}

async function opened(context: Context, caller: Caller, certificateId: string): Promise<Reply> {
  const view = await findCertificate(context, caller, certificateId)
  await noteOpened(context, caller, certificateId)
  return taggedJson(view)
}

/** The page as PDF. */
export async function pdf(
  context: Context,
  caller: Caller,
  certificateId: string,
  { paper, variant, print }: Query<typeof contract.latestPdf>,
): Promise<Reply> {
  const bytes = await certificatePdf(context, caller, certificateId, { paper, variant, printId: print })
  return document(MEDIA.pdf, bytes, `certificate-${certificateId}.pdf`)
}

/** The QR code as PNG. */
export async function qrPicture(context: Context, caller: Caller, certificateId: string): Promise<Reply> {
  return document(MEDIA.png, await certificateQrPng(context, caller, certificateId), `qr-${certificateId}.png`)
}

async function page(input: Parameters<typeof certificate>[0], certificateId: string): Promise<Reply> {
  const { page: number, paper, variant } = readQuery(contract.certificateFile, input.request)
  const pages = await certificatePictures(input.context, input.caller, certificateId, { paper, variant })
  const picture = pages[number - 1]
  if (picture === undefined) throw new Refusal('NOT_FOUND', `This certificate has ${pages.length} page(s).`)
  return document(MEDIA.svg, picture, `certificate-${certificateId}-${number}.svg`)
}
