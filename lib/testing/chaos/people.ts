/** Two people of the installation, and the product's own context on its database for what they do. */
import { randomUUID } from 'node:crypto'
import type { Role } from '@/lib/auth/roles'
import { provenCaller, type Caller } from '@/lib/certificates/caller'
import { liveContext, type Context } from '@/lib/certificates/context'
import type { World } from './world'

export interface People {
  context: Context
  first: Caller
  second: Caller
}

/** They are there from then on, and may do everything. */
export async function people(world: World): Promise<People> {
  Object.assign(process.env, world.environment, { ROLES: 'web', LOG_LEVEL: 'silent', DATABASE_POOL_SIZE: '4' })
  return { context: liveContext(), first: await person(world), second: await person(world) }
}

async function person(world: World): Promise<Caller> {
  const id = randomUUID()
  const roles: Role[] = ['operator', 'supervisor', 'administrator']
  await world.database.ask((client) =>
    client.query(
      `insert into operator (id, username, name, password_hash, roles) values ($1::uuid, $1::text, $1::text, 'x', $2)`,
      [id, roles],
    ),
  )
  return provenCaller({
    ...({ kind: 'operator', id, name: id, facilityCode: null, batch: 'all', channel: 'screen' } as const),
    ...{ facilities: null, programs: null, roles, sandbox: false },
  })
}
