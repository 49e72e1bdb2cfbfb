# The template of makeWorkspace and makeRowsWorkspace, as somebody would write it for jq.
def identity($id; $name): {"@odata.type": "#microsoft.graph.identity", id: $id, displayName: $name};

def bridge($subject; $people): {
  "@odata.type": "#microsoft.graph.call",
  direction: "outgoing",
  subject: $subject,
  callbackUri: "https://bot.contoso.com/callback",
  tenantId: "6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10",
  source: {
    "@odata.type": "#microsoft.graph.participantInfo",
    identity: {
      "@odata.type": "#microsoft.graph.identitySet",
      application: identity("5a3c8e70-b1d2-4f69-8e0a-97c4d2f61b05"; "Incident bot")
    }
  },
  targets: ($people | map({
    "@odata.type": "#microsoft.graph.invitationParticipantInfo",
    identity: {"@odata.type": "#microsoft.graph.identitySet", user: identity(.id; .name)}
  })),
  requestedModalities: ["audio"],
  mediaConfig: {
    "@odata.type": "#microsoft.graph.serviceHostedMediaConfig",
    preFetchMedia: [{uri: "https://cdn.contoso.com/prompts/welcome.wav", resourceId: "welcome"}]
  }
};
