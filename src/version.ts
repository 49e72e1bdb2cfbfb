import manifest from '../package.json' with { type: 'json' }

/** callctl's own version. */
export const { version } = manifest

declare const callctlParser: string | undefined

/** Tells builds apart that may parse differently; undefined where the build did not say. */
export const parserBuild = typeof callctlParser === 'string' ? `${version}-${callctlParser}` : undefined
