// A call for each stock template that makes calls by itself, for a new workspace. All ids, numbers and links are made up.

const tenant = '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10'
const adele = '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'
const organizer = 'e1f49b06-5d8c-4372-a6b9-08c2d7e35f06'
const media = `'{"mpUri":"net.tcp://bot.contoso.com:13016/MediaProcessor/v1","mediaSession":"example"}'`

/** What stands under `with`, and after it. */
const bodies: Readonly<Record<string, string>> = {
  'app-hosted-media': `      userId: ${adele}
      userName: Adele Vance
      # A real one comes from the media library, and is good for one call: --var-file gives it.
      blob: ${media}
`,
  'group-call': `      tenantId: ${tenant}
      subject: Bridge
      people:
        - { id: ${adele}, name: Adele Vance }
        - { id: 4e2b7c18-96ad-4f03-b5d7-62f8a1c09e02, name: Diego Siciliani }
`,
  'join-by-link': `      tenantId: ${tenant}
      joinUrl: "https://teams.microsoft.com/l/meetup-join/19%3ameeting_QWxsSGFuZHM%40thread.v2/0?context=%7b%22Tid%22%3a%22${tenant}%22%2c%22Oid%22%3a%22${organizer}%22%7d"
`,
  'join-channel-as-guest': `      tenantId: ${tenant}
      guestId: 27d80c5b-f3a6-4e91-b74d-5c1e96a0f807
      guestName: Release bot (guest)
      threadId: 19:5c0f6a1e7d2b4983a4c8e9f01b2d3c4e@thread.tacv2
      messageId: "1764576000000"
      organizerId: ${organizer}
      organizerTenantId: ${tenant}
`,
  'join-meeting': `      tenantId: ${tenant}
      threadId: 19:meeting_Q29udG9zby1kYWlseS1zdGFuZHVw@thread.v2
      organizerId: ${organizer}
`,
  'join-meeting-id': `      tenantId: ${tenant}
      joinMeetingId: "423 555 018 27" # as on the invitation; in quotes, since it is no number
`,
  'p2p-pstn': `      tenantId: ${tenant}
      instanceId: 91c6e4a7-3b2d-4508-bd1f-e60a7f95c209
      phoneNumber: "+14255550117" # in quotes, or YAML drops the plus
`,
  'p2p-voip': `      userId: ${adele}
      userName: Adele Vance
`,
  'seed-call': `      tenantId: ${tenant}
      subject: Example
      callbackUri: https://bot.contoso.com/callback
      userId: ${adele}
      userName: Adele Vance
      languageId: en-US
      region: amer
      modalities: [audio]
      blob: ${media}
      ringSeconds: 30
    # The last word, merged over the template's call; null takes a property away.
    call:
      source: null
      chatInfo: null
      meetingInfo: null
      # What only Graph sets.
      direction: null
      activeModalities: null
      answeredBy: null
      callRoutes: null
      meetingCapability: null
      myParticipantId: null
      state: null
      terminationReason: null
      toneInfo: null
`,
}

/** Definitions of a call for each of these templates; those that make no call by themselves are passed over. */
export const exampleCalls = (names: readonly string[]): string =>
  names
    .flatMap((name) => {
      const body = Object.hasOwn(bodies, name) ? bodies[name] : undefined
      return body === undefined
        ? []
        : [`  example-${name}:\n    description: An example, made up\n    uses: ${name}\n    with:\n${body}`]
    })
    .join('\n')
