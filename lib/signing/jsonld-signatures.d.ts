/** The small part of jsonld-signatures 11.6 that is used here (the package ships no types). */
declare module 'jsonld-signatures' {
  export type DocumentLoader = (url: string) => Promise<never>

  export type Proof = Record<string, unknown>

  interface CanonizeOptions {
    documentLoader: DocumentLoader
    skipExpansion: boolean
  }

  class LinkedDataSignature {
    constructor(options: { type: string; date?: Date; canonizeOptions: { contextResolver: object } })
    type: string
    verificationMethod: string | undefined
    canonize(input: object, options: CanonizeOptions): Promise<string>
    canonizeProof(proof: Proof, options: { document: object; documentLoader: DocumentLoader }): Promise<string>
  }

  class AssertionProofPurpose {
    constructor(options?: { controller?: { id: string; assertionMethod: string } })
  }

  interface Options {
    suite: LinkedDataSignature
    purpose: AssertionProofPurpose
    documentLoader: DocumentLoader
  }

  const api: {
    /** Adds `proof` to the document it is given (the same object is changed and returned). */
    sign(document: object, options: Options): Promise<object>
    verify(document: object, options: Options): Promise<{ verified: boolean; error?: { errors?: Error[] } }>
    suites: { LinkedDataSignature: typeof LinkedDataSignature }
    purposes: { AssertionProofPurpose: typeof AssertionProofPurpose }
  }
  export default api
}

declare module '@digitalbazaar/security-context' {
  const api: { contexts: Map<string, object> }
  export default api
}

declare module '@digitalbazaar/credentials-context' {
  export const contexts: Map<string, object>
}

declare module '@digitalbazaar/data-integrity-context' {
  const api: { contexts: Map<string, object> }
  export default api
}
