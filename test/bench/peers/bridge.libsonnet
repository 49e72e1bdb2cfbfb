// The template of makeWorkspace and makeRowsWorkspace, as somebody would write it in Jsonnet.
local identitySet(fields) = { '@odata.type': '#microsoft.graph.identitySet' } + fields;
local identity(id, displayName) = {
  '@odata.type': '#microsoft.graph.identity',
  id: id,
  displayName: displayName,
};

function(subject, people) {
  '@odata.type': '#microsoft.graph.call',
  direction: 'outgoing',
  subject: subject,
  callbackUri: 'https://bot.contoso.com/callback',
  tenantId: '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10',
  source: {
    '@odata.type': '#microsoft.graph.participantInfo',
    identity: identitySet({
      application: identity('5a3c8e70-b1d2-4f69-8e0a-97c4d2f61b05', 'Incident bot'),
    }),
  },
  targets: [
    {
      '@odata.type': '#microsoft.graph.invitationParticipantInfo',
      identity: identitySet({ user: identity(person.id, person.name) }),
    }
    for person in people
  ],
  requestedModalities: ['audio'],
  mediaConfig: {
    '@odata.type': '#microsoft.graph.serviceHostedMediaConfig',
    preFetchMedia: [{ uri: 'https://cdn.contoso.com/prompts/welcome.wav', resourceId: 'welcome' }],
  },
}
