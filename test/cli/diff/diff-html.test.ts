import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import { withRepository } from '../../helpers/repository.js'
import { group, groupCall, settings } from '../../review/review-files.js'
import { fakeHost } from '../fake-host.js'

const test = suite('cli/diff html')

const base = {
  'callctl.yaml': settings,
  'templates/group.yaml': group,
  'calls/a.yaml': groupCall(['Adele', 'Diego']),
}

test('writes one file with who would be rung, masked, and what changed', () =>
  withRepository(base, async ({ folder, write }) => {
    write('calls/a.yaml', groupCall(['Adele', 'Megan']))
    const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
    assert.is(await run(['diff', '--format', 'html', '--out', 'review.html'], host), 0)
    const page = readFileSync(join(folder, 'review.html'), 'utf8')
    assert.match(page, /^<!doctype html>/)
    assert.match(page, 'Applying this would newly ring <strong>1 person</strong>.')
    assert.match(page, 'M•••')
    assert.is(page.includes('Megan'), false)
  }))

test('shows people when it is told to', () =>
  withRepository(base, async ({ folder, write }) => {
    write('calls/a.yaml', groupCall(['Adele', 'Megan']))
    const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
    assert.is(await run(['diff', '--format', 'html', '--show-people'], host), 0)
    assert.match(host.written.stdout, 'Megan')
  }))

test.run()
