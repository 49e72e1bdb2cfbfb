import { exitCodeOf } from '../../model/error-codes.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { OperationKind } from '../../model/operation.js'
import { formatDiagnostics } from '../../report/diagnostics/diagnostics-text.js'
import { formatRingPlan, unknownAdvice } from '../../report/record/operation-text.js'
import type { OperateHandlers, OperateOptions } from '../../work/operate/operation-run.js'
import { operateOnCall, requireOperation } from '../../work/operate-on-call.js'
import { callCares } from '../call/call-care.js'
import { bodyFromOptions, refuseStrayOptions } from '../call/operation-options.js'
import { mayShowPeople, peopleOf, showOperation } from '../call/show-operation.js'
import type { Arguments } from '../frame/arguments.js'
import { confirm } from '../frame/confirm.js'
import { describeInternal, withErrorDocument } from '../frame/error-codes.js'
import { interruptible } from '../frame/interruptible.js'
import { readGraphOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { withElsewhere } from '../frame/tell-elsewhere.js'
import { worldOf } from '../frame/world-of.js'

/** Operations on a call that was placed, for operators. */
export const call = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => {
    const [name = '', ...names] = args.positionals
    const care = callCares.get(name)
    if (care === undefined)
      return operate(requireOperation(name, [...callCares.keys()], names[0]), names, args, host)
    if (names.length > 1) throw new UsageError(`\`call ${name}\` takes one address.`)
    return care(args, host, names)
  })

async function operate(
  kind: OperationKind,
  names: readonly string[],
  args: Arguments,
  host: Host,
): Promise<ExitCode> {
  const options = readOptions(kind, names, args)
  const watch = watchClaim(options.address, host)
  try {
    const report = await withElsewhere(args, host, () =>
      operateOnCall(options, worldOf(args, host), { ...handlersOf(args, host), ...watch.handlers }),
    )
    showOperation(report, args, host)
    return report.code
  } catch (error) {
    const advice = watch.advice()
    if (advice === undefined || exitCodeOf(error) !== exitCodes.internal) throw error
    // Exit code 1 would say that nobody was rung.
    host.stderr.write(`${describeInternal(error)}\n${advice}\n`)
    return exitCodes.uncertain
  }
}

function readOptions(kind: OperationKind, names: readonly string[], args: Arguments): OperateOptions {
  const [address, id, ...more] = names
  if (address === undefined) throw new UsageError(`\`call ${kind.name}\` needs the address of a call.`)
  if (more.length > 0) throw new UsageError(`\`call ${kind.name}\` takes fewer names.`)
  refuseStrayOptions(args, kind)
  const { paths: _, ...workspace } = readWorkspaceOptions(args, [])
  const bodyFile = args.text('body')
  return {
    ...workspace,
    ...readGraphOptions(args),
    operation: kind.name,
    address,
    id,
    ...(bodyFile === undefined && kind.body !== undefined
      ? { body: bodyFromOptions(kind.body, args) }
      : { bodyFile }),
    once: args.text('once'),
  }
}

function handlersOf(
  args: Arguments,
  host: Host,
): Pick<OperateHandlers, 'tellProblems' | 'tellRings' | 'confirm'> {
  const { text, look } = peopleOf(args, host)
  return {
    tellProblems: (diagnostics, sources) =>
      host.stderr.write(formatDiagnostics(diagnostics, sources, host.terminal.stderr)),
    tellRings: (report) =>
      text.write(formatRingPlan({ ...report, showsPeople: mayShowPeople(args, host) }, look)),
    confirm: ({ people, numbers }) =>
      confirm({ totals: { people: people.length, numbers: numbers.length } }, args, host),
  }
}

interface ClaimWatch {
  readonly handlers: Pick<OperateHandlers, 'claimed' | 'interruptible'>
  /** What a person has to do once there is a claim, whatever ends the program; undefined before. */
  advice(): string | undefined
}

function watchClaim(address: string, host: Host): ClaimWatch {
  let words: readonly string[] | undefined
  const advice = (): string | undefined =>
    words === undefined ? undefined : unknownAdvice(address, words, host.terminal.stderr)
  const leave = (): ExitCode => {
    const text = advice()
    host.stderr.write(`${text ?? 'Leaving: nothing was sent.'}\n`)
    return text === undefined ? exitCodes.stopped : exitCodes.uncertain
  }
  return {
    advice,
    handlers: {
      claimed(_claim, found) {
        words = found
      },
      interruptible: (work) => interruptible(host, work, { tell: (text) => host.stderr.write(text), leave }),
    },
  }
}
