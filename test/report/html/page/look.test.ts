import type { Page } from 'playwright-core'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pullRequest } from '../../review/pull-request.js'
import { sizedReview } from '../../review/reviews.js'
import { browse } from '../browser.js'

const html = suite('html look')
const { test, open } = browse(html)

const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor)

const light = 'rgb(255, 255, 255)'
const dark = 'rgb(20, 23, 28)'

test('is light or dark as the system says', () =>
  open(pullRequest(), async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' })
    assert.is(await background(page), light)
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.is(await background(page), dark)
  }))

test('the toggle overrules the system, and gives back', () =>
  open(pullRequest(), async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.click('#_theme')
    assert.is(await background(page), light)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.click('#_theme')
    assert.is(await background(page), dark)
    await page.click('#_theme')
    assert.is(await background(page), light)
    assert.is(await page.textContent('#_theme'), 'Theme: automatic')
  }))

/** Texts whose color is too near to what is behind them (WCAG AA: 4.5 to 1). */
const faintTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const read = (color: string): readonly number[] => (color.match(/[\d.]+/g) ?? []).map(Number)
    const luminance = (color: readonly number[]): number => {
      const [red = 0, green = 0, blue = 0] = color
        .slice(0, 3)
        .map((part) => part / 255)
        .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const behind = (element: Element | null): readonly number[] => {
      if (element === null) return [255, 255, 255]
      const color = read(getComputedStyle(element).backgroundColor)
      return color[3] === 0 ? behind(element.parentElement) : color
    }
    return [...document.querySelectorAll('body *')].flatMap((element) => {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      const text = own
        .map((node) => node.textContent)
        .join('')
        .trim()
      const isDrawn = element.getClientRects().length > 0 && !element.closest('svg, script, .unseen')
      if (text === '' || !isDrawn) return []
      const pair = [luminance(read(getComputedStyle(element).color)), luminance(behind(element))]
      const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05)
      return ratio < 4.5 ? [`${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${text}`] : []
    })
  })

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every text can be read in ${colorScheme} colors`, () =>
    open(
      pullRequest(),
      async ({ page }) => {
        await page.click('#_expand')
        await page.locator('#warehouse-page').scrollIntoViewIfNeeded()
        await page.waitForSelector('#warehouse-page table')
        assert.equal(await faintTexts(page), [])
      },
      { colorScheme },
    ))
}

test('paper is light, has everything unfolded, and no controls', () =>
  open(
    pullRequest(),
    async ({ page }) => {
      await page.emulateMedia({ media: 'print' })
      await page.waitForSelector('#warehouse-page[open] table')
      assert.is(await background(page), light)
      assert.is(await page.locator('details:not([open])').count(), 0)
      assert.is(await page.locator('.body table').count(), 4)
      assert.is(await page.locator('.fold').count(), 0)
      for (const control of ['#_bar', '#_theme']) assert.is(await page.isVisible(control), false)
      await page.emulateMedia({ media: 'screen' })
      await page.waitForSelector('#warehouse-page:not([open])')
    },
    { colorScheme: 'dark' },
  ))

test('paper has what the search left', () =>
  open(pullRequest(), async ({ page }) => {
    await page.fill('#_search', 'incident-bridge')
    await page.emulateMedia({ media: 'print' })
    await page.waitForSelector('#incident-bridge[open] table')
    assert.is(await page.locator('.body table').count(), 1)
  }))

test('a real print holds the payloads', () =>
  open(pullRequest(), async ({ page }) => {
    const bytes = await page.pdf({ format: 'A4' })
    assert.ok((bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0) >= 3)
  }))

for (const width of [320, 390, 768]) {
  test(`fits a screen of ${width} pixels`, () =>
    open(
      pullRequest(),
      async ({ page }) => {
        await page.click('#_expand')
        await page.locator('#incident-bridge').scrollIntoViewIfNeeded()
        await page.waitForSelector('#incident-bridge table')
        assert.is(await page.evaluate(() => document.documentElement.scrollWidth), width)
      },
      { viewport: { width, height: 700 } },
    ))
}

test('one call looks like one call', () =>
  open(sizedReview({ calls: 1, added: 1, removed: 0, peopleEach: 1 }), async ({ page }) => {
    assert.is(await page.textContent('.verdict'), 'Applying this would newly ring 1 person.')
    assert.is(await page.locator('.picture.broad [data-node]').count(), 3)
  }))

html.run()
