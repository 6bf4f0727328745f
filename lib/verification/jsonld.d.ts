/** The small part of jsonld 9 that is used here (the package ships no types). */
declare module 'jsonld' {
  interface CanonizeOptions {
    /** For rdf-canonize. */
    canonizeOptions?: { maxWorkFactor?: number; signal?: AbortSignal | null }
    algorithm: string
    format: string
    base: null
    safe: boolean
    documentLoader: (
      url: string,
    ) => Promise<{ contextUrl: null; documentUrl: string; document: object; tag: 'static' | undefined }>
    /** In the place of its own. */
    contextResolver?: object
  }

  const api: {
    canonize(document: object, options: CanonizeOptions): Promise<string>
  }
  export default api
}
