import type { JsonValue } from '../../model/json.js'
import {
  type Finding,
  isGiven,
  knownText,
  type LintRule,
  objectAt,
  type Subject,
  tagOf,
} from './lint-rule.js'
import { promptFault } from './prompt-uri.js'
import { reachOf } from './reach.js'

export const mediaRules: readonly LintRule[] = [
  { code: 'lint/callback-uri', isLater: true, find: findCallback },
  { code: 'lint/no-media', isLater: true, find: findNoMedia },
  { code: 'lint/media-blob', isLater: true, find: findNoBlob },
  { code: 'lint/prompt-media', isLater: true, find: findPreFetched },
  { code: 'lint/incoming-options', isLater: true, find: findIncoming },
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
  const message = messageOfHost(new URL(text).hostname)
  return message === undefined
    ? []
    : [
        {
          pointer,
          message,
          hint: 'It needs a name that the internet knows; for local work, put a tunnel before it.',
        },
      ]
}

/** A cheap look that most pass: nothing about such a name can be wrong. */
const isPlainUrl = (text: string): boolean =>
  /^https:\/\/(?:(?!xn--)[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|example|cloud|us|eu|de|fr|uk)(?:\/[\w./-]*)?$/.test(
    text,
  )

function messageOfHost(host: string): string | undefined {
  const reach = reachOf(host.replace(/\.$/, ''))
  if (reach === 'own') return 'Graph cannot reach this machine: `callbackUri` needs a public host.'
  return reach === 'private'
    ? 'Graph cannot reach a private network: `callbackUri` needs a public host.'
    : undefined
}

/** `mediaConfig` is documented as required (docs/graph-facts.md#media-and-prompts). */
function findNoMedia({ call }: Subject): readonly Finding[] {
  if (objectAt(call, 'mediaConfig') !== undefined) return []
  const hint =
    'Set it to a `#microsoft.graph.serviceHostedMediaConfig`, perhaps under `defaults` in callctl.yaml.'
  return [{ pointer: '', message: 'The call has no `mediaConfig`: Graph answers 400 with 8523.', hint }]
}

/** The blob comes from Microsoft's media library; nothing else can make one (docs/graph-facts.md#media-and-prompts). */
function findNoBlob({ call }: Subject): readonly Finding[] {
  const media = objectAt(call, 'mediaConfig')
  if (tagOf(media) !== 'appHostedMediaConfig' || isGiven(media?.['blob'])) return []
  const hint = 'It comes from the media library of the bot; without one, use serviceHostedMediaConfig.'
  return [{ pointer: '/mediaConfig', message: 'App-hosted media needs the `blob` of a media session.', hint }]
}

/** What is fetched before the call is what will be played (docs/graph-facts.md#media-and-prompts). */
function findPreFetched({ call }: Subject): readonly Finding[] {
  const given = objectAt(call, 'mediaConfig')?.['preFetchMedia']
  if (!Array.isArray(given)) return []
  return (given as readonly JsonValue[]).flatMap((each, index): readonly Finding[] => {
    const uri = objectAt(each)?.['uri']
    const fault = typeof uri === 'string' ? promptFault(uri) : undefined
    return fault === undefined ? [] : [{ pointer: `/mediaConfig/preFetchMedia/${index}/uri`, ...fault }]
  })
}

/** They are of answering a call (docs/graph-facts.md#the-call-object). */
function findIncoming({ call }: Subject): readonly Finding[] {
  if (tagOf(objectAt(call, 'callOptions')) !== 'incomingCallOptions') return []
  return [
    {
      pointer: '/callOptions/@odata.type',
      message: 'These options are of answering a call; a new one has `outgoingCallOptions`.',
      hint: 'Write `#microsoft.graph.outgoingCallOptions`.',
    },
  ]
}
