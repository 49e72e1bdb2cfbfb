// The workflows of this repository, and a way to run a step's script as a runner does.

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { bundle } from '../helpers/callctl.js'

export interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

export interface Job {
  readonly if?: string
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly 'timeout-minutes'?: number
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress'?: boolean }
  readonly defaults: { readonly run: { readonly shell: string } }
  readonly jobs: Readonly<Record<string, Job>>
}

const folder = join(process.cwd(), '.github', 'workflows')

export const workflowTexts = (): ReadonlyMap<string, string> =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

export const readWorkflow = (name: string): Workflow =>
  parse(readFileSync(join(folder, `${name}.yml`), 'utf8')) as Workflow

export const jobsOf = ({ jobs }: Workflow): readonly (readonly [string, Job])[] => Object.entries(jobs)

export const stepsOf = (workflow: Workflow): readonly Step[] =>
  jobsOf(workflow).flatMap(([, { steps }]) => steps)

export function findStep(workflow: Workflow, name: string): Step {
  const step = stepsOf(workflow).find((each) => each.name === name)
  if (step === undefined) throw new Error(`${workflow.name} has no step ${name}`)
  return step
}

/** A folder of programs that stands first on the PATH of steps: `callctl`, as built, and stand-ins. */
export function makePrograms(place: string, programs: Readonly<Record<string, string>> = {}): string {
  const bin = join(place, 'bin')
  mkdirSync(bin, { recursive: true })
  const all = { callctl: `#!/bin/sh\nexec "${process.execPath}" "${bundle}" "$@"\n`, ...programs }
  for (const [name, script] of Object.entries(all)) {
    writeFileSync(join(bin, name), script)
    chmodSync(join(bin, name), 0o755)
  }
  return bin
}

export interface StepRun {
  readonly cwd: string
  readonly bin: string
  readonly environment?: Readonly<Record<string, string>>
}

/** As `shell: bash` is run. What the step leaves in GITHUB_OUTPUT and GITHUB_STEP_SUMMARY is read back. */
export function runStep({ run = '' }: Step, { cwd, bin, environment = {} }: StepRun) {
  const output = join(bin, '..', 'output')
  const summary = join(bin, '..', 'summary')
  for (const path of [output, summary]) writeFileSync(path, '')
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run],
    {
      cwd,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        HOME: join(bin, '..'),
        GIT_CONFIG_NOSYSTEM: '1',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: cwd,
        GITHUB_REPOSITORY: 'contoso/calls',
        GITHUB_RUN_ID: '4711',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        ...environment,
      },
    },
  )
  const outputs = readFileSync(output, 'utf8').trim().split('\n').filter(Boolean)
  return {
    status,
    stdout,
    stderr,
    outputs: Object.fromEntries(outputs.map((line) => line.split(/=(.*)/s).slice(0, 2))) as Readonly<
      Record<string, string>
    >,
    summary: readFileSync(summary, 'utf8'),
  }
}
