// What Microsoft's pages show and its metadata does not have. Nothing else may differ, and nothing here may be idle.

export interface Published {
  readonly version?: 'v1.0' | 'beta'
  readonly type: string
  /** A property, or members of an enumeration. */
  readonly property?: string
  readonly members?: readonly string[]
  readonly source: string
}

export const published: readonly Published[] = [
  {
    type: 'commsNotification',
    property: 'resourceData',
    source: 'every notification of the pages; metadata has an open type with changeType and resourceUrl',
  },
  {
    type: 'commsNotification',
    property: 'callbackUri',
    source: 'notifications of the page of creating a call; the type is open',
  },
  {
    type: 'operationStatus',
    members: ['running', 'completed', 'failed'],
    source: 'answers and notifications of every operation’s page; metadata begins them with a capital',
  },
  {
    version: 'v1.0',
    type: 'playPromptOperation',
    property: 'completionReason',
    source: 'the notification on the page of cancelMediaProcessing; the type is open',
  },
  {
    version: 'v1.0',
    type: 'recordOperation',
    property: 'completionReason',
    source: 'the notification on the page of cancelMediaProcessing; the type is open',
  },
  {
    version: 'beta',
    type: 'playPromptCompletionReason',
    members: ['operationCanceled'],
    source: 'the notification on the page of cancelMediaProcessing; metadata: mediaOperationCanceled',
  },
  {
    version: 'v1.0',
    type: 'call',
    property: 'terminationReason',
    source: 'the consultative example on the page of transfer; metadata has it in beta, and the type is open',
  },
  ...['answeredBy', 'ringingTimeoutInSeconds'].map(
    (property): Published => ({
      version: 'v1.0',
      type: 'call',
      property,
      source:
        'answers on the page of creating a call, as null; metadata has it in beta, and the type is open',
    }),
  ),
  {
    version: 'beta',
    type: 'admitFromLobbyOperation',
    source: 'paths of beta’s permissions of 2026-06',
  },
  {
    version: 'beta',
    type: 'admitAllFromLobbyOperation',
    source: 'paths of beta’s permissions of 2026-06',
  },
  {
    version: 'beta',
    type: 'removeFromLobbyOperation',
    source: 'paths of beta’s permissions of 2026-06',
  },
]
