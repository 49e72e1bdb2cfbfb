import type { JsonObject } from '../../src/model/json.js'

/** A request that Microsoft has published, and the values with which a stock template yields it. */
export interface Published {
  readonly template: string
  /** Its name among the shared examples; the fixture is named after the template. */
  readonly example: string
  readonly route: string
  readonly values: JsonObject
}

const john = { userId: '112f7296-5fa4-42ca-bae8-6a692b15d4b8', userName: 'John' }
const prompts = [
  { uri: 'https://cdn.contoso.com/beep.wav', resourceId: 'f8971b04-b53e-418c-9222-c82ce681a582' },
  { uri: 'https://cdn.contoso.com/cool.wav', resourceId: '86dc814b-c172-4428-9112-60f8ecae1edb' },
]
const bob = { organizerId: '5810cede-f3cc-42eb-b2c1-e9bd5d53ec96', organizerName: 'Bob' }

export const published: readonly Published[] = [
  {
    template: 'p2p-voip',
    example: 'v1.0-ex01-p2p-service-hosted.json',
    route: 'v1.0 communications',
    values: { ...john, contentSharingNotifications: true },
  },
  {
    template: 'p2p-pstn',
    example: 'v1.0-ex09-p2p-pstn-service-hosted.json',
    route: 'v1.0 communications',
    values: {
      phoneNumber: '+12345678901',
      instanceId: '3d913abb-aec0-4964-8fa6-3c6850c4f278',
      instanceName: 'Calling Bot',
      tenantId: 'aa67bd4c-8475-432d-bd41-39f255720e0a',
    },
  },
  {
    template: 'group-call',
    example: 'v1.0-ex03-group-service-hosted.json',
    route: 'v1.0 communications',
    values: {
      subject: 'Create a group call with service hosted media',
      people: [
        { id: '98da8a1a-1b87-452c-a713-65d3f10b5555', name: 'user1' },
        { id: 'bf5aae9a-d11d-47a8-93b1-782504c95555', name: 'user2' },
      ],
      botId: 'dd3885da-f9ab-486b-bfae-85de3d445555',
      botName: 'TestBot',
      removeFromDefaultAudioGroup: false,
    },
  },
  {
    template: 'join-meeting',
    example: 'v1.0-ex05-join-scheduled-meeting-service-hosted.json',
    route: 'v1.0 communications',
    values: {
      threadId: '19:meeting_Win6Ydo4wsMijFjZS00ZGVjLTk5MGUtOTRjNWY2NmNkYTFm@thread.v2',
      ...bob,
      tenantId: '86dc81db-c112-4228-9222-63f3esaa1edb',
      prompts,
    },
  },
  {
    template: 'join-meeting-id',
    example: 'v1.0-ex07-join-meetingid-passcode.json',
    route: 'v1.0 communications',
    values: {
      joinMeetingId: '1234567',
      passcode: 'psw123',
      tenantId: '86dc81db-c112-4228-9222-63f3esaa1edb',
      prompts,
    },
  },
  {
    template: 'join-channel-as-guest',
    example: 'beta-ex10-join-channel-meeting-as-guest-service-hosted.json',
    route: 'beta communications',
    values: {
      guestId: 'd7a3b999-17ac-4bca-9e77-e6a730d2ec2e',
      guestName: 'Guest User',
      threadId: '19:cbee7c1c860e465f8258e3cebf7bee0d@thread.skype',
      messageId: '1533758867081',
      ...bob,
      organizerTenantId: 'aa67bd4c-8475-432d-bd41-39f255720e0a',
      prompts,
    },
  },
  {
    template: 'app-hosted-media',
    example: 'beta-ex02-p2p-app-hosted.json',
    route: 'v1.0 communications',
    values: {
      ...john,
      botId: '2891555a-92ff-42e6-80fa-6e1300c6b5c6',
      botName: 'Calling Bot',
      blob: '<Media Session Configuration>',
    },
  },
  { template: 'seed-call', example: 'seed-request.json', route: 'beta app', values: {} },
]
