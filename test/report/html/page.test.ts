import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Review, Ring } from '../../../src/model/review.js'
import { pullRequest } from '../review/pull-request.js'
import { sizedReview } from '../review/reviews.js'
import { browse, shownCalls } from './browser.js'

const html = suite('html page')
const { test, open } = browse(html)

const drawn = (page: Page): Promise<number> => page.locator('.body table').count()
const opened = (page: Page): Promise<number> => page.locator('details.call[open]').count()

test('opens without a word on the console, an error or a request', () =>
  open(pullRequest(), async ({ page, noise }) => {
    await page.click('#_expand')
    await page.fill('#_search', 'bridge')
    await page.click('#_theme')
    assert.equal(noise, [])
  }))

test('draws a payload when it is opened, and not before', () =>
  open(pullRequest(), async ({ page }) => {
    assert.is(await drawn(page), 0)
    await page.click('#incident-bridge > summary')
    await page.waitForSelector('#incident-bridge table')
    assert.is(await drawn(page), 1)
  }))

test('puts a changed value beside the old one and the line that changed it', () =>
  open(pullRequest(), async ({ page }) => {
    await page.click('#incident-bridge > summary')
    const row = page.locator('#incident-bridge tr.changed').first()
    await row.waitFor()
    assert.equal(await row.locator('td').allTextContents(), [
      'Changed:   "subject": "Bridge for INC-2041",',
      'Changed:   "subject": "URGENT: Bridge for INC-2041",',
      'templates/group-call.yaml:9subject: "{{#if urgent}}URGENT: {{/if}}{{subject}}"' +
        'by incident (file, calls/oncall.yaml:3)by region (callctl.yaml, callctl.yaml:17)',
    ])
    assert.is(await row.locator('ins').textContent(), 'URGENT: ')
  }))

test('shows an added call on its one side', () =>
  open(pullRequest(), async ({ page }) => {
    await page.click('[id="board-page@INC-2041"] > summary')
    const heads = page.locator('[id="board-page@INC-2041"] thead th')
    await heads.first().waitFor()
    assert.equal(await heads.allTextContents(), ['After: board-paging'])
  }))

test('shows a changed route, which is no line of a payload', () =>
  open(pullRequest(), async ({ page }) => {
    await page.click('#smoke-voice-emea > summary')
    const text = await page.locator('#smoke-voice-emea tr.extra').textContent()
    assert.match(text ?? '', /#endpoint.*v1\.0.*#endpoint.*beta.*callctl\.yaml:4/)
  }))

test('equal lines are folded, and unfold', () =>
  open(pullRequest(), async ({ page }) => {
    await page.click('#incident-bridge > summary')
    const button = page.locator('#incident-bridge .fold button').first()
    assert.match((await button.textContent()) ?? '', /^Show \d+ equal lines$/)
    const before = await page.locator('#incident-bridge tbody tr').count()
    await button.click()
    assert.ok((await page.locator('#incident-bridge tbody tr').count()) > before + 10)
  }))

test('opens and folds by keyboard', () =>
  open(pullRequest(), async ({ page }) => {
    await page.focus('#incident-bridge > summary')
    await page.keyboard.press('Enter')
    assert.is(await opened(page), 1)
    await page.keyboard.press('Space')
    assert.is(await opened(page), 0)
  }))

test('every control is reached by Tab and shows that it is', () =>
  open(pullRequest(), async ({ page }) => {
    const reached = new Set<string>()
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press('Tab')
      reached.add(
        await page.evaluate(() => {
          const { activeElement: now } = document
          return now?.id || now?.closest('details')?.id || ''
        }),
      )
    }
    for (const id of ['_theme', '_search', '_expand', '_fold', 'incident-bridge', 'warehouse-page']) {
      assert.ok(reached.has(id), id)
    }
  }))

test('expands and folds what matches', () =>
  open(pullRequest(), async ({ page }) => {
    await page.check('#_bar input[value=changed]')
    await page.click('#_expand')
    assert.is(await opened(page), 2)
    await page.click('#_fold')
    assert.is(await opened(page), 0)
  }))

test('an address in the link opens its call', () =>
  open(
    pullRequest(),
    async ({ page }) => {
      assert.ok((await page.getAttribute('[id="board-page@INC-2041"]', 'open')) !== null)
      assert.is(await opened(page), 1)
    },
    { hash: '#board-page%40INC-2041' },
  ))

test('a link within the page opens a call that the search hides', () =>
  open(pullRequest(), async ({ page }) => {
    await page.check('#_bar input[value=removed]')
    await page.click('.picture a >> nth=0')
    assert.is((await shownCalls(page)).length, 4)
    assert.is(await opened(page), 1)
  }))

test('a link to nowhere or a broken one does nothing', () =>
  open(
    pullRequest(),
    async ({ page, noise }) => {
      assert.is(await opened(page), 0)
      assert.equal(noise, [])
    },
    { hash: '#%E0%A4%A' },
  ))

