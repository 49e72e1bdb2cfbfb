import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatReviewHtml } from '../../../src/report/html/review-html.js'
import { showText } from '../../../src/report/text/paint.js'
import { browse } from './browser.js'
import { allHostileTexts, hostileReview } from './hostile-review.js'

const html = suite('html hostile')
const { test, open } = browse(html)

const texts = [...allHostileTexts]

/** Every name of an element, and of an attribute with what it may hold. */
const listMarkup = (page: Page): Promise<{ elements: string[]; attributes: string[]; links: string[] }> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('*')]
    const attributes = all.flatMap((element) => element.getAttributeNames())
    const links = all.flatMap((element) => element.getAttribute('href') ?? [])
    return {
      elements: [...new Set(all.map(({ localName }) => localName))],
      attributes: [...new Set(attributes)],
      links: links.filter((link) => !link.startsWith('#')),
    }
  })

const ours = {
  elements:
    'html head meta title style body a header div p button h1 bdi span code strong dl dt dd nav ul li main section h2 b ' +
    'details summary table thead tbody tr th td small svg text g path rect script footer label input fieldset legend ' +
    'noscript ins del br',
  attributes:
    'lang charset http-equiv content name class href type id title aria-label aria-labelledby role tabindex scope hidden data-label ' +
    'placeholder autocomplete spellcheck aria-describedby aria-keyshortcuts value checked open colspan rowspan dir ' +
    'viewbox viewBox width height x y rx d stroke-width text-anchor style ' +
    'data-call data-kind data-pointers data-find data-node data-ends data-theme',
}

test('nothing of a hostile text runs, loads, or becomes markup', () =>
  open(hostileReview(), async ({ page, noise }) => {
    await page.emulateMedia({ media: 'print' })
    await page.waitForSelector('details.call:last-of-type[open] table')
    const { elements, attributes, links } = await listMarkup(page)
    assert.equal(
      elements.filter((name) => !ours.elements.split(' ').includes(name)),
      [],
    )
    assert.equal(
      attributes.filter((name) => !ours.attributes.split(' ').includes(name)),
      [],
    )
    assert.equal(links, [])
    assert.is(await page.evaluate(() => 'ran' in window), false)
    assert.equal(noise, [])
    assert.match(page.url(), /review\.html$/)
  }))

test('every hostile text is shown as text wherever it stands', () =>
  open(hostileReview(), async ({ page }) => {
    await page.emulateMedia({ media: 'print' })
    await page.waitForSelector('details.call:last-of-type[open] table')
    const bodies = await page.$$eval('details.call', (list) => list.map((each) => each.textContent ?? ''))
    const rings = (await page.textContent('.rings')) ?? ''
    const findings = (await page.textContent('.findings')) ?? ''
    assert.ok(texts.length >= 40)
    texts.forEach(([what, text], at) => {
      const [shown, value] = [showText(text), showText(JSON.stringify(text))]
      assert.ok(bodies[at]!.includes(shown), `${what}: call`)
      assert.ok(bodies[at]!.includes(value.slice(1, -1)), `${what}: payload`)
      assert.ok(rings.includes(shown), `${what}: ring list`)
      assert.ok(findings.includes(shown), `${what}: diagnostics`)
    })
  }))

test('pointing, searching and clicking wakes nothing', () =>
  open(hostileReview(), async ({ page, noise }) => {
    await page.fill('#_search', '<img')
    await page.locator('button.find').first().click()
    await page.locator('.picture a').first().hover()
    await page.locator('.picture a').first().click()
    assert.is(await page.evaluate(() => 'ran' in window), false)
    assert.equal(noise, [])
  }))

html('no byte of it is a control or turns text around', () => {
  const page = formatReviewHtml(hostileReview(), { version: '0.0.0' })
  assert.is(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/.test(
      page,
    ),
    false,
  )
})

html.run()
