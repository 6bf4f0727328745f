/** Sentences for pages that are not for everybody. */
import type { Role } from '@/lib/people/answers'

const MANY: Record<Role, string> = {
  operator: 'operators',
  supervisor: 'supervisors',
  auditor: 'auditors',
  administrator: 'administrators',
}

export const words = {
  title: (roles: readonly Role[]) => `Only for ${roles.map((role) => MANY[role]).join(' and ')}`,
  body: 'You are signed in, but this is not part of what you may do here. If you need it for your work, ask one of your administrators.',
  back: {
    '/': 'Find a certificate',
    '/administration/operators': 'Go to the administration',
    '/account': 'Go to your account',
  } as Record<string, string>,
  supervisorsOnly: 'Supervisors cancel and suspend certificates.',
}
