import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pullRequest } from '../../review/pull-request.js'
import { sizedReview } from '../../review/reviews.js'
import { browse, hits, shownCalls, shownRings } from '../browser.js'

const html = suite('html search')
const { test, open } = browse(html)

const finds: readonly (readonly [what: string, text: string, calls: readonly string[]])[] = [
  ['an address', 'board-page', ['board-page@INC-2041']],
  ['a template', 'p2p-voip', ['smoke-voice-emea']],
  ['a person by name, in any letters', 'HENRIETTA langer', ['incident-bridge']],
  ['a person by id', '0d5f9a3e-7c41-4b8e-8f26-000000000007', ['smoke-voice-emea']],
  ['a number', '+14255550007', ['warehouse-page']],
  ['a file and line that caused a change', 'templates/group-call.yaml:9', ['incident-bridge']],
  ['the file of a definition', 'calls/board.yaml', ['board-page@INC-2041']],
  ['a property', '/ringingTimeoutInSeconds', ['smoke-voice-emea']],
  ['a changed value', 'URGENT', ['incident-bridge']],
  ['words in any order', 'langer group-call', ['incident-bridge']],
  ['nothing of what is the same everywhere', 'callbackUri zzz', []],
]

// In one window: opening one takes longer than all of the searches.
test('finds what a reader has in mind', () =>
  open(pullRequest(), async ({ page }) => {
    for (const [what, text, calls] of finds) {
      await page.fill('#_search', text)
      assert.equal(await shownCalls(page), calls, what)
    }
  }))

test('hides rings that do not match, and counts both', () =>
  open(pullRequest(), async ({ page }) => {
    assert.is(await hits(page), '4 calls · 4 rings')
    await page.fill('#_search', 'incident-bridge')
    assert.is(await hits(page), '1 of 4 calls · 1 of 4 rings')
    assert.is(await shownRings(page), 1)
  }))

test('finds a ring by the id of a person', () =>
  open(pullRequest(), async ({ page }) => {
    await page.fill('#_search', '0d5f9a3e-7c41-4b8e-8f26-000000000000')
    assert.is(await hits(page), '1 of 4 calls · 2 of 4 rings')
  }))

test('says that nothing matches', () =>
  open(pullRequest(), async ({ page }) => {
    await page.fill('#_search', 'nobody at all')
    assert.ok(await page.isVisible('#_nocalls'))
    assert.ok(await page.isVisible('#_norings'))
  }))

test('begins with / and is cleared with Escape', () =>
  open(pullRequest(), async ({ page }) => {
    await page.keyboard.press('/')
    await page.keyboard.type('board/')
    assert.is(await page.inputValue('#_search'), 'board/')
    await page.keyboard.press('Escape')
    assert.is(await page.inputValue('#_search'), '')
    assert.is((await shownCalls(page)).length, 4)
  }))

test('filters by what became of a call, by keyboard', () =>
  open(pullRequest(), async ({ page }) => {
    await page.focus('#_bar input[value=all]')
    await page.keyboard.press('ArrowRight')
    assert.equal(await shownCalls(page), ['board-page@INC-2041'])
    await page.keyboard.press('ArrowRight')
    assert.equal(await shownCalls(page), ['incident-bridge', 'smoke-voice-emea'])
    await page.keyboard.press('ArrowRight')
    assert.equal(await shownCalls(page), ['warehouse-page'])
  }))

test('filters and searches at once', () =>
  open(pullRequest(), async ({ page }) => {
    await page.fill('#_search', 'p2p-pstn')
    await page.check('#_bar input[value=removed]')
    assert.equal(await shownCalls(page), ['warehouse-page'])
  }))

test('a common cause shows as many calls as it says', () =>
  open(sizedReview({ calls: 40, added: 7, removed: 5, peopleEach: 2 }), async ({ page }) => {
    await page.click('button.find')
    assert.is((await shownCalls(page)).length, 28)
  }))

html.run()
