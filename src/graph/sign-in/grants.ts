// What token requests are made of, by the way of signing in.

/** What every token request of an app needs. */
export interface AppGrant {
  readonly tenantId: string
  readonly clientId: string
  /** Origin of the sign-in endpoint. */
  readonly authority: string
  readonly scope: string
}

export interface SecretGrant extends AppGrant {
  readonly kind: 'client-secret'
  readonly clientSecret: string
}

export interface CertificateGrant extends AppGrant {
  readonly kind: 'certificate'
  /** A PEM file with certificate and private key. */
  readonly path: string
  readonly password?: string
  /** Whether the assertion carries the certificates, for apps that trust a subject and issuer. */
  readonly sendsChain: boolean
}

export interface TokenFileGrant extends AppGrant {
  readonly kind: 'federated-token-file'
  /** A file with an assertion that somebody else keeps fresh. */
  readonly path: string
}

export interface GitHubGrant extends AppGrant {
  readonly kind: 'github-oidc'
  /** Where GitHub hands out assertions, audience included. */
  readonly url: string
  readonly requestToken: string
}

export interface ManagedGrant {
  readonly kind: 'managed-identity'
  /** What the token's tenant has to be, when that is known. */
  readonly tenantId?: string
  /** Of a user-assigned identity. */
  readonly clientId?: string
  readonly scope: string
  /** Origins that may be asked: what the environment names, or else where Azure has its endpoints. */
  readonly origins: readonly string[]
  readonly secrets: readonly string[]
}

/** All that a token request needs. */
export type Grant = SecretGrant | CertificateGrant | TokenFileGrant | GitHubGrant | ManagedGrant
export type ConfidentialGrant = Exclude<Grant, ManagedGrant>
