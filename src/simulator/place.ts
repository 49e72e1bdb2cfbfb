import type { Collection, GraphVersion } from '../model/call.js'

/** A collection of calls, as a path names it. */
export interface RequestPath {
  readonly version: GraphVersion
  readonly collection: Collection
  readonly applicationId?: string
  /** The collection's path without the version, such as `communications/calls`. */
  readonly path: string
}

const pathForm = /^\/(v1\.0|beta)\/(communications|app|applications\/([\w.%-]{1,128}))\/calls(\/.*)?$/i

/** Splits a path into its collection and the rest; undefined where Graph has no calls. */
export function parsePath(path: string): { readonly place: RequestPath; readonly rest: string } | undefined {
  const match = pathForm.exec(path)
  if (match === null) return undefined
  const [, version = '', segment = '', applicationId, rest = ''] = match
  const place: RequestPath = {
    version: version.toLowerCase() as GraphVersion,
    collection: applicationId === undefined ? (segment.toLowerCase() as Collection) : 'application',
    ...(applicationId !== undefined && { applicationId }),
    path: `${segment}/calls`,
  }
  return hasCollection(place) ? { place, rest } : undefined
}

/** v1.0 never had another collection. */
const hasCollection = ({ version, collection }: RequestPath): boolean =>
  version === 'beta' || collection === 'communications'