test('the ring list is whole and readable without the script', () =>
  open(
    sizedReview({ calls: 60, added: 60, removed: 0, peopleEach: 30 }),
    async ({ page }) => {
      assert.is(await page.isVisible('#_bar'), false)
      assert.is(await page.locator('.rings tbody tr:not(.alike)').count(), 60)
      assert.is(await page.locator('.rings td bdi[title]').count(), 48 * 30)
      assert.ok(await page.isVisible('noscript'))
    },
    { javaScriptEnabled: false },
  ))

/** A call for each person, under one name. */
function pageEverybody(count: number, region: string): Review {
  const review = pullRequest()
  const [ring] = review.rings!
  const rings = Array.from({ length: count }, (_, index): Ring => {
    const person = { ...ring!.people[0]!, id: `person-${index}`, name: `Person ${index}`, isNew: true }
    return { ...ring!, address: `page-${region}-${index}`, isNew: true, people: [person], numbers: [] }
  })
  return { ...review, rings: [...review.rings!, ...rings] }
}

test('three hundred calls that are alike are one row, which opens', () =>
  open(pageEverybody(300, 'west'), async ({ page, noise }) => {
    assert.is(await page.locator('.rings tr.alike').count(), 1)
    const before = await page.locator('.rings').evaluate(({ clientHeight }) => clientHeight)
    assert.match(await page.locator('.rings tr.alike summary').innerText(), /^300 calls.*300 people/s)
    assert.not.ok(await page.getByText('page-west-150').first().isVisible())
    await page.click('.rings tr.alike summary')
    assert.ok(await page.getByText('page-west-150').first().isVisible())
    assert.ok((await page.locator('.rings').evaluate(({ clientHeight }) => clientHeight)) > 10 * before)
    assert.equal(noise, [])
  }))

test('a search opens the row where it finds something, and hides it where not', () =>
  open(pageEverybody(300, 'west'), async ({ page }) => {
    await page.fill('#_search', 'page-west-299')
    assert.is(await page.locator('.rings .inner tr:visible').count(), 1)
    await page.fill('#_search', 'incident-bridge')
    assert.not.ok(await page.locator('.rings tr.alike').isVisible())
    await page.fill('#_search', '')
    assert.is(await page.locator('.rings .inner tr:visible').count(), 0)
  }))

test('an address in the link opens the row that holds it', () =>
  open(
    pageEverybody(300, 'west'),
    async ({ page }) => assert.ok(await page.locator('#page-west-150').isVisible()),
    { hash: '#page-west-150' },
  ))

test('a thousand changed calls draw nothing before they are seen', () =>
  open(sizedReview({ calls: 1000, added: 0, removed: 0, peopleEach: 5 }), async ({ page, noise }) => {
    assert.is(await drawn(page), 0)
    await page.click('#_expand')
    assert.is(await opened(page), 1000)
    await page.locator('details.call').first().scrollIntoViewIfNeeded()
    await page.waitForSelector('.body table')
    assert.ok((await drawn(page)) < 40, 'only those near the part that is seen')
    await page.fill('#_search', 'INC-3040')
    assert.ok((await drawn(page)) < 40)
    await page.fill('#_search', 'ringingTimeoutInSeconds')
    assert.is((await shownCalls(page)).length, 1000)
    assert.equal(noise, [])
  }))

test('five thousand people make a picture of few boxes', () =>
  open(sizedReview({ calls: 1000, added: 100, removed: 0, peopleEach: 6 }), async ({ page }) => {
    assert.ok((await page.locator('.picture.broad [data-node]').count()) <= 80)
    assert.ok((await page.locator('.picture.broad path').count()) <= 400)
  }))

test('pointing at a box of the picture shows what it is joined to', () =>
  open(pullRequest(), async ({ page }) => {
    await page.hover('.picture.broad a[href="#incident-bridge"] rect')
    // Its template, and the five that it rings.
    assert.is(await page.locator('.picture.broad path.on').count(), 6)
  }))

test('on a telephone’s screen it is seen what lets more pass, and whom the picture’s calls ring', () => {
  const review = pullRequest()
  const guards = Array.from({ length: 296 }, (_, index) => ({
    name: 'onChange',
    address: `page-${index}`,
    after: 'redial',
    isLooser: true,
  }))
  return open(
    { ...review, guards: [...review.guards, ...guards] },
    async ({ page }) => {
      const ends = await page.$$eval('.guards .badge.looser, .picture.narrow .column', (list) =>
        list.map((each) => each.getBoundingClientRect()).map(({ left, right }) => [left, right] as const),
      )
      assert.ok(ends.length >= 3)
      for (const [left, right] of ends)
        assert.ok(left >= 0 && right > left && right <= 390, `${left} ${right}`)
      assert.is(await page.evaluate(() => document.documentElement.scrollWidth), 390)
      assert.is(await page.locator('.picture.broad').isVisible(), false)
      const rows = await page.$$eval('.guards tbody tr', (list) => list.map((each) => each.textContent ?? ''))
      const alike = rows.filter((row) => row.includes('onChange 29'))
      assert.is(alike.length, 1, 'what happens to many calls alike is one row')
      for (const { address } of guards) assert.ok(alike[0]!.includes(address), address)
    },
    { viewport: { width: 390, height: 844 } },
  )
})

html.run()
