// Mistakes that a fault suite or tests must catch, each as an exact replacement in a file of the sources.

export const mutants = [
  {
    name: 'M1 the request before the claim',
    file: 'src/apply/attempt.ts',
    from: `    return publish(run, request, claim)
  })
  if (refusal !== undefined) return refusal
  const verdict = await send(run, request, { claim, connection, since })
`,
    to: `    return undefined
  })
  if (refusal !== undefined) return refusal
  const verdict = await send(run, request, { claim, connection, since })
  const late = await publish(run, request, claim)
  if (late !== undefined) return late
`,
    suite: 'kill --calls 3 --sample 40',
  },
  {
    name: 'M2 a claim that replaces another one',
    file: 'src/record/disk/publish-file.ts',
    from: 'files.linkSync(temporary, path)',
    to: 'files.renameSync(temporary, path)',
    suite: 'stolen-lock --rounds 3',
  },
  {
    name: 'M3 another attempt after a lost answer',
    file: 'src/apply/classify-answer.ts',
    from: "    return { outcome: { kind: 'uncertain', reason, ...evidence, at }, next: done }",
    to: "    return { outcome: { kind: 'not-sent', reason, at }, next: { kind: 'retry' } }",
    suite: 'cuts --step 200',
  },
  {
    name: 'M4 another attempt after 504',
    file: 'src/model/meaning.ts',
    from: 'status === 429 && retryAfter !== undefined',
    to: '(status === 429 || status === 504) && retryAfter !== undefined',
    suite: 'statuses --step 49',
  },
  {
    name: 'M5 sent again under the same claim after 429',
    file: 'src/apply/attempt.ts',
    from: 'return request.judge(claim, await request.send(connection, claim, look), run.time())',
    to: `let answer = await request.send(connection, claim, look)
    if (answer.status === 429) answer = await request.send(await request.connect(), claim, look)
    return request.judge(claim, answer, run.time())`,
    suite: 'answers',
  },
  {
    name: 'M6 no fsync of the claim',
    file: 'src/record/disk/write-new-file.ts',
    from: '    yield { file }\n    return file\n',
    to: '    return file\n',
    suite: 'order --calls 3',
  },
  {
    name: 'M7 no fsync of the folder',
    file: 'src/record/disk/publish-file.ts',
    from: '    yield { folder: dirname(path) }\n    return file',
    to: '    return file',
    suite: 'order --calls 3',
  },
  {
    name: 'M8 a short write taken for a whole one',
    file: 'src/record/disk/file-system.ts',
    from: 'written += count',
    to: 'written += bytes.length',
    suite: 'full-disk --calls 12 --sample 40',
  },
  {
    name: 'M9 a key missing from the lockfile was never dialed',
    file: 'src/record/load-record.ts',
    from: 'const joined = joinRecord(lockfile, attempts)',
    to: 'const joined = lockfile',
    suite: 'model --runs 100',
  },
  {
    name: 'M10 a stale lock taken away, and no exclusive claim',
    changes: [
      {
        file: 'src/record/run-lock/run-lock.ts',
        from: 'if (held === undefined) throw refusal(place, readOwner(place, files))',
        to: 'if (held === undefined) return { async release() {} }',
      },
      {
        file: 'src/record/disk/publish-file.ts',
        from: 'files.linkSync(temporary, path)',
        to: 'files.renameSync(temporary, path)',
      },
    ],
    suite: 'races --rounds 3',
  },
  {
    name: 'M11 an unreadable claim taken for none',
    file: 'src/record/attempts/read-claims.ts',
    from: '    .sort(byAddressAndNumber)',
    to: '    .filter(({ damage }) => damage === undefined)\n    .sort(byAddressAndNumber)',
    suite: 'fuzz --count 100 --step 50 --sample 1',
  },
  {
    name: 'M12 success without an id taken for a refusal',
    file: 'src/apply/classify-answer.ts',
    from: "uncertain(answer, 'without a call id', at)",
    to: 'refused(answer, at)',
    suite: 'statuses --step 49',
  },
  {
    name: 'M13 redirects followed',
    file: 'src/graph/answer/exchange.ts',
    from: "redirect: 'manual' as const, compress: false, agent }",
    to: "redirect: 'follow' as const, compress: false, agent: undefined as never }",
    suite: 'statuses --step 49',
  },
  {
    name: 'M14 the end of the reader ends the run',
    file: 'src/cli/frame/output.ts',
    from: "code !== 'EAGAIN') return bytes.subarray(bytes.length)",
    to: "code !== 'EAGAIN') process.exit(0)",
    suite: 'signals --rounds 5',
  },
  {
    name: 'M15 a lockfile in conflict taken for an empty one',
    file: 'src/record/lockfile/parse-lockfile.ts',
    from: '  refuseConflict(text, path)\n',
    to: `  if (text.includes('<<<<<<<')) {
    const lineage = /"lineage": "([^"]*)"/.exec(text)?.[1] ?? ''
    return withoutPrototype({ lockfileVersion: 1, lineage, calls: {} })
  }
`,
    suite: 'fuzz --count 10 --step 50 --sample 1',
  },
  {
    name: 'M16 what history has as uncertain or ended is no news',
    file: 'src/record/lockfile/historic-lockfile.ts',
    from: "historic.state !== 'failed' && !isAnswered",
    to: "historic.state === 'placed' && !isAnswered",
    tests: ['test/record/refuse-rewound.test.ts'],
  },
  {
    name: 'M17 limits of callctl.yaml do not hold for a saved plan',
    file: 'src/work/apply/saved-plans.ts',
    from: 'const { limits } = compiled.compilation.settings',
    to: 'const limits = { concurrency: 8 }',
    tests: ['test/cli/apply/resealed-plan.test.ts'],
  },
  {
    name: 'M18 the id of a call that failed or is unknown is filled into another call',
    file: 'src/work/apply/fill-payloads.ts',
    from: "if (entry?.state !== 'placed' && entry?.state !== 'ended') return undefined",
    to: 'if (entry === undefined) return undefined',
    tests: ['test/cli/apply/fill-payloads.test.ts'],
  },
  {
    name: 'M19 what a saved plan says of a text is believed',
    file: 'src/work/apply/saved-payloads.ts',
    from: "if (!isSame) return 'whom it would ring is not what the plan says'",
    to: 'if (!isSame) return undefined',
    tests: ['test/cli/apply/resealed-plan.test.ts'],
  },
  {
    name: 'M20 a text that callctl would not write is sent',
    file: 'src/compile/call/check-text.ts',
    from: 'formatCall(arranged) === text',
    to: 'text.length > 0',
    tests: ['test/cli/apply/resealed-plan.test.ts'],
  },
  {
    name: 'M29 a secret in a saved plan may choose whom a call rings',
    file: 'src/compile/call/check-text.ts',
    from: 'if (choice !== undefined) return `at',
    to: 'if (choice === null) return `at',
    tests: ['test/cli/apply/saved-placeholders.test.ts'],
  },
  {
    name: 'M30 a saved plan says which call an id is of',
    file: 'src/work/apply/saved-placeholders.ts',
    from: 'if (!isJust(references, needed))',
    to: 'if (needed.length > 0 && references.length === 0)',
    tests: ['test/cli/apply/saved-placeholders.test.ts'],
  },
  {
    name: 'M21 an attempt that a commit alone remembers is not used',
    file: 'src/work/apply/saved-plans.ts',
    from: 'new Set(findInHistory(graph.place, ids, world.environment))',
    to: 'new Set<string>()',
    tests: ['test/cli/apply/plan-belongs.test.ts'],
  },
  {
    name: 'M22 a first plan fits every empty record',
    file: 'src/work/apply/saved-plans.ts',
    from: 'if (isSameWorkspace(workspace, compiled.workspace.root, world)) return',
    to: 'if (isSameWorkspace(workspace, compiled.workspace.root, world) || true) return',
    tests: ['test/cli/apply/plan-belongs.test.ts'],
  },
  {
    name: 'M23 a saved plan places again what was placed',
    file: 'src/plan/saved-plan.ts',
    from: 'return action === change.action ? undefined',
    to: 'return action !== undefined ? undefined',
    tests: ['test/plan/saved-plan.test.ts'],
  },
  {
    name: 'M24 early bytes taken as answer',
    changes: [
      {
        file: 'src/graph/wire/wire.ts',
        from: `      if (state === 'idle') {
        socket.destroy(new Error('the peer spoke before the request'))
        return false
      }
`,
        to: '',
      },
      {
        file: 'src/graph/wire/wire.ts',
        from: '(inbound.hasWritten() || (inbound.size() === 0 && socket.readableLength === 0))',
        to: 'true',
      },
      {
        file: 'src/graph/wire/wire.ts',
        from: "if (state === 'sending' && size > 0) {",
        to: 'if (size < 0) {',
      },
    ],
    tests: ['test/graph/early-bytes.test.ts'],
  },
  {
    name: 'M25 id in a 401 ignored',
    file: 'src/apply/classify-answer.ts',
    from: 'const [named] = callId ? [callId] : (answer.named ?? [])',
    to: 'const [named] = status === 401 ? [] : callId ? [callId] : (answer.named ?? [])',
    suite: 'statuses --step 7',
  },
  {
    name: 'M26 duplicate id not noticed',
    file: 'src/apply/run.ts',
    from: 'const holder = held.get(key) ?? holderOf?.(id)',
    to: 'const holder = held.get(key + String(held.size)) ?? (holderOf, undefined)',
    tests: ['test/apply/freshness.test.ts'],
  },
  {
    name: 'M27 a late timer throws the answer away',
    file: 'src/graph/wire/answer-timer.ts',
    from: '    if (Math.abs(time - since) > part + standstill) addTime()\n    since = time\n    left -= 1\n    if (left > 0) timer = setTimeout(tick, part)\n    else lookOnce()\n',
    to: '    left -= Math.max(1, Math.floor((time - since) / part))\n    since = time\n    if (left > 0) timer = setTimeout(tick, part)\n    else onTimeout()\n',
    tests: ['test/graph/wire/answer-timer.test.ts'],
  },
  {
    name: 'M28 no last look before an invitation',
    file: 'src/graph/operations.ts',
    from: '...(look !== undefined && { look }),',
    to: '',
    tests: ['test/graph/early-bytes.test.ts'],
  },
  {
    name: 'R1 a change of the lockfile is not reviewed',
    file: 'src/review/create-review.ts',
    from: 'record: input.lockfiles === undefined ? [] : compareLockfiles(input.lockfiles, input),',
    to: 'record: [],',
    suite: 'review --count 8 --seed 3 --only a-call-that-was-never-placed',
  },
  {
    name: 'R2 who edits a placed call to failed is believed',
    changes: [
      {
        file: 'src/record/lockfile/historic-lockfile.ts',
        from: "if (here.some((each) => each.state !== 'failed' || isSettled(each, historic))) return true",
        to: 'if (here.length > 0) return true',
      },
      {
        file: 'src/record/lockfile/contradictions.ts',
        from: "if (attempt.state === 'failed') refuseUnproven(address, attempt, findFreeingFault(attempt))",
        to: '',
      },
    ],
    suite: 'review --count 8 --seed 3 --only placed-made-failed',
  },
  {
    name: 'R3 what is said to be forgotten is believed without its evidence',
    changes: [
      {
        file: 'src/record/lockfile/contradictions.ts',
        from: 'for (const attempt of list) refuseUnproven(address, attempt, findForgettingFault(attempt))',
        to: '',
      },
      {
        file: 'src/record/lockfile/historic-lockfile.ts',
        from: "if (typeof attempt['forgottenAt'] !== 'string') return false",
        to: 'return true',
      },
    ],
    suite: 'review --count 8 --seed 3 --only a-live-call-forgotten',
  },
  {
    name: 'R4 history has no say in what rang',
    file: 'src/record/lockfile/historic-lockfile.ts',
    from: "if (historic.state !== 'failed' && !isAnswered(historic, key, known))",
    to: 'if (historic.attempt === key)',
    suite: 'review --count 8 --seed 3 --only another-lineage,-and-nothing-in-it',
  },
  {
    name: 'R5 environments are not reviewed',
    file: 'src/work/review/review-revisions.ts',
    from: 'const names = [...base.settings.environmentNames, ...head.settings.environmentNames]',
    to: 'const names: string[] = []',
    suite: 'review --count 8 --seed 3 --only another-who-in-staging',
  },
  {
    name: 'R6 a call that a lockfile hides is not named',
    changes: [
      {
        file: 'src/review/lockfiles/compare-lockfiles.ts',
        from: 'const ids = new Set([...known.base.keys(), ...known.head.keys()])',
        to: 'const ids = new Set(known.base.keys())',
      },
      {
        file: 'src/review/lockfiles/compare-lockfiles.ts',
        from: 'if (effect === undefined || said.has(keyOfAddress(address))) return []',
        to: "if (effect !== 'rings' || said.has(keyOfAddress(address))) return []",
      },
    ],
    suite: 'review --count 8 --seed 3 --only a-call-that-was-never-placed',
  },
  {
    name: 'R7 a call that is gone is not named',
    file: 'src/review/create-review.ts',
    from: 'const calls = pairs.filter(differs).map(reviewCall)',
    to: 'const calls = pairs.filter(differs).filter(({ after }) => after !== undefined).map(reviewCall)',
    suite: 'review --count 8 --seed 3 --only a-call-removed',
  },
  {
    name: 'R8 nobody in the ring list is new',
    file: 'src/review/rings.ts',
    from: 'before.length === 0 || before.some(',
    to: 'before.length < 0 && before.some(',
    suite: 'review --count 8 --seed 3 --only a-row-added',
  },
  {
    name: 'R9 an edited lockfile has no exit code',
    file: 'src/cli/commands/diff.ts',
    from: 'record.some(({ isEdit, effect }) => isEdit || effect !== undefined)',
    to: 'record.length < 0',
    suite: 'review --count 8 --seed 3 --only a-call-that-was-never-placed',
  },
  {
    name: 'R10 history is not asked for the name that a call had',
    file: 'src/work/workspace/check-history.ts',
    from: 'movedFrom === undefined ? [address] : [address, movedFrom]',
    to: 'movedFrom === undefined ? [address] : [address]',
    tests: ['test/cli/moved/renamed-history.test.ts'],
  },
  {
    name: 'S1 what the server remarks on a claim is not heard',
    file: 'src/record/shared/claims.ts',
    from: '  if (notices.length > 0) throw notDurable(notices)\n  const ours',
    to: '  const ours',
    tests: ['test/record/shared/standby.test.ts'],
  },
  {
    name: 'S2 a claim whose answer was lost waits for no standby',
    file: 'src/record/shared/claims.ts',
    from: '  if (rows.length === 0) return []\n',
    to: '  if (rows.length >= 0) return rows.map(({ nonce }) => nonce)\n',
    tests: ['test/record/shared/standby.test.ts'],
  },
  {
    name: 'S3 after a lost answer a claim is looked for, and not inserted again',
    file: 'src/record/shared/claims.ts',
    from: 'const ours = await link.persist((session) => claimAll(session, rows))',
    to: `let tries = 0
    const ours = await link.persist(async (session) => {
      if (tries++ === 0) return claimAll(session, rows)
      const found = await findEarlier(session, rows.map(({ nonce }) => nonce))
      return rows.map(({ nonce }) => found.includes(nonce))
    })`,
    suite: 'shared --only cuts --cuts 200 --stalls 0',
  },
  {
    name: 'S4 the nonce is the attempt’s id',
    file: 'src/record/shared/claims.ts',
    from: 'nonce: uuid(),',
    to: 'nonce: form.idOf(claim),',
    suite: 'shared --only racers --claims 200',
  },
  {
    name: 'S5 a claim without an answer was not written',
    file: 'src/record/shared/claims.ts',
    from: 'const ours = await link.persist((session) => claimAll(session, rows))',
    to: `const ours = await link.persist((session) =>
      claimAll(session, rows).catch((error: Error) => {
        if (error.name !== 'LostError') throw error
        return rows.map(() => false)
      }),
    )`,
    suite: 'shared --only cuts --cuts 200 --stalls 0',
  },
  {
    name: 'S6 the outcome that is told last stands',
    file: 'src/record/shared/claims.ts',
    from: 'on conflict do nothing returning id`',
    to: 'on conflict (kind, id) do update set outcome = excluded.outcome returning id`',
    suite: 'shared --only racers --claims 200',
  },
  {
    name: 'S7 claims in transactions that see a snapshot',
    file: 'src/record/shared/session.ts',
    from: "set default_transaction_isolation = 'read committed';",
    to: "set default_transaction_isolation = 'repeatable read';",
    suite: 'shared --only racers --claims 200',
  },
  {
    name: 'S8 sent after this machine’s claim alone',
    file: 'src/record/both-records.ts',
    from: 'if (!(await shared.claim(claim))) return false',
    to: 'await shared.claim(claim)',
    tests: ['test/cli/shared/runners.test.ts'],
  },
  {
    name: 'S9 the room that limits leave is looked at before the claim',
    file: 'src/record/shared/claims.ts',
    from: `const ours = await link.persist((session) => claimAll(session, rows))
    return held === undefined ? ours`,
    to: `const room = held && (await link.persist((session) => findRoom(session, lineage, held.limits)))
    const ours = await link.persist((session) => claimAll(session, rows))
    return held === undefined || (room?.left ?? 0) >= rows.length ? ours`,
    tests: ['test/record/shared/limits.test.ts'],
  },
  {
    name: 'S10 what is claimed and has no outcome takes no room',
    file: 'src/record/shared/limits.ts',
    from: "where c.lineage = $1 and c.kind = 'attempt'",
    to: "where c.lineage = $1 and c.kind = 'attempt' and o.id is not null",
    tests: ['test/record/shared/limits.test.ts'],
  },
  {
    name: 'S11 a lock of the server is the guard, and not the row',
    file: 'src/record/shared/claims.ts',
    from: 'const ours = new Set<unknown>(made.map(({ nonce }) => nonce))',
    to: `const { rows: locked } = await session.query(
    'select n.nonce from unnest($1::uuid[], $2::text[]) as n (nonce, key) where pg_try_advisory_lock(hashtextextended(n.key, 0))',
    [rows.map(({ nonce }) => nonce), rows.map(({ key }) => key)],
  )
  const ours = new Set<unknown>(locked.map(({ nonce }) => nonce))`,
    suite: 'shared --only racers --claims 200',
  },
  {
    name: 'S12 claiming and reading whose it is are one statement',
    file: 'src/record/shared/claims.ts',
    from: `const insertClaims = \`insert into callctl.claim (lineage, kind, address_key, number, id, nonce, claim, run)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[])
on conflict do nothing returning nonce\``,
    to: `const insertClaims = \`with given as (
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::uuid[], $6::uuid[], $7::text[], $8::uuid[])
    as g (lineage, kind, address_key, number, id, nonce, claim, run)
), made as (
  insert into callctl.claim (lineage, kind, address_key, number, id, nonce, claim, run)
  select * from given on conflict do nothing
)
select g.nonce from given g left join callctl.claim c using (lineage, kind, address_key, number) where c.id is null\``,
    suite: 'shared --only racers --claims 200',
  },
]
