/** A code of Microsoft Entra: what is wrong, and what most likely mends it. */
export interface EntraCode {
  readonly meaning: string
  readonly hint: string
  /** Whether Entra's own words say what this depends on, such as the subject that did not match. */
  readonly isQuoted?: true
  /** Whether the same request may be granted a little later. */
  readonly isPassing?: true
}

const later = 'Try again in a minute; https://status.azure.com says what is out of order.'
const registration =
  'Compare issuer, subject and audience with the federated credentials of the app registration, letter by letter.'
const consent =
  'An administrator of the tenant has to consent to the app’s application permissions; `plan` lists them.'

/** Those that an app which signs in by itself meets, by number. Entra's own list is longer and changes. */
export const entraCodes: Readonly<Record<string, EntraCode>> = {
  // The app and the tenant.
  '90002': {
    meaning: 'there is no such tenant',
    hint: 'Compare AZURE_TENANT_ID, and whether the tenant is in the cloud that callctl.yaml names.',
  },
  '900023': {
    meaning: 'the tenant’s name is neither an id nor a domain',
    hint: 'Set AZURE_TENANT_ID to the tenant’s id (a UUID) or to a domain of it.',
  },
  '90013': {
    meaning: 'a setting has a form that Entra does not take',
    hint: 'Compare AZURE_CLIENT_ID and AZURE_TENANT_ID with the app’s overview page: both are UUIDs.',
    isQuoted: true,
  },
  '50194': {
    meaning: 'the app signs in to its own tenant only',
    hint: 'Set AZURE_TENANT_ID to the tenant that the app is registered in.',
  },
  '5000225': {
    meaning: 'the tenant is blocked for lack of use',
    hint: 'An administrator can have it opened again: https://aka.ms/tenantlifecycle.',
  },
  '700016': {
    meaning: 'the app is not in this tenant',
    hint: 'Compare AZURE_CLIENT_ID and AZURE_TENANT_ID; an administrator of the tenant may have to consent first.',
  },
  '70001': {
    meaning: 'the app is disabled or not in this tenant',
    hint: 'Compare AZURE_CLIENT_ID and AZURE_TENANT_ID, and whether the app may sign in.',
  },
  '7000112': {
    meaning: 'the app is disabled in this tenant',
    hint: 'An administrator can enable it: Enterprise applications, the app, Properties.',
  },
  '7000114': {
    meaning: 'the app may not ask for tokens by itself',
    hint: 'Use an app of your own, registered as a confidential client.',
  },
  // Permissions.
  '65001': { meaning: 'nobody has consented to the app', hint: consent },
  '650056': { meaning: 'the app asks for no permissions, or nobody has consented to them', hint: consent },
  '500011': {
    meaning: 'Microsoft Graph is not in this tenant under that name',
    hint: 'Compare AZURE_TENANT_ID and `graph.cloud` in callctl.yaml: each cloud has a Graph of its own.',
  },
  '501051': {
    meaning: 'the app is assigned to no role of what it asks for',
    hint: 'An administrator can assign it, or switch off that assignment is required.',
  },
  '53003': {
    meaning: 'a conditional access policy forbids it',
    hint: 'Ask an administrator which policy covers this app, or run from a network that it allows.',
  },
  '530035': {
    meaning: 'the security defaults of the tenant forbid it',
    hint: 'Ask an administrator; Entra’s sign-in log of service principals names the reason.',
  },
  // Secret.
  '7000215': {
    meaning: 'the client secret is wrong',
    hint: 'AZURE_CLIENT_SECRET has to be the secret’s value, not its id; both are shown when it is made.',
  },
  '7000222': {
    meaning: 'the client secret has expired',
    hint: 'Add a new secret to the app and set AZURE_CLIENT_SECRET to it.',
  },
  '7000216': {
    meaning: 'neither secret nor assertion reached Entra',
    hint: 'A gateway between here and Entra may change requests.',
  },
  '7000218': {
    meaning: 'neither secret nor assertion reached Entra',
    hint: 'A gateway between here and Entra may change requests.',
  },
  '700025': {
    meaning: 'the app is registered as a public client, which has no secret',
    hint: 'In its registration, under Authentication, switch off that public client flows are allowed.',
  },
  // Certificate, and assertions of any kind.
  '700027': {
    meaning: 'the certificate is not one of the app’s, or its key does not fit',
    hint: 'Upload the certificate of AZURE_CLIENT_CERTIFICATE_PATH to the app registration, or use one that is there.',
    isQuoted: true,
  },
  '700024': {
    meaning: 'the assertion is not valid now',
    hint: 'Compare the clock of this machine. A federated token file has to be renewed by what wrote it.',
    isQuoted: true,
  },
  '700030': {
    meaning: 'the certificate’s subject is not one that the app trusts',
    hint: 'Compare it with the subject names that the app registration trusts.',
    isQuoted: true,
  },
  '1000502': {
    meaning: 'the certificate is not valid now',
    hint: 'Renew it, and upload it to the app registration; or compare the clock of this machine.',
  },
  '7000214': {
    meaning: 'the certificate has been revoked',
    hint: 'Make a new one and upload it to the app registration.',
  },
  '50027': {
    meaning: 'the assertion is not a token that Entra can read',
    hint: 'Compare what AZURE_FEDERATED_TOKEN_FILE holds: one token of your issuer and nothing else.',
    isQuoted: true,
  },
  '50013': {
    meaning: 'the assertion’s signature or audience is wrong',
    hint: 'Compare issuer and audience with the app’s federated credentials.',
    isQuoted: true,
  },
  // Federation.
  '70021': { meaning: 'no federated credential of the app fits', hint: registration, isQuoted: true },
  '700211': { meaning: 'no federated credential has this issuer', hint: registration, isQuoted: true },
  '700212': { meaning: 'no federated credential has this audience', hint: registration, isQuoted: true },
  '700213': { meaning: 'no federated credential has this subject', hint: registration, isQuoted: true },
  '7002131': { meaning: 'no federated credential has this subject', hint: registration, isQuoted: true },
  '7000226': { meaning: 'the app has no federated credentials', hint: registration },
  '700236': { meaning: 'Entra does not take tokens that Entra itself issued', hint: registration },
  // What passes.
  '90006': { meaning: 'Entra is out of order', hint: later, isPassing: true },
  '90012': { meaning: 'Entra took too long', hint: later, isPassing: true },
  '90024': { meaning: 'Entra is out of order', hint: later, isPassing: true },
  '90033': { meaning: 'Entra is out of order', hint: later, isPassing: true },
  '50196': {
    meaning: 'too many sign-ins in a short time',
    hint: 'Something asks for tokens over and over. Wait some minutes.',
  },
}
