import {
  type Finding,
  isGiven,
  knownText,
  type LintRule,
  objectAt,
  type Subject,
  tagOf,
} from './lint-rule.js'

export const mediaRules: readonly LintRule[] = [
  { code: 'lint/callback-uri', isLater: true, find: findCallback },
  { code: 'lint/no-media', isLater: true, find: findNoMedia },
  { code: 'lint/media-blob', isLater: true, find: findNoBlob },
]

/**
 * https is required, and Graph cannot reach this machine (docs/graph-facts.md#callbacks). In 2018 it could be a
 * subscription's id (docs/graph-facts.md#the-beta-of-2018).
 */
function findCallback({ call }: Subject): readonly Finding[] {
  const text = knownText(call['callbackUri'])
  if (text === undefined) return []
  if (isPlainUrl(text)) return []
  const pointer = '/callbackUri'
  if (!/^https:\/\//i.test(text) || !URL.canParse(text)) {
    return [{ pointer, message: '`callbackUri` must be an https URL: Graph tells it of every change.' }]
  }
  if (!isOwnHost(new URL(text).hostname)) return []
  const message = 'Graph cannot reach this machine: `callbackUri` needs a public host.'
  return [{ pointer, message, hint: 'For local work, put a tunnel before it.' }]
}

/** A cheap look that most pass: nothing about such a name can be wrong, nor is it this machine's. */
const isPlainUrl = (text: string): boolean =>
  /^https:\/\/(?:(?!xn--)[a-z0-9-]+\.)+(?!localhost)[a-z]+(?:\/[\w./-]*)?$/.test(text)

const isOwnHost = (host: string): boolean =>
  /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(host)

/** `mediaConfig` is documented as required (docs/graph-facts.md#media-and-prompts). */
function findNoMedia({ call }: Subject): readonly Finding[] {
  if (objectAt(call, 'mediaConfig') !== undefined) return []
  const hint =
    'Set it to a `#microsoft.graph.serviceHostedMediaConfig`, perhaps under `defaults` in callctl.yaml.'
  return [{ pointer: '', message: 'The call has no `mediaConfig`, which Graph needs.', hint }]
}

/** The blob comes from Microsoft's media library; nothing else can make one (docs/graph-facts.md#media-and-prompts). */
function findNoBlob({ call }: Subject): readonly Finding[] {
  const media = objectAt(call, 'mediaConfig')
  if (tagOf(media) !== 'appHostedMediaConfig' || isGiven(media?.['blob'])) return []
  const hint = 'It comes from the media library of the bot; without one, use serviceHostedMediaConfig.'
  return [{ pointer: '/mediaConfig', message: 'App-hosted media needs the `blob` of a media session.', hint }]
}
