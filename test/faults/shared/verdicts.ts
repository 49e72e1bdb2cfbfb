import { withSharedDesk } from '../../cli/shared/shared-desk.js'
import { createCluster } from '../../helpers/postgres.js'
import type { Seen } from './links.js'
import { hasPooler } from './other-servers.js'
import { type Scene, verdicts } from './verdict-table.js'

const names = ['one', 'two', 'three']

/** Each fate of a database, with what the table says of it before it is run: refused by its own words, or survived. */
export async function tryVerdicts(only?: readonly string[]): Promise<Seen> {
  const figures: string[] = []
  const violations: string[] = []
  for (const [name, verdict] of Object.entries(verdicts)) {
    if (only !== undefined && !only.includes(name)) continue
    const wanted = describe(verdict.says)
    if (verdict.needsPooler === true && !hasPooler) {
      figures.push(`${name}: NOT TRIED, pgbouncer is not installed here`)
      continue
    }
    const seen = await inScene(verdict.act, verdict.says).catch((error: unknown) => String(error))
    figures.push(`${name}: ${wanted}; seen: ${seen}`)
    if (seen !== wanted) violations.push(`${name}: should be ${wanted}, and was: ${seen}`)
  }
  return { figures, violations }
}

const describe = (says: RegExp | undefined): string =>
  says === undefined ? 'survived' : `refused (${says.source})`

type Act = (scene: Scene) => ReturnType<Scene['apply']>

async function inScene(act: Act, says: RegExp | undefined): Promise<string> {
  const cluster = createCluster()
  const ends: (() => unknown)[] = [() => cluster.end()]
  let seen = ''
  try {
    await cluster.start()
    await withSharedDesk(cluster, names, async (desk) => {
      const { folder, environment } = desk
      const { callctl } = await import('../../helpers/callctl.js')
      const apply: Scene['apply'] = (url, cwd = folder, ...words) =>
        callctl(words.length > 0 ? words : ['apply', '--yes'], {
          cwd,
          environment: { ...environment, CALLCTL_RECORD: url },
        })
      const place = async (name: string): Promise<void> => {
        const { code, stderr } = await desk.run('apply', '--yes', '--only', name)
        if (code !== 0) throw new Error(`${name} was not placed: ${stderr}`)
      }
      await desk.run('record', 'init')
      await place('one')
      const { code, stderr, stdout } = await act({ desk, cluster, apply, place, ends })
      const placed = desk.placed()
      const twice = names.filter((name) => placed(name) > 1)
      const text = `${stderr} ${stdout}`.replace(/\s+/g, ' ')
      if (twice.length > 0) seen = `${twice.join(', ')} RANG TWICE`
      else if (says === undefined && code === 0 && placed('three') === 1) seen = 'survived'
      else if (says !== undefined && code === 7 && says.test(text) && placed('three') === 0)
        seen = describe(says)
      else seen = `exit ${code}, three rang ${placed('three')} times: ${text.slice(-600)}`
    })
    return seen
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
