// What Graph's calling service says, explained. There is no official list of its error codes: these were seen by many;
// the codes with which calls end are from the page of “Delete call”. Anything else callctl does not know, and says so.

export interface GraphCode {
  /** Graph's own words, or what it says in other words. */
  readonly meaning: string
  readonly cause?: string
  /** What to do about it; absent for what is as it should be. */
  readonly fix?: string
}

/** Codes of errors, and statuses for answers whose code says no more. */
export const graphErrors: Readonly<Record<string, GraphCode>> = {
  '400': {
    meaning: 'The request was refused as malformed.',
    cause: 'The service could not read the body, or does not take what stands in it.',
    fix: 'Read Graph’s message; run `callctl validate`, and try the other version of Graph.',
  },
  '401': {
    meaning: 'The token was refused.',
    cause: 'It has run out, is for another cloud or audience, or the credentials were revoked.',
    fix: 'callctl has tried once with a new token. Check the app registration and the clock of this machine.',
  },
  '403': {
    meaning: 'The call is not allowed.',
    cause: 'An application permission lacks consent, or a policy of the tenant forbids it.',
    fix: 'Compare the permissions that `callctl plan` lists with what an administrator has consented to.',
  },
  '404': {
    meaning: 'There is no such thing.',
    cause: 'The call has ended, or this version of Graph does not have the route.',
    fix: '`callctl status --refresh` records calls that have ended. For a new call: check `graph` in callctl.yaml.',
  },
  '429': {
    meaning: 'Graph throttles this app.',
    cause: 'Too many requests. The documented quota of an app is 100 live calls, and 10,000 calls a month.',
    fix: 'callctl waits as Graph says. Place fewer at once, and hold that with `limits.concurrentCalls`.',
  },
  '500': {
    meaning: 'The service failed.',
    cause: 'Unknown; the call may have been placed all the same.',
    fix: 'Look at who was rung before anything else; then `callctl resolve`. Keep the ids for a support ticket.',
  },
  '503': {
    meaning: 'The service is unavailable.',
    cause: 'It is overloaded or under repair; the call may have been placed all the same.',
    fix: 'Look at Microsoft’s service health and at who was rung; then `callctl resolve`.',
  },
  '504': {
    meaning: 'The gateway had no answer in time.',
    cause: 'The calling service was slow; the call may have been placed all the same.',
    fix: 'Look at who was rung; then `callctl resolve`.',
  },
  '7500': {
    meaning: 'Unsupported AAD Identity.',
    cause: 'The token is a user’s. Calls can be placed with application permissions alone.',
    fix: 'Sign in as the app: with its secret, its certificate, a federated or a managed identity.',
  },
  '7503': {
    meaning: 'Application is not registered in our store.',
    cause: 'The app is no bot with the Teams channel, or calling is not enabled there.',
    fix: 'In the bot’s Teams channel, enable calling and set the webhook; then wait: it may take a while to be known.',
  },
  '7504': {
    meaning: 'Insufficient enterprise tenant permissions, cannot access this API.',
    cause:
      'Consent is missing in the tenant of the call, the app may not call there, or the organizer of the meeting is wrong.',
    fix: 'Let an administrator of that tenant consent to what `callctl plan` lists; check `meetingInfo`.',
  },
  '7505': {
    meaning: 'Request authorization tenant mismatch.',
    cause: 'The token is for another tenant than the call’s `tenantId`, or the call has none.',
    fix: 'Set `tenantId` in callctl.yaml to the tenant of the people or of the meeting, and sign in to that one.',
  },
  '7507': {
    meaning: 'Call source identity invalid.',
    cause: '`source` names a user. A call comes from the application, or from an application instance.',
    fix: 'Leave `source` out; for phone numbers give `source.identity.applicationInstance`.',
  },
  '8506': {
    meaning: 'API call not allowed for non-Compliance Recording call.',
    cause:
      '`updateRecordingStatus` is for bots that a recording policy brought into the call, not for one that joined by itself.',
    fix: 'Assign the bot to people by a compliance recording policy; otherwise leave the operation out.',
  },
  '8523': {
    meaning: 'Missing mediaConfig information.',
    cause: 'The call has no `mediaConfig`, or one of media hosted by the app without its `blob`.',
    fix: 'Set `mediaConfig`, for every call under `defaults` in callctl.yaml: `#microsoft.graph.serviceHostedMediaConfig`.',
  },
  '8522': {
    meaning: 'Call not found.',
    cause: 'The call has ended; callctl counts it as such.',
  },
  '9999': {
    meaning: 'Unknown internal server error.',
    cause: 'Often a malformed identity, such as text where an object belongs; else unknown.',
    fix: 'Look at who was rung, then `callctl resolve`; check `targets` and `source` before a new attempt.',
  },
  BadRequest: {
    meaning: 'The request was refused as malformed.',
    cause: 'JSON that is not strict, a call id of the wrong form, or an action on a property that has none.',
    fix: 'Read Graph’s message, and compare the payload (`callctl compile`) with Graph’s examples.',
  },
  TooManyRequests: {
    meaning: 'Graph throttles this app.',
    cause: 'Too many requests. The documented quota of an app is 100 live calls, and 10,000 calls a month.',
    fix: 'callctl waits as Graph says. Place fewer at once, and hold that with `limits.concurrentCalls`.',
  },
}
