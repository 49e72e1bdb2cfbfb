import { randomUUID } from 'node:crypto'
import { attemptForm } from '../../../src/record/attempts/attempt-form.js'
import { openSharedClaims } from '../../../src/record/shared/claims.js'
import { type Link, openLink } from '../../../src/record/shared/link.js'
import { makeSchema } from '../../../src/record/shared/make-schema.js'
import { readServer } from '../../../src/record/shared/server.js'
import { register } from '../../../src/record/shared/workspaces.js'
import type { Cluster } from '../../helpers/postgres.js'

export const worldAt = (url: string) => ({
  environment: { CALLCTL_RECORD: url },
  uuid: () => randomUUID(),
  operator: 'kim',
  wait: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
})

/** A link that looks at nothing. */
export const bareLink = (url: string, tries = 40): Link =>
  openLink(readServer({ CALLCTL_RECORD: url }), {
    world: worldAt(url),
    tries: () => tries,
    inspect: async () => {},
  })

/** A database of its own for one test, with the schema and one workspace. */
export async function makeDatabase(
  cluster: Cluster,
): Promise<{ readonly name: string; readonly lineage: string }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const lineage = randomUUID()
  await cluster.sql(`create database ${name}`)
  const link = bareLink(cluster.url(name))
  await link.persist(makeSchema)
  await link.persist((session) => register(session, { lineage, environmentName: undefined, by: 'kim' }))
  await link.close()
  return { name, lineage }
}

export const openAttemptsOf = (link: Link, lineage: string, uuid: () => string = randomUUID) =>
  openSharedClaims(link, { kind: 'attempt', form: attemptForm, lineage, uuid })
