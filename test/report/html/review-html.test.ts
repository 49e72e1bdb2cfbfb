import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Review } from '../../../src/model/review.js'
import { Html, html, scriptJson } from '../../../src/report/html/markup.js'
import { formatReviewHtml } from '../../../src/report/html/review-html.js'
import { pullRequest } from '../review/pull-request.js'
import { sizedReview } from '../review/reviews.js'

const test = suite('html report')

const format = (review: Review): string => formatReviewHtml(review, { version: '1.2.3' })
const textOf = (page: string): string =>
  page
    .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')

test('the tag escapes texts, keeps markup, and joins lists', () => {
  const page = html`<p title="${'"<&\'`>'}">${html`<b>${1}</b>`}${['<', new Html('<br>')]}${undefined}</p>`
  assert.is(page.toString(), '<p title="&quot;&lt;&amp;&#39;&#96;&gt;"><b>1</b>&lt;<br></p>')
})

test('data cannot end its script, and reads back', () => {
  const value = { a: ['</script><!-- & "'] }
  const text = scriptJson(value).toString()
  assert.is(/[<>&]/.test(text), false)
  assert.equal(JSON.parse(text), value)
})

test('its policy lets only its own script and style run', () => {
  const page = format(pullRequest())
  const hash = (name: string): string => {
    const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(page)![1]!
    return createHash('sha256').update(text).digest('base64')
  }
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!.replaceAll('&#39;', "'")
  assert.match(policy, "default-src 'none'")
  assert.match(policy, `script-src 'sha256-${hash('script')}'`)
  assert.match(policy, `style-src 'sha256-${hash('style')}'`)
  assert.is(policy.includes('unsafe'), false)
})

test('it names no other file', () => {
  assert.is(/\b(src|srcset|action|poster)=|url\(|@import|href="(?!#)/.test(format(pullRequest())), false)
})

test('the same review makes the same bytes', () => {
  assert.is(format(pullRequest()), format(pullRequest()))
})

test('says first who would newly be rung', () => {
  const text = textOf(format(pullRequest()))
  assert.match(text, 'Applying this would newly ring 2 people and 1 number.')
  assert.ok(text.indexOf('newly ring') < text.indexOf('Look at first'))
  assert.ok(text.indexOf('Look at first') < text.indexOf('Who would be rung'))
})

test('names what to look at first', () => {
  const text = textOf(format(pullRequest()))
  assert.match(text, '1 call uncertain: monday-standup.')
  assert.match(text, '1 call would be placed again, though it was placed before: smoke-voice-emea')
  assert.match(text, '3 guards loosened:')
  assert.match(text, '1 permission newly needed: Calls.InitiateGroupCall.All')
  assert.match(text, '1 new warning.')
})

test('says that nothing stands out, where nothing does', () => {
  const text = textOf(format(sizedReview({ calls: 1, added: 0, removed: 0, peopleEach: 1 })))
  assert.match(text, 'Nobody is newly rung. Applying this would ring 1 person in 1 call, as before.')
  assert.match(text, 'Nothing else stands out')
})

test('without a plan it says so, and shows no counts of rings', () => {
  const { rings: _, ...rest } = pullRequest()
  const text = textOf(format({ ...rest, planProblem: 'calls.lock.json has conflict markers.' }))
  assert.match(text, 'Whom applying this would ring is not known.')
  assert.match(text, 'No plan could be made. calls.lock.json has conflict markers.')
  assert.is(/Newly rung|Rung in all/.test(text), false)
})

test('errors of a revision are told, since their calls are missing', () => {
  const review = pullRequest()
  const text = textOf(format({ ...review, head: { ...review.head, errors: 2 } }))
  assert.match(text, 'board-paging has 2 errors. Calls with errors are missing from this comparison.')
})

test('a masked name stands with its id', () => {
  const review = sizedReview({ calls: 1, added: 1, removed: 0, peopleEach: 1 })
  const [ring] = review.rings!
  const masked = {
    ...review,
    isMasked: true,
    rings: [{ ...ring!, people: [{ ...ring!.people[0]!, name: 'A•••' }] }],
  }
  assert.match(textOf(format(masked)), 'A••• 0d5f9a3e-7c41-4b8e-8f26-000000000000')
  assert.match(textOf(format(masked)), 'Names and numbers of people are masked')
})

test('no change at all is a page, too', () => {
  const review = sizedReview({ calls: 0, added: 0, removed: 0, peopleEach: 0 })
  assert.match(textOf(format(review)), 'None: 140 calls compiled to the same payloads.')
})

test('a thousand calls are a few thousand bytes each at most', () => {
  const bytes = format(sizedReview({ calls: 1000, added: 0, removed: 0, peopleEach: 5 })).length
  assert.ok(bytes < 4_000_000, String(bytes))
})

test.run()
