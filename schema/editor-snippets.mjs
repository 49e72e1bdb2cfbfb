// Snippets that editors offer.

/** A place to fill in. */
const field = (number, text) => `$\{${number}:${text}}`
const quoted = (number, text) => `"${field(number, text)}"`

const user = {
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    user: {
      '@odata.type': '#microsoft.graph.identity',
      id: field(1, 'object id'),
      displayName: field(2, 'name'),
    },
  },
}
const phone = {
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    phone: { '@odata.type': '#microsoft.graph.identity', id: quoted(1, '+14255550100') },
  },
}

/** By type of Graph. */
export const callSnippets = {
  invitationParticipantInfo: [
    { label: 'person', description: 'Somebody of the directory', body: user },
    { label: 'phone number', description: 'A telephone, in E.164 form', body: phone },
  ],
  mediaConfig: [
    {
      label: 'service-hosted media',
      description: 'Graph plays prompts and hears keys',
      body: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
    },
    {
      label: 'app-hosted media',
      description: 'The bot handles the media itself',
      body: { '@odata.type': '#microsoft.graph.appHostedMediaConfig', blob: field(1, 'blob') },
    },
  ],
  meetingInfo: [
    {
      label: 'meeting by id',
      description: 'Join with the meeting id and passcode of the invitation',
      body: {
        '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo',
        joinMeetingId: quoted(1, 'id'),
        passcode: quoted(2, 'passcode'),
      },
    },
  ],
}

export const definitionSnippets = [
  {
    label: 'call of a template',
    body: {
      description: field(1, 'what for'),
      uses: field(2, 'template'),
      with: { [field(3, 'name')]: field(4, 'value') },
    },
  },
  {
    label: 'a call for each item',
    body: {
      forEach: `"{{${field(1, 'list')}}}"`,
      as: field(2, 'item'),
      uses: field(3, 'template'),
      with: { [field(4, 'name')]: `"{{${field(2, 'item')}.id}}"` },
    },
  },
]

export const templateSnippets = [
  {
    label: 'template',
    body: {
      description: field(1, 'what for'),
      variables: { [field(2, 'name')]: { type: 'string' } },
      call: { '@odata.type': '#microsoft.graph.call', requestedModalities: ['audio'] },
    },
  },
]
