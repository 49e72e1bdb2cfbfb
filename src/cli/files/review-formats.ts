import type { Sources } from '../../model/language/sources.js'
import type { Review } from '../../model/review.js'
import type { Look } from '../../report/text/paint.js'

/** What a format may need beside the review. */
export interface ReviewSurroundings {
  /** Head's files by their path in the workspace: for turning offsets into lines. Never masked: show none of it. */
  readonly sources: Sources
  /** The way from the repository's top to the workspace, with forward slashes; empty where they are one. */
  readonly folder: string
  /** Of callctl. */
  readonly version: string
  /** Of a terminal, or plain. */
  readonly look: Look
}

/** A text in one piece or in many, each of them once. */
export type Pieces = readonly string[] | Generator<string>

export type ReviewFormat = (review: Review, surroundings: ReviewSurroundings) => Promise<Pieces>

/** `--format` of `diff`; each renderer is loaded when it is asked for. */
export const reviewFormats: Readonly<Record<string, ReviewFormat>> = {
  text: async (review, { look }) => {
    const { formatReview } = await import('../../report/review/review-text.js')
    return [formatReview(review, look)]
  },
  json: async (review) => {
    const { formatReviewJson } = await import('../../report/review/review-json.js')
    return formatReviewJson(review)
  },
  markdown: async (review) => {
    const { formatReviewMarkdown } = await import('../../report/review/review-markdown.js')
    return [formatReviewMarkdown(review)]
  },
  github: async (review, { sources, folder }) => {
    const { formatReviewAnnotations } = await import('../../report/review/review-github.js')
    return [formatReviewAnnotations(review, sources, folder)]
  },
  sarif: async (review, { sources, folder, version }) => {
    const { formatSarif } = await import('../../report/diagnostics/sarif.js')
    const { diagnoseRecord } = await import('../../report/review/record-changes.js')
    const { diagnosticsOf, recordOf } = await import('../../report/review/review-summary.js')
    const first = diagnoseRecord(recordOf(review), sources)
    return [formatSarif({ first, diagnostics: diagnosticsOf(review), sources, folder, version })]
  },
  html: async (review, { version }) => {
    const { formatReviewHtml } = await import('../../report/html/review-html.js')
    return [formatReviewHtml(review, { version })]
  },
}
