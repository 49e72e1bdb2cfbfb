import type { GraphCode } from './graph-codes.js'

type Row = readonly [code: number, subcodes: readonly number[], meaning: string, fix?: string]

const invitation =
  'A phone number could not be invited: a license, or the metadata of the application instance, is missing.'
const license = 'Check the licenses and the phone number of the application instance.'

/** Why calls end: `code` and `subcode` of `resultInfo`, as the page of “Delete call” lists them. */
const rows: readonly Row[] = [
  [200, [4097, 4521], 'The other side ended the call.'],
  [200, [5000, 5300], 'The bot was removed from the call.'],
  [200, [5001, 5003], 'The call or meeting was ended.'],
  [200, [5002, 5010, 5012, 5013, 5014, 5020], 'Nobody else was left, or no host was there.'],
  [200, [5007], 'Who began the call has left it.'],
  [200, [5030], 'The breakout room is over.'],
  [200, [5855], 'The bot waited in the lobby for too long.', 'Let it in sooner, or let it bypass the lobby.'],
  [200, [7000, 10550], 'The bot ended the call.'],
  [200, [7015], 'The call was transferred.'],
  [200, [18503], 'The other party of a peer-to-peer call has left.'],
  [200, [540000, 560000], 'Who was rung on a phone number ended the call.'],
  [
    408,
    [8537],
    'The call was not kept alive.',
    'Let the bot send keepAlive; without it, 45 minutes is the end.',
  ],
  [408, [1106], 'The acceptance of the call was not acknowledged.', 'Try again.'],
  [408, [10057], 'No signaling came from the callee.', 'Try again later, or ring another number.'],
  [410, [301005], 'The media of the call could not connect.', 'Look at networks and firewalls on the way.'],
  [480, [10037], 'The callee has no device that could ring.', 'Try again later, or ring a phone number.'],
  [480, [10076], 'The callee could not be reached.', 'Try again later.'],
  [
    480,
    [10134],
    'There is no route to the callee.',
    'Check the id or number, and the tenant’s voice routing.',
  ],
  [480, [10199], 'Private calling is disabled for the callee.', 'Ask the administrator of Teams.'],
  [500, [1005], 'The bot’s media could not connect.', 'Look at the bot’s media service and its network.'],
  [500, [7000, 7700], 'A transfer failed; the call goes on.', 'Transfer it again.'],
  [403, [10151], invitation, license],
  [412, [10073], invitation, license],
]

/** By `408-8537`. */
export const callEndings: Readonly<Record<string, GraphCode>> = Object.fromEntries(
  rows.flatMap(([code, subcodes, meaning, fix]) =>
    subcodes.map((subcode) => [`${code}-${subcode}`, { meaning, ...(fix !== undefined && { fix }) }]),
  ),
)
