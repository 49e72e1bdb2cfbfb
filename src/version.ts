import manifest from '../package.json' with { type: 'json' }

/** callctl's own version. */
export const { version } = manifest
