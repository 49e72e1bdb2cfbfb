/** What a plan intends for an address. */
export type Action = 'place' | 'none' | 'changed' | 'redial' | 'uncertain' | 'retired' | 'blocked' | 'hang-up'

/** Actions that dial: each sends a request that may ring people. */
export const rings = (action: Action): action is 'place' | 'redial' =>
  action === 'place' || action === 'redial'

/** Actions that send a request at all. The others are for showing. */
export const acts = (action: Action): action is 'place' | 'redial' | 'hang-up' =>
  rings(action) || action === 'hang-up'
