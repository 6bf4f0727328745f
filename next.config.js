/** Packages with native parts or files of their own stay outside Next's bundle. */
const outsideTheBundle = [
  'pg',
  '@prisma/client',
  '@prisma/adapter-pg',
  'kafkajs',
  '@node-rs/argon2',
  'pino',
  'zxing-wasm',
  '@myriaddreamin/typst-ts-node-compiler',
  '@myriaddreamin/typst-ts-web-compiler',
  'jsonld',
  'jsonld-signatures',
  'rdf-canonize',
]

/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.NEXT_DIST_DIR || '.next',
  serverExternalPackages: outsideTheBundle,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Types are checked by `npm run check`, not on the machine of everybody who starts the product.
  typescript: { ignoreBuildErrors: true },
}
