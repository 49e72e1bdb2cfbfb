import { hasPlaceholder } from '../yaml/placeholders.js'

/** Prompts are .wav files, and the service fetches them (docs/graph-facts.md#media-and-prompts). */
export function promptFault(uri: string): { readonly message: string; readonly hint: string } | undefined {
  if (plainPrompt.test(uri) || hasPlaceholder(uri)) return undefined
  if (/^https:\/\//i.test(uri) && URL.canParse(uri) && /\.wav$/i.test(new URL(uri).pathname)) return undefined
  return {
    message: 'A prompt is the https address of a .wav file.',
    hint: 'The file is mono, 16 bit, 16 kHz, and where Graph can fetch it.',
  }
}

/** A cheap look that most pass. */
const plainPrompt = /^https:\/\/[a-z\d.-]+\/[\w./-]*\.wav$/
