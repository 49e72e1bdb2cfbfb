// Debian's chromium, driven by playwright-core: pages from files, watched for whatever a report must not do.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { suite } from 'uvu'
import type { Review } from '../../../src/model/review.js'
import { formatReviewHtml } from '../../../src/report/html/review-html.js'

const program = '/usr/bin/chromium'

/** Undefined where the tests can run. */
const whyNoBrowser = (): string | undefined =>
  existsSync(program) ? undefined : `there is no ${program}: the HTML report was not opened`

export interface OpenPage {
  readonly page: Page
  /** Console, errors, dialogs, and requests other than for the file itself. */
  readonly noise: readonly string[]
}

export interface Visit extends BrowserContextOptions {
  /** With its `#`. */
  readonly hash?: string
}

export interface Browsing {
  /** The suite's own `test`, or one that skips where there is no browser. */
  readonly test: (name: string, work: () => Promise<void>) => void
  /** Opens a review in a new window, and closes that afterwards. */
  open(review: Review, work: (open: OpenPage) => Promise<void>, visit?: Visit): Promise<void>
}

/** One for all suites of a process, which ends with it: starting takes longer than most tests. */
let started: Promise<Browser> | undefined

function startBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  started ??= chromium.launch({ executablePath: program, args })
  return started
}

/** Windows of their own for each test of a suite. */
export function browse(test: ReturnType<typeof suite>): Browsing {
  const reason = whyNoBrowser()
  if (reason !== undefined) {
    console.log(`SKIPPED: ${reason}`)
    return { test: (name) => test.skip(name), open: async () => {} }
  }
  return { test, open: async (review, work, visit) => openPage(await startBrowser(), review, work, visit) }
}

async function openPage(
  browser: Browser,
  review: Review,
  work: (open: OpenPage) => Promise<void>,
  { hash = '', ...options }: Visit = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-html-'))
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  try {
    const file = join(folder, 'review.html')
    writeFileSync(file, formatReviewHtml(review, { version: '0.0.0' }))
    const address = pathToFileURL(file).href
    const page = await context.newPage()
    const noise: string[] = []
    page.on('console', (message) => noise.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
    page.on('request', (request) => {
      if (request.url().replace(/#.*/, '') !== address) noise.push(`request: ${request.url()}`)
    })
    page.on('dialog', (dialog) => {
      noise.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await page.goto(address + hash)
    await work({ page, noise })
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Addresses of the calls that are shown. */
export const shownCalls = (page: Page): Promise<readonly string[]> =>
  page.$$eval('details.call:not([hidden])', (list) => list.map(({ id }) => id))

export const shownRings = (page: Page): Promise<number> =>
  page.locator('.rings tbody tr:not([hidden])').count()

export const hits = (page: Page): Promise<string | null> => page.textContent('#_hits')
