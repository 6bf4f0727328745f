/** Where the code at the desk leads: the holder confirms a correction. The token stands in the address and nothing else. */
import { confirmWords } from '@/components/holder-confirm/words'
import { answerPage } from '@/app/(public)/answer'
import { config } from '@/lib/config'

export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params
  return answerPage('confirm', {
    title: (language) => `${confirmWords[language].title} · ${config().issuer.name}`,
    props: { token },
  })
}
