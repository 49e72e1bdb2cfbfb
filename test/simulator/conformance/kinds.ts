import type { Notification } from '../receiver.js'

/** What a notification tells, in words to compare: change, type, state, code of the end, and what else came. */
export function kindOf({
  changeType,
  resourceData,
}: Pick<Notification, 'changeType' | 'resourceData'>): string {
  if (Array.isArray(resourceData)) return `${changeType} participants`
  const { state, status, resultInfo, toneInfo, terminationReason } = resourceData
  const { code } = (resultInfo ?? {}) as { code?: number }
  const { tone } = (toneInfo ?? {}) as { tone?: string }
  const type = String(resourceData['@odata.type']).replace('#microsoft.graph.', '')
  return [changeType, type, state ?? status, code, tone, terminationReason]
    .filter((each) => each !== undefined)
    .join(' ')
}
