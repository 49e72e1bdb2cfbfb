// The workflows of this repository, and a way to run a step's script as a runner does.

import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { bundle } from '../helpers/callctl-process.js'

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

export interface FinishedStep {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** What the step left in GITHUB_OUTPUT. */
  readonly outputs: Readonly<Record<string, string>>
  /** What it left in GITHUB_STEP_SUMMARY. */
  readonly summary: string
}

/** As `shell: bash` is run. */
export async function runStep({ run = '' }: Step, settings: StepRun): Promise<FinishedStep> {
  const output = join(settings.bin, '..', 'output')
  const summary = join(settings.bin, '..', 'summary')
  for (const path of [output, summary]) writeFileSync(path, '')
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd: settings.cwd,
    timeout: 60_000,
    env: { ...environmentOf(settings), GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      said[name] += chunk
    })
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const lines = readFileSync(output, 'utf8').split('\n').filter(Boolean)
  const outputs = Object.fromEntries(
    lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  )
  return { status, ...said, outputs, summary: readFileSync(summary, 'utf8') }
}

/** Nothing of the tester's own but where programs are. */
const environmentOf = ({ cwd, bin, environment }: StepRun): NodeJS.ProcessEnv => ({
  PATH: `${bin}:${process.env['PATH']}`,
  HOME: join(bin, '..'),
  GIT_CONFIG_NOSYSTEM: '1',
  GITHUB_ACTIONS: 'true',
  GITHUB_WORKSPACE: cwd,
  GITHUB_REPOSITORY: 'contoso/calls',
  GITHUB_RUN_ID: '4711',
  ...environment,
})
