/** The address of a holder's link. Nothing is looked up for it: the page is the same for every link, also for none. */
import { holderWords } from '@/components/holder/words'
import { answerPage } from '@/app/(public)/answer'
import { words } from '@/components/words'

export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params
  return answerPage('holder', {
    title: (language) => `${holderWords[language].title} · ${words.product}`,
    props: { token },
  })
}

/** Where the form of a kept copy leads that was removed in another window. */
export const POST = GET
