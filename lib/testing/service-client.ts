/** What the product is called at the sign-in service of the tests. */
export const CLIENT = { id: 'errata', secret: 'a secret of the tests, longer than 32 characters' }
