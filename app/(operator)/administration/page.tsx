/** The administration begins with the operators. */
import { redirect } from 'next/navigation'

export default function Page() {
  redirect('/administration/operators')
}
