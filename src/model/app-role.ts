/** An application permission of Microsoft Graph, which only an administrator can consent to. */
export interface AppRole {
  /** As in a token's `roles`; reference pages spell some of them otherwise. */
  readonly name: string
  /** Id of the app role, the same in every tenant. */
  readonly id: string
  readonly allows: string
}

/** What calls may need. None of them is documented to include another one. */
export const appRoles: readonly AppRole[] = [
  {
    name: 'Calls.Initiate.All',
    id: '284383ee-7f6e-4e40-a2a8-e85dcb029101',
    allows: 'place a call to one person or number, and transfer calls',
  },
  {
    name: 'Calls.InitiateGroupCall.All',
    id: '4c277553-8a09-487b-8023-29ee378d8324',
    allows: 'place a call to several people, and invite people to a call',
  },
  {
    name: 'Calls.JoinGroupCall.All',
    id: 'f6b49018-60ab-4f81-83bd-22caeabfed2d',
    allows: 'join group calls and meetings as the app',
  },
  {
    name: 'Calls.JoinGroupCallAsGuest.All',
    id: 'fd7ccf6b-3d28-418b-9701-cd10f5cd2fd4',
    allows: 'join group calls and meetings as a guest',
  },
  {
    name: 'Calls.AccessMedia.All',
    id: 'a7a681dc-756e-4909-b988-f160edc6655f',
    allows: 'send and receive the media of a call itself (app-hosted media)',
  },
]

export const findAppRole = (name: string): AppRole | undefined => appRoles.find((role) => role.name === name)

/** A permission that calls need and the token does not have. */
export interface MissingRole {
  readonly name: string
  /** Absent for a role that callctl does not know. */
  readonly id?: string
  /** The calls that need it, sorted. */
  readonly addresses: readonly string[]
}

/** The roles of a token, compared with what calls need. */
export interface RoleComparison {
  /** False where the token's roles cannot be read: then Graph alone decides. */
  readonly isReadable: boolean
  readonly missing: readonly MissingRole[]
  /** Not in the token, and taken as granted by a meeting's resource-specific consent. */
  readonly assumed: readonly MissingRole[]
}
