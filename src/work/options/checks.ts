// What options take that several use cases have.

import { assignments, type Checks, flag, simulatorChoice, someTexts, text, texts } from './check-options.js'
import type { GraphOptions, PlanOptions, SelectionOptions, WorkspaceOptions } from './options.js'

export const selectionChecks: Checks<SelectionOptions> = { only: someTexts, except: someTexts }

export const graphChecks: Checks<GraphOptions> = { environmentName: text, simulator: simulatorChoice }

export const workspaceChecks: Checks<WorkspaceOptions> = {
  paths: texts,
  environmentName: text,
  assignments,
  valueFiles: texts,
  isStrict: flag,
  mayCache: flag,
}

export const planChecks: Checks<PlanOptions> = {
  ...workspaceChecks,
  ...selectionChecks,
  ...graphChecks,
  redial: texts,
  prunes: flag,
  showsPeople: flag,
}
