import { type JoinUrlProblem, type Part, problem } from './link-part.js'

/** Links of Teams that people take for the one that joins, and what each does. */
const others: readonly (readonly [route: RegExp, message: string])[] = [
  [/^\/l\/meetingrecap/i, 'this link opens the recap of a meeting'],
  [/^\/meetingoptions/i, 'this link opens the options of a meeting'],
  [/^\/l\/(?:chat|message)\//i, 'this link opens a chat'],
  [/^\/l\/(?:channel|team)\//i, 'this link opens a channel'],
  [/^\/l\/(?:meeting|event|entity|meeting-share|call)\b/i, 'this link opens something else than a meeting'],
  [/^\/(?:registration|event)\b/i, 'this link registers for an event'],
]

export function routeProblem(route: Part, place: Part, hint: string): JoinUrlProblem {
  const found = others.find(([form]) => form.test(route.text))
  if (found === undefined) return problem(place, 'this Teams link joins no meeting', hint)
  return problem(place, found[1], 'Copy the one behind “Join” in the invitation.')
}
