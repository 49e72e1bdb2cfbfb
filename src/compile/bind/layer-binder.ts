import type { JsonValue } from '../../model/json.js'
import type { CountingBinder } from './file-scope.js'

/** Binds layers of calls, and keeps what stands in them without expressions: it is the same in every call. */
export class LayerBinder implements CountingBinder {
  readonly constants = new Set<JsonValue>()
  readonly sourceText: CountingBinder['sourceText']
  readonly report: CountingBinder['report']
  readonly fail: CountingBinder['fail']
  readonly spend: CountingBinder['spend']
  readonly countErrors: CountingBinder['countErrors']

  constructor({ sourceText, report, fail, spend, countErrors }: CountingBinder) {
    this.sourceText = sourceText
    this.report = report
    this.fail = fail
    this.spend = spend
    this.countErrors = countErrors
  }

  readonly keep = (value: JsonValue): void => {
    this.constants.add(value)
  }
}
