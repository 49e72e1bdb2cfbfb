import { readJson } from '../../schema/bodies.js'
import { get, send, withSimulator } from '../client.js'

/** Calls with the bodies of 2018 and 2019, as they are answered when they are placed and when they are read. */
export async function ask2018(): Promise<readonly object[]> {
  const bodies = Object.values(readJson<Record<string, object>>('test', 'schema', 'fixtures', 'seed.json'))
  const answers: object[] = []
  await withSimulator({}, async (simulator) => {
    for (const body of bodies) {
      const path = '/beta/app/calls'
      const { status, json } = await send(simulator, { method: 'POST', path, body })
      if (status !== 201) continue
      answers.push(json, (await get(simulator, `${path}/${json['id']}`)).json)
    }
  })
  if (answers.length === 0) throw new Error('no body of 2018 was taken')
  return answers
}
