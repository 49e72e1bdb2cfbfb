import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { environmentNameProblem } from '../../../src/compile/expression/environment-names.js'
import { codesOf, environment, subjectFile } from '../../helpers/workspace.js'

const test = suite('environment names')

test('what proves who one is cannot be read, kept as a secret or not, in any letter case', () => {
  const names = [
    ...['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_CLIENT_CERTIFICATE_PASSWORD'],
    ...['AZURE_FEDERATED_TOKEN', 'AZURE_FEDERATED_TOKEN_FILE', 'MSI_ENDPOINT', 'MSI_SECRET'],
    ...['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_RUNTIME_TOKEN'],
    ...['ACTIONS_ID_TOKEN_REQUEST_URL', 'GITHUB_TOKEN', 'GH_TOKEN', 'SYSTEM_ACCESSTOKEN'],
    ...['CALLCTL_GRAPH_ROOT', 'CALLCTL_SIGN_IN', 'CALLCTL_RECORD', 'PGPASSWORD'],
  ]
  for (const name of names.flatMap((each) => [
    each,
    each.toLowerCase(),
    `${each[0]}${each.slice(1).toLowerCase()}`,
  ]))
    for (const isSecret of [false, true]) assert.ok(environmentNameProblem(name, isSecret), name)
})

test('tenant, client and other names can be read', () => {
  const names = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'CALLBACK_URI', 'MSI', 'IDENTITY', 'GITHUB_SHA']
  for (const name of [...names, 'MY_GITHUB_TOKENS', 'KEYS', 'TOKEN_URL', 'ACTIONS_CACHE_URL'])
    assert.is(environmentNameProblem(name, false), undefined, name)
})

test('names that end like a secret’s are read as secrets alone', () => {
  for (const name of ['TOKEN', 'BOARD_SECRET', 'DB_PASSWORD', 'API_KEY', 'apiKey', 'NPM_AUTH_TOKEN']) {
    assert.ok(environmentNameProblem(name, false), name)
    assert.is(environmentNameProblem(name, true), undefined, name)
  }
})

test('a name that may not be read gives its value to nothing, whatever else is made of it', () => {
  const files = {
    'callctl.yaml': 'env: [GH_TOKEN]\n',
    'calls/a.yaml': subjectFile('"{{env.GH_TOKEN}}"'),
  }
  assert.equal(codesOf(files, environment({ GH_TOKEN: 'geheim' })), ['env/name'])
})

test.run()
