import type { Cloud } from '../../model/call.js'
import { unwrap } from './unwrap.js'

/** What a join link's host says against joining its meeting from a cloud; undefined where nothing does. */
export function remarkOnLink(url: string, cloud: Cloud): { message: string; hint: string } | undefined {
  const host = /^https:\/\/([^/?#]*)/i.exec(unwrap(url))?.[1]?.toLowerCase() ?? ''
  if (host === 'teams.live.com') {
    return {
      message: 'This link is of a personal account, whose meetings have no tenant.',
      hint: 'Graph’s calls join meetings of organizations; ask for a link of one.',
    }
  }
  const clouds = cloudsOfHost[host]
  if (clouds === undefined || clouds.includes(cloud)) return undefined
  return {
    message: `This link is not of the cloud \`${cloud}\`.`,
    hint: `Its meetings are in ${clouds.map((each) => `\`${each}\``).join(' or ')}: \`graph.cloud\` in callctl.yaml.`,
  }
}

/** Nobody can tell which of the US Government's clouds the common host is of. */
const cloudsOfHost: Readonly<Record<string, readonly Cloud[] | undefined>> = {
  'teams.microsoft.com': ['global'],
  'teams.cloud.microsoft': ['global'],
  'teams.microsoft.us': ['us-gov', 'us-gov-dod'],
  'gov.teams.microsoft.us': ['us-gov'],
  'dod.teams.microsoft.us': ['us-gov-dod'],
}
