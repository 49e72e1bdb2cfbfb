import { readVersion } from './inspect.js'
import { migrations, schemaVersion } from './migrations.js'
import type { Session } from './session.js'
import { unfit } from './unfit.js'

/** A number of callctl's own, so that two that make the schema at once take turns. */
const turn = 6_420_118

/** Makes the schema, or brings it up, in one transaction; returns the version that was there. Throws RecordError. */
export async function makeSchema(session: Pick<Session, 'query'>): Promise<number | undefined> {
  await session.query('begin')
  try {
    await session.query('select pg_advisory_xact_lock($1)', [turn])
    const before = await readVersion(session)
    if ((before ?? 0) > schemaVersion)
      throw unfit(`its schema has version ${before}, which is newer than this callctl`)
    for (const [index, statements] of migrations.entries()) {
      if (index < (before ?? 0)) continue
      await session.query(statements)
      await session.query('insert into callctl.version (version) values ($1)', [index + 1])
    }
    await session.query('commit')
    return before
  } catch (error) {
    await session.query('rollback').catch(() => {})
    throw error
  }
}
