/** What stands in place of a public page that breaks while it is open. */
import { Component, type ReactNode } from 'react'
import { Broken } from '@/components/broken'
import { brokenWords } from '@/components/broken-words'

export class BrokenInstead extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <main lang="en" dir="ltr" className="px-6">
        <title>{brokenWords.pageTitle}</title>
        <Broken error={error} reset={() => this.setState({ error: null })} />
      </main>
    )
  }
}
