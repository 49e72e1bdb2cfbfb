import type { Definition } from './definition.js'
import type { ListNode, MapNode, ScalarNode } from './document.js'
import type { Assignment } from './workspace.js'

/** One entry of a `*.test.yaml`, read. */
export interface DefinitionTest {
  readonly name: ScalarNode
  readonly source: string
  readonly subject: TestSubject
  /** The environment of callctl.yaml that the test is under. */
  readonly environmentName?: ScalarNode
  /** Values as a `--var-file` gives them. */
  readonly assignments: readonly Assignment[]
  /** The environment variables that there are for this test; it reads no others. */
  readonly environment?: MapNode
  readonly expect: Expectations
}

/** Calls of the workspace by address (`*` stands for any text), or a definition that the test makes for itself. */
export type TestSubject =
  | { readonly kind: 'address'; readonly address: ScalarNode }
  | { readonly kind: 'definition'; readonly definition: Definition }

/** What stands under `expect`: plain data, in which no expression is rendered. */
export interface Expectations {
  /** The whole call. */
  readonly payload?: MapNode
  /** JSON Pointer to value. */
  readonly values?: MapNode
  /** JSON Pointers that lead to nothing. */
  readonly absent?: ListNode
  /** All diagnostic codes of the call, each once. Without it, errors are not allowed and warnings not looked at. */
  readonly diagnostics?: ListNode
  readonly kind?: ScalarNode
  /** The route, such as `/v1.0/communications/calls`. */
  readonly endpoint?: ScalarNode
  /** Of all the test's calls together, in any order. */
  readonly people?: ListNode
  readonly numbers?: ListNode
  readonly permissions?: ListNode
  readonly addresses?: ListNode
}

export type Expectation = keyof Expectations
