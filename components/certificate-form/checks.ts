/** What the form checks a record with, in one piece that comes by itself. */
export { zodResolver } from '@hookform/resolvers/zod'
export { requestSchema } from '@/lib/certificates/schema'
