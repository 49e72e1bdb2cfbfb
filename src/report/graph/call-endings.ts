import type { GraphCode } from './graph-codes.js'

type Row = readonly [code: number, subcodes: readonly number[], meaning: string, fix?: string]

const invitation =
  'A phone number could not be invited: a license, or the metadata of the application instance, is missing.'
const license = 'Check the licenses and the phone number of the application instance.'

const fromWithin =
  'Keep the call’s id and its `callChainId` for a support ticket, which is how others were told more.'
const mediaPort =
  'Check that the media port of the bot is reachable from outside, and its certificate valid for the bot’s name; keep the call’s id for a support ticket.'

/**
 * Why calls end: `code` and `subcode` of `resultInfo`, as the page of “Delete call” lists them; and what was seen in
 * public issues and is documented nowhere (docs/graph-facts.md#how-calls-end).
 */
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
  [200, [8515], 'A recording was made: its location and access token are in the operation.'],
  [200, [18503], 'The other party of a peer-to-peer call has left.'],
  [200, [540000, 560000], 'Who was rung on a phone number ended the call.'],
  [
    400,
    [2203],
    'Seen when a bot joined a meeting: “Bad Request”. What it means is documented nowhere.',
    'Check the bot’s registration, certificate and packages; deploying it anew has helped.',
  ],
  [400, [8508], 'A prompt or recording was canceled, as somebody asked.'],
  [
    408,
    [8537],
    'The call was not kept alive.',
    'Let the bot send keepAlive; without it, 45 minutes is the end.',
  ],
  [408, [1106], 'The acceptance of the call was not acknowledged.', 'Try again.'],
  [408, [10057], 'No signaling came from the callee.', 'Try again later, or ring another number.'],
  [408, [13025], 'Seen as “Request Timeout”. What timed out is documented nowhere.', fromWithin],
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
  [500, [3002], 'Seen when a bot with media of its own joined: its media could not be set up.', mediaPort],
  [
    500,
    [7106],
    'Seen as “Server Internal Error” when a bot answered or joined. What it means is documented nowhere.',
    fromWithin,
  ],
  [
    500,
    [7112],
    'Seen when a bot with media of its own answered. What it means is documented nowhere.',
    fromWithin,
  ],
  [
    500,
    [7117],
    'Seen when a call stayed in establishing for about a minute. What it means is documented nowhere.',
    fromWithin,
  ],
  [500, [1203002, 1203003], 'Media of an app-hosted bot failed while the call was established.', mediaPort],
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
