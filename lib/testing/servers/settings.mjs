/** What differs in a server whose data is thrown away: it does not wait for the disk. Every other setting is the product's. */
export const THROWN_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
}
