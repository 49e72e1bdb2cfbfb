// test/cli/redial-renamed.test.ts
import { mkdirSync as mkdirSync2 } from "node:fs";
import { join as join9 } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

// src/record/load-record.ts
import { isAscii } from "node:buffer";
import { basename as basename2, dirname as dirname5, join as join6 } from "node:path";

// src/model/errors.ts
var RecordError = class extends Error {
  constructor(message, hint, options) {
    super(message, options);
    this.hint = hint;
    this.name = "RecordError";
  }
  hint;
};
var InternalError = class extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "InternalError";
  }
};

// src/record/file-system.ts
import * as fs from "node:fs";
import { platform } from "node:os";
import { dirname } from "node:path";
import { promisify } from "node:util";
var nodeFileSystem = {
  ...fs,
  open: promisify(fs.open),
  fsync: promisify(fs.fsync)
};
var { O_CREAT, O_EXCL, O_RDWR } = fs.constants;
var { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
var readFlags = fs.constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
var rewriteFlags = O_RDWR | O_NOFOLLOW;
var newFileFlags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW;
function errorCode(cause) {
  if (!(cause instanceof Error)) return "unknown error";
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
function writeAll(files, file, bytes, position) {
  for (let written = 0; written < bytes.length; ) {
    const count = files.writeSync(file, bytes, written, bytes.length - written, position + written);
    if (count <= 0) throw new Error("nothing could be written");
    written += count;
  }
}
function readFile(files, path, limit) {
  const file = files.openSync(path, readFlags);
  try {
    const status = files.fstatSync(file);
    if (!status.isFile()) throw new Error("not a regular file");
    const bytes = Buffer.allocUnsafe(Math.min(status.size, limit));
    let length = 0;
    while (length < bytes.length) {
      const count = files.readSync(file, bytes, length, bytes.length - length, length);
      if (count === 0) break;
      length += count;
    }
    return { bytes: bytes.subarray(0, length), status };
  } finally {
    closeQuietly(files, file);
  }
}
function syncFolder(files, path) {
  const folder = openFolder(files, path);
  if (folder === void 0) return;
  try {
    files.fsyncSync(folder);
  } finally {
    closeQuietly(files, folder);
  }
}
var openFolder = (files, path) => platform() === "win32" ? void 0 : files.openSync(path, fs.constants.O_RDONLY);
function makeFolder(files, path) {
  try {
    files.mkdirSync(path, 448);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT" && dirname(path) !== path) {
      makeFolder(files, dirname(path));
      makeFolder(files, path);
      return;
    }
    if (errorCode(cause) !== "EEXIST" || !files.lstatSync(path).isDirectory()) throw cause;
  }
  syncFolder(files, dirname(path));
}
function ensureFolder(files, path) {
  try {
    files.lstatSync(path);
  } catch {
    makeFolder(files, path);
  }
}
function closeQuietly(files, file) {
  try {
    files.closeSync(file);
  } catch {
  }
}
function removeQuietly(files, path) {
  try {
    files.unlinkSync(path);
  } catch {
  }
}

// src/record/format-lockfile.ts
var propertyOrder = [
  "state",
  "callId",
  "digest",
  "foldedDigest",
  "attempt",
  "endpoint",
  "cloud",
  "tenantId",
  "placedAt",
  "endedAt",
  "requestId",
  "callChainId",
  "evidence",
  "witness",
  "redial",
  "reason",
  "attempts"
];
function formatLockfile(lockfile) {
  const { lockfileVersion, lineage, calls, forgotten, ...unknown } = lockfile;
  const properties = [
    `"lockfileVersion": ${lockfileVersion}`,
    `"lineage": ${JSON.stringify(lineage)}`,
    `"calls": ${formatByAddress(calls, orderEntry)}`,
    ...forgotten === void 0 ? [] : [`"forgotten": ${formatByAddress(forgotten, orderForgotten)}`],
    ...Object.entries(unknown).map(([key, value]) => `${JSON.stringify(key)}: ${formatValue(value, "  ")}`)
  ];
  return `{
  ${properties.join(",\n  ")}
}
`;
}
function formatByAddress(byAddress2, order2) {
  const addresses = Object.keys(byAddress2).sort();
  if (addresses.length === 0) return "{}";
  const entries = addresses.map(
    (address) => `    ${JSON.stringify(address)}: ${formatValue(order2(byAddress2[address]), "    ")}`
  );
  return `{
${entries.join(",\n\n")}
  }`;
}
var formatValue = (value, indent) => JSON.stringify(value, null, 2).replaceAll("\n", `
${indent}`);
function orderEntry(entry) {
  const { attempts, ...rest } = entry;
  return orderProperties(attempts === void 0 ? rest : { ...rest, attempts: attempts.map(orderProperties) });
}
var orderForgotten = (attempts) => attempts.map(orderProperties);
function orderProperties(attempt) {
  const known = propertyOrder.filter((key) => attempt[key] !== void 0).map((key) => [key, attempt[key]]);
  return { ...Object.fromEntries(known), ...attempt };
}

// src/record/lineage.ts
import { join } from "node:path";

// src/model/json.ts
var isJsonObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// src/record/forms.ts
var uuidForm = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
var callIdForm = /^(?!\.+$)[A-Za-z0-9_.~=+:-]{1,256}$/;
var addressForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}(?:@[^\p{Cc}\p{Cs}\u2028\u2029]+)?$/u;
var longestAddress = 512;
var isUuid = (value) => typeof value === "string" && uuidForm.test(value);
var isCallId = (value) => typeof value === "string" && callIdForm.test(value);
var isAddress = (value) => typeof value === "string" && value.length <= longestAddress && addressForm.test(value);
var evidences = /* @__PURE__ */ new Set(["http-201", "webhook", "person"]);
var isEvidence = (value) => evidences.has(value);
var isText = (value) => typeof value === "string";
var isOptionalText = (value) => value === void 0 || typeof value === "string";
var isOptionalWitness = (value) => value === void 0 || isJsonObject(value) && isText(value["at"]) && isOptionalText(value["by"]) && isOptionalText(value["reason"]);

// src/record/publish-file.ts
import { dirname as dirname2 } from "node:path";

// src/record/syncing.ts
function finishNow(files, work) {
  let step = work.next(0);
  while (!step.done) {
    let answer;
    try {
      answer = syncNow(files, step.value);
    } catch (cause) {
      step = work.throw(cause);
      continue;
    }
    step = work.next(answer);
  }
  return step.value;
}
function syncNow(files, sync) {
  if ("create" in sync) return files.openSync(sync.create, newFileFlags, sync.mode);
  if ("folder" in sync) syncFolder(files, sync.folder);
  else files.fsyncSync(sync.file);
  return 0;
}

// src/record/write-new-file.ts
var writeNewFile = (files, path, pieces, mode) => finishNow(files, writingNewFile(files, path, pieces, mode));
function* writingNewFile(files, path, pieces, mode) {
  const file = yield { create: path, mode };
  try {
    let position = 0;
    for (const bytes of pieces) {
      writeAll(files, file, bytes, position);
      position += bytes.length;
    }
    yield { file };
    return file;
  } catch (cause) {
    closeQuietly(files, file);
    removeQuietly(files, path);
    throw cause;
  }
}

// src/record/publish-file.ts
var noHardLinks = /* @__PURE__ */ new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);
var publishFile = (files, publication) => finishNow(files, publishingFile(files, publication));
function* publishingFile(files, publication) {
  const { path, temporary, bytes, mode } = publication;
  let file;
  try {
    file = yield* writingNewFile(files, temporary, [bytes], mode);
  } catch (cause) {
    throw refusal(temporary, cause);
  }
  try {
    files.linkSync(temporary, path);
  } catch (cause) {
    closeQuietly(files, file);
    removeQuietly(files, temporary);
    if (errorCode(cause) === "EEXIST") return void 0;
    if (noHardLinks.has(errorCode(cause))) return yield* publishingWithoutLink(files, publication);
    throw refusal(path, cause);
  }
  removeQuietly(files, temporary);
  return yield* syncingName(files, path, file);
}
function* publishingWithoutLink(files, { path, bytes, mode }) {
  let file;
  try {
    file = yield* writingNewFile(files, path, [bytes], mode);
  } catch (cause) {
    if (errorCode(cause) === "EEXIST") return void 0;
    throw refusal(path, cause);
  }
  return yield* syncingName(files, path, file);
}
function orRefuse(path, work) {
  try {
    return work();
  } catch (cause) {
    throw refusal(path, cause);
  }
}
function* syncingName(files, path, file) {
  try {
    yield { folder: dirname2(path) };
    return file;
  } catch (cause) {
    closeQuietly(files, file);
    const code = errorCode(cause);
    throw new RecordError(`${path} was written, but may not last (${code})`, "Check the disk.", { cause });
  }
}
var refusal = (path, cause) => new RecordError(`${path} cannot be written (${errorCode(cause)})`, "Check the disk and its permissions.", {
  cause
});

// src/record/lineage.ts
var pathOf = (place) => join(place.attempts, "lineage");
function readLineage(place, files) {
  const lineage = readText(place, files)?.trim();
  if (lineage === void 0 || isUuid(lineage)) return lineage;
  throw new RecordError(
    `${pathOf(place)} holds no UUID`,
    "Write the `lineage` of this workspace\u2019s lockfile into it."
  );
}
function ensureLineage(place, lineage, unique, files) {
  if (readLineage(place, files) === void 0) publishLineage(place, lineage, unique, files);
  refuseForeign(place, readLineage(place, files), lineage);
}
function refuseForeign(place, own, lineage) {
  if (own === void 0 || own === lineage) return;
  throw new RecordError(
    `${place.lockfile} is of another lineage (${lineage}) than the attempts in ${place.attempts} (${own})`,
    "Restore this workspace\u2019s own lockfile with git; if its attempts are another workspace\u2019s, move that folder away."
  );
}
var mostTemporaries = 50;
function publishLineage(place, lineage, unique, files) {
  orRefuse(place.attempts, () => makeFolder(files, place.attempts));
  const bytes = Buffer.from(`${lineage}
`);
  for (let number = 1; ; number++) {
    const temporary = join(place.attempts, `.claim-${unique}.${number}`);
    try {
      const file = publishFile(files, { path: pathOf(place), temporary, bytes, mode: 384 });
      if (file !== void 0) closeQuietly(files, file);
      return;
    } catch (cause) {
      if (errorCode(cause.cause) !== "EEXIST" || number === mostTemporaries) throw cause;
    }
  }
}
function readText(place, files) {
  try {
    return readFile(files, pathOf(place), 64).bytes.toString("utf8");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return void 0;
    throw new RecordError(`${pathOf(place)} cannot be read (${errorCode(cause)})`, void 0, { cause });
  }
}

// src/model/address.ts
var keyOfAddress = (address) => isPlain.test(address) ? address.toLowerCase() : foldText(address);
var isPlain = /^[\x21-\x7e]*$/;
var foldText = (text) => text.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC").replace(/\s+/gu, " ").trim();

// src/record/attempt-entries.ts
function projectAttempt(attempt) {
  const { outcome, damage } = attempt;
  if (damage !== void 0) {
    const found = outcome?.kind === "placed" ? { callId: outcome.callId } : {};
    return {
      ...projectClaim(attempt, "uncertain"),
      ...found,
      ...projectTime(attempt),
      reason: "damaged record"
    };
  }
  if (outcome === void 0) {
    return { ...projectClaim(attempt, "uncertain"), ...projectTime(attempt), reason: "no outcome recorded" };
  }
  if (outcome.kind === "not-sent") {
    if (outcome.witness === void 0) return void 0;
    return { ...projectClaim(attempt, "failed"), ...projectWitness(outcome.witness), reason: notPlaced };
  }
  const requestId = outcome.requestId === void 0 ? {} : { requestId: outcome.requestId };
  if (outcome.kind === "refused") {
    const reason = `refused ${outcome.status}${formatCode(outcome.code)}`;
    return { ...projectClaim(attempt, "failed"), ...requestId, reason };
  }
  if (outcome.kind === "uncertain") {
    const reason = describeAnswer(outcome.status);
    return { ...projectClaim(attempt, "uncertain"), ...projectTime(attempt), ...requestId, reason };
  }
  const { callId, callChainId, evidence, at, witness } = outcome;
  if (witness !== void 0) {
    return { ...projectClaim(attempt, "placed"), callId, ...projectTime(attempt), ...projectWitness(witness) };
  }
  const chain = callChainId === void 0 ? {} : { callChainId };
  return { ...projectClaim(attempt, "placed"), callId, placedAt: at, ...requestId, ...chain, evidence };
}
var notPlaced = "not placed, as a person says";
var projectWitness = (witness) => ({ evidence: "person", witness });
function projectClaim(attempt, state) {
  const { digest, foldedDigest, attemptId, endpoint, cloud, tenantId, redial } = attempt;
  return {
    state,
    digest,
    ...foldedDigest === void 0 ? {} : { foldedDigest },
    attempt: attemptId,
    endpoint,
    ...cloud === "global" || cloud === "" ? {} : { cloud },
    ...tenantId === void 0 ? {} : { tenantId },
    ...redial === true ? { redial } : {}
  };
}
var projectTime = ({ claimedAt }) => claimedAt === "" ? {} : { placedAt: claimedAt };
var formatCode = (code) => /^(?:\d{1,6}|[A-Za-z][A-Za-z0-9_.]{0,63})$/.test(code) ? ` ${code}` : "";
function describeAnswer(status) {
  if (status === void 0) return "no answer";
  return status >= 200 && status < 300 ? "answer without id" : `answer ${status}`;
}
var ranks = { failed: 0, uncertain: 1, placed: 2, ended: 3 };
var mergeAlike = (address, a, b) => rankOf(b, a) > rankOf(a, b) ? mergeInto(address, b, a) : mergeInto(address, a, b);
var rankOf = (attempt, other) => {
  const settles = attempt.state === "failed" && attempt.evidence === "person" && other.callId === void 0;
  return settles ? ranks.uncertain + 0.5 : ranks[attempt.state];
};
function mergeRecorded(address, recorded, own) {
  const isOwnFurther = {
    placed: recorded.state === "failed" || recorded.state === "uncertain",
    failed: recorded.state === "uncertain" && recorded.callId === void 0,
    uncertain: recorded.state === "failed" && recorded.evidence !== "person",
    ended: recorded.state !== "ended"
  }[own.state];
  return isOwnFurther ? mergeInto(address, own, recorded) : mergeInto(address, recorded, own);
}
var hasRung = ({ state }) => state === "placed" || state === "ended";
function mergeInto(address, winner, other) {
  if (winner.callId !== void 0 && other.callId !== void 0 && winner.callId !== other.callId) {
    throw new RecordError(
      `${address}: one attempt (${winner.attempt}) has two call ids, ${winner.callId} and ${other.callId}`,
      "Both calls may be live: look at both, hang up the wrong one, then correct the record."
    );
  }
  if (hasRung(other)) return { ...other, ...winner };
  const { reason: _, evidence: __, placedAt: ___, witness: ____, ...lasting } = other;
  return { ...lasting, ...winner };
}
function listAttempts(entry) {
  const { attempts = [], ...newest } = entry;
  return [...attempts, newest];
}
function arrangeEntry(attempts) {
  const newest = attempts.findLast(({ state }) => state === "uncertain") ?? attempts.findLast(hasRung) ?? attempts.at(-1);
  if (newest === void 0) return void 0;
  const earlier = attempts.filter((attempt) => attempt !== newest);
  const entry = { digest: "", endpoint: "", ...newest };
  return earlier.length === 0 ? entry : { ...entry, attempts: earlier };
}

// src/record/forget-address.ts
var forgottenIds = ({ forgotten }) => new Set(Object.values(forgotten ?? {}).flatMap((attempts) => attempts.map(({ attempt }) => attempt)));

// src/model/address-index.ts
function indexKeys(object) {
  const others = /* @__PURE__ */ new Map();
  for (const address in object) addOther(others, address);
  return createIndex((address) => Object.hasOwn(object, address), others);
}
function indexAddresses(addresses) {
  const others = /* @__PURE__ */ new Map();
  for (const address of addresses) addOther(others, address);
  return createIndex((address) => addresses.has(address), others);
}
function addOther(others, address) {
  const key = keyOfAddress(address);
  if (key === address) return;
  const known = others.get(key);
  if (known === void 0) others.set(key, [address]);
  else known.push(address);
}
function createIndex(has, others) {
  const spellingsOf = (address) => {
    const key = keyOfAddress(address);
    const rest = others.get(key) ?? [];
    return has(key) ? [key, ...rest] : rest;
  };
  return {
    spellingsOf,
    find(address) {
      if (has(address)) return address;
      const spellings = spellingsOf(address);
      return spellings.length === 1 ? spellings[0] : void 0;
    }
  };
}

// src/record/homes.ts
function groupByHome({ calls }, attempts) {
  const groups = /* @__PURE__ */ new Map();
  for (const attempt of attempts) {
    const group = groups.get(attempt.address);
    if (group === void 0) groups.set(attempt.address, [attempt]);
    else group.push(attempt);
  }
  const strays = [...groups.keys()].filter((address) => !Object.hasOwn(calls, address));
  if (strays.length > 0) bringHome(strays, groups, calls);
  return groups;
}
function bringHome(strays, groups, calls) {
  const recorded = indexKeys(calls);
  for (const spellings of bySpelling(strays)) {
    const [entry, ...entries] = recorded.spellingsOf(spellings[0]);
    if (entries.length > 0) continue;
    if (entry === void 0 && spellings.length === 1) continue;
    const all = entry === void 0 ? spellings : [entry, ...spellings];
    const found = all.flatMap((address) => groups.get(address) ?? []);
    if (new Set(found.map(({ number }) => number)).size < found.length) continue;
    for (const address of all) groups.delete(address);
    groups.set(entry ?? newestOf(found).address, found);
  }
}
function bySpelling(addresses) {
  const spellings = /* @__PURE__ */ new Map();
  for (const address of addresses) {
    const key = keyOfAddress(address);
    spellings.set(key, [...spellings.get(key) ?? [], address]);
  }
  return spellings.values();
}
function newestOf(attempts) {
  const sorted = attempts.toSorted((a, b) => a.number - b.number);
  return sorted.findLast(({ attemptId }) => attemptId !== "") ?? sorted.at(-1);
}

// src/record/join-attempts.ts
function joinAttempts(lockfile, attempts) {
  if (attempts.length === 0) return lockfile;
  const calls = Object.assign(/* @__PURE__ */ Object.create(null), lockfile.calls);
  for (const [address, own] of groupAttempts(lockfile, attempts)) {
    const entry = joinEntry(address, Object.hasOwn(calls, address) ? calls[address] : void 0, own);
    if (entry === void 0) delete calls[address];
    else calls[address] = entry;
  }
  return { ...lockfile, calls };
}
function* groupAttempts(lockfile, attempts) {
  const forgotten = forgottenIds(lockfile);
  const known = attempts.filter(({ address, attemptId }) => isAddress(address) && !forgotten.has(attemptId));
  for (const [address, group] of groupByHome(lockfile, known)) yield [address, group.toSorted(byNumber)];
}
function byNumber(a, b) {
  if (a.number !== b.number) return a.number - b.number;
  const [first, second] = [JSON.stringify(a), JSON.stringify(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
function joinEntry(address, entry, attempts) {
  const recorded = mergeById(
    address,
    entry === void 0 ? [] : listAttempts(entry).map((attempt) => [attempt.attempt, attempt])
  );
  const own = mergeById(
    address,
    attempts.map((attempt) => [attempt.attemptId, projectAttempt(attempt)])
  );
  const ordered = orderIds(recorded, own).flatMap((id) => {
    const joined = joinOne(address, recorded.get(id), own.get(id), own.has(id));
    return joined === void 0 ? [] : [joined];
  });
  return arrangeEntry(ordered);
}
function joinOne(address, recorded, own, isOwn) {
  if (recorded === void 0 || !isOwn) return recorded ?? own;
  if (own !== void 0) return mergeRecorded(address, recorded, own);
  return hasRung(recorded) || recorded.callId !== void 0 ? recorded : void 0;
}
function mergeById(address, attempts) {
  const merged = /* @__PURE__ */ new Map();
  for (const [id, attempt] of attempts) {
    const before = merged.get(id);
    const both = before !== void 0 && attempt !== void 0;
    merged.set(id, both ? mergeAlike(address, before, attempt) : before ?? attempt);
  }
  return merged;
}
function orderIds(recorded, own) {
  const first = [];
  const followers = new Map([...own.keys()].map((id) => [id, []]));
  let group = first;
  for (const id of recorded.keys()) {
    const next = followers.get(id);
    if (next === void 0) group.push(id);
    else group = next;
  }
  return [...first, ...[...followers].flatMap(([id, followed]) => [id, ...followed])];
}

// src/record/moved-entries.ts
function joinRecord(lockfile, attempts) {
  if (listMoved(lockfile).length === 0) return joinAttempts(lockfile, attempts);
  const whole = foldMoved(lockfile);
  return joinAttempts(whole, moveAttempts(whole, attempts));
}
function moveEntries(lockfile, moves) {
  const calls = Object.assign(/* @__PURE__ */ Object.create(null), lockfile.calls);
  let hasMoved = false;
  for (const [address, old] of moves) {
    const entry = calls[old];
    if (entry === void 0 || calls[address] !== void 0) continue;
    delete calls[old];
    calls[address] = { ...entry, movedFrom: [.../* @__PURE__ */ new Set([...namesBefore(old, entry), old])] };
    hasMoved = true;
  }
  return hasMoved ? { ...lockfile, calls } : lockfile;
}
function moveAttempts(lockfile, attempts) {
  const owners = indexMoved(lockfile);
  if (owners.size === 0) return attempts;
  return attempts.map((attempt) => {
    const owner = owners.get(keyOfAddress(attempt.address))?.get(attempt.attemptId);
    return owner === void 0 ? attempt : { ...attempt, ...owner };
  });
}
function foldMoved(lockfile) {
  const calls = Object.assign(/* @__PURE__ */ Object.create(null), lockfile.calls);
  let hasFolded = false;
  for (const [address, entry] of listMoved(lockfile)) {
    for (const old of namesBefore(address, entry)) {
      const twin = calls[old];
      if (twin === void 0 || !knowsAll(entry, twin)) continue;
      calls[address] = foldInto(address, calls[address], twin);
      delete calls[old];
      hasFolded = true;
    }
  }
  return hasFolded ? { ...lockfile, calls } : lockfile;
}
function listMoved({ calls }) {
  const moved = [];
  for (const address in calls) {
    const entry = calls[address];
    if (hasNote(entry) || entry.attempts?.some(hasNote)) moved.push([address, entry]);
  }
  return moved;
}
var hasNote = (attempt) => attempt["movedFrom"] !== void 0;
var idsOf = (entry) => [
  ...(entry.attempts ?? []).map(({ attempt }) => attempt),
  entry.attempt
];
var knowsAll = (entry, twin) => {
  const known = new Set(idsOf(entry));
  return idsOf(twin).every((id) => known.has(id));
};
function foldInto(address, entry, { attempts: earlier = [], ...newest }) {
  const twins = new Map([...earlier, newest].map((attempt) => [attempt.attempt, attempt]));
  const fold = (attempt) => {
    const twin = twins.get(attempt.attempt);
    return twin === void 0 ? attempt : mergeAlike(address, attempt, twin);
  };
  const { attempts, ...own } = entry;
  const folded = fold(own);
  return attempts === void 0 ? folded : { ...folded, attempts: attempts.map(fold) };
}
function indexMoved(lockfile) {
  const owners = /* @__PURE__ */ new Map();
  for (const [address, entry] of listMoved(lockfile)) {
    const ids2 = idsOf(entry);
    for (const old of namesBefore(address, entry)) {
      const index = owners.get(keyOfAddress(old)) ?? /* @__PURE__ */ new Map();
      for (const [place, id] of ids2.entries())
        if (id !== "") index.set(id, { address, number: place - ids2.length });
      owners.set(keyOfAddress(old), index);
    }
  }
  return owners;
}
function namesBefore(address, entry) {
  const notes = [...entry.attempts ?? [], entry].map((attempt) => attempt["movedFrom"] ?? []);
  if (notes.every((names) => Array.isArray(names) && names.every(isAddress))) {
    return [...new Set(notes.flat())].filter((name) => name !== address);
  }
  throw new RecordError(
    `${address}: \`movedFrom\` in the lockfile is no list of addresses`,
    "Restore it with git."
  );
}

// src/record/json-text.ts
var JsonTextError = class extends Error {
  constructor(message, offset) {
    super(message);
    this.offset = offset;
    this.name = "JsonTextError";
  }
  offset;
};
var deepest = 64;
var scalarForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
var spaceForm = /[ \t\r\n]*/y;
function parseJsonText(text) {
  const cursor = { text, offset: 0, places: /* @__PURE__ */ new Map() };
  const value = readValue(cursor, 0);
  if (peek(cursor) !== void 0) throw new JsonTextError("something follows the end", cursor.offset);
  return { value, placeOf: (holder, key) => cursor.places.get(holder)?.get(key) };
}
function readValue(cursor, depth) {
  if (depth > deepest) throw new JsonTextError(`nested deeper than ${deepest} levels`, cursor.offset);
  const next = peek(cursor);
  if (next === "{") return readObject(cursor, depth);
  if (next === "[") return readList(cursor, depth);
  if (next === '"') return readString(cursor);
  scalarForm.lastIndex = cursor.offset;
  const token = scalarForm.exec(cursor.text)?.[0];
  if (token === void 0) throw unexpected(cursor, "a value");
  cursor.offset += token.length;
  return JSON.parse(token);
}
function readObject(cursor, depth) {
  const object = {};
  const places = /* @__PURE__ */ new Map();
  cursor.places.set(object, places);
  readItems(cursor, "}", () => {
    if (peek(cursor) !== '"') throw unexpected(cursor, "a key in quotes");
    const start = cursor.offset;
    const key = readString(cursor);
    if (key === "__proto__") throw new JsonTextError('the key "__proto__" is not allowed', start);
    if (places.has(key)) throw new JsonTextError(`the key ${JSON.stringify(key)} stands twice`, start);
    places.set(key, start);
    take(cursor, ":");
    object[key] = readValue(cursor, depth + 1);
  });
  return object;
}
function readList(cursor, depth) {
  const list = [];
  const places = /* @__PURE__ */ new Map();
  cursor.places.set(list, places);
  readItems(cursor, "]", () => {
    peek(cursor);
    places.set(String(list.length), cursor.offset);
    list.push(readValue(cursor, depth + 1));
  });
  return list;
}
function readItems(cursor, close, readItem) {
  cursor.offset++;
  if (peek(cursor) === close) {
    cursor.offset++;
    return;
  }
  for (; ; ) {
    readItem();
    const next = peek(cursor);
    if (next !== "," && next !== close) throw unexpected(cursor, `"," or "${close}"`);
    cursor.offset++;
    if (next === close) return;
  }
}
function readString(cursor) {
  const start = cursor.offset;
  let end = start + 1;
  while (end < cursor.text.length && cursor.text[end] !== '"') end += cursor.text[end] === "\\" ? 2 : 1;
  cursor.offset = end + 1;
  try {
    return JSON.parse(cursor.text.slice(start, end + 1));
  } catch {
    const message = end >= cursor.text.length ? "a text never ends" : "a text has a character or escape that JSON does not allow";
    throw new JsonTextError(message, start);
  }
}
function take(cursor, character) {
  if (peek(cursor) !== character) throw unexpected(cursor, `"${character}"`);
  cursor.offset++;
}
function peek(cursor) {
  spaceForm.lastIndex = cursor.offset;
  cursor.offset += spaceForm.exec(cursor.text)?.[0].length ?? 0;
  return cursor.text[cursor.offset];
}
function unexpected(cursor, wanted) {
  const found = cursor.text[cursor.offset];
  return found === void 0 ? new JsonTextError(`the file ends where ${wanted} should stand`, cursor.offset) : new JsonTextError(`${JSON.stringify(found)} where ${wanted} should stand`, cursor.offset);
}

// src/record/lockfile-faults.ts
var states = /* @__PURE__ */ new Set(["placed", "uncertain", "ended", "failed"]);
var neededTexts = ["digest", "attempt", "endpoint"];
var optionalTexts = [
  "foldedDigest",
  "cloud",
  "tenantId",
  "placedAt",
  "endedAt",
  "requestId",
  "callChainId",
  "reason"
];
var restore = "Restore the file with git.";
function findFault(root, visit) {
  if (!isJsonObject(root)) return fault({}, "", "the file holds no JSON object");
  const { lockfileVersion, lineage, calls } = root;
  if (lockfileVersion !== 1) return versionFault(root, lockfileVersion);
  if (!isUuid(lineage)) return fault(root, "lineage", "`lineage` is missing or no UUID");
  if (!isJsonObject(calls)) return fault(root, "calls", "`calls` is missing or no object");
  for (const address of Object.keys(calls)) {
    const found = isAddress(address) ? findEntryFault(calls, address) : fault(calls, address, `${JSON.stringify(address.slice(0, 80))} is no address`);
    if (found !== void 0) return found;
    visit?.(calls[address]);
  }
  return findForgottenFault(root);
}
function findForgottenFault(root) {
  const { forgotten } = root;
  if (forgotten === void 0) return void 0;
  if (!isJsonObject(forgotten)) return fault(root, "forgotten", "`forgotten` is no object");
  for (const address of Object.keys(forgotten)) {
    const list = forgotten[address];
    const isWhole = isAddress(address) && Array.isArray(list) && list.every(
      (each) => isJsonObject(each) && isUuid(each["attempt"]) && states.has(each["state"])
    );
    if (!isWhole) return fault(forgotten, address, "what is forgotten is no list of attempts");
  }
  return void 0;
}
function versionFault(root, version) {
  if (typeof version === "number" && version > 1) {
    const message = `\`lockfileVersion\` ${version}: written by a newer callctl`;
    return {
      message,
      hint: "Update callctl; this version leaves the file as it is.",
      holder: root,
      key: "lockfileVersion"
    };
  }
  return fault(root, "lockfileVersion", "`lockfileVersion` is missing or not 1");
}
function findEntryFault(calls, address) {
  const entry = calls[address];
  if (!isJsonObject(entry)) return fault(calls, address, "an entry is no object");
  for (const key of neededTexts)
    if (!isText(entry[key])) return fault(entry, key, `\`${key}\` is missing or no text`, calls, address);
  return findAttemptFault(entry, calls, address) ?? findEarlierFault(entry);
}
function findEarlierFault(entry) {
  const { attempts } = entry;
  if (attempts === void 0) return void 0;
  if (!Array.isArray(attempts)) return fault(entry, "attempts", "`attempts` is no list");
  for (const [index, earlier] of attempts.entries()) {
    if (!isJsonObject(earlier) || !isText(earlier["attempt"]) || !isOptionalText(earlier["digest"])) {
      return fault(attempts, String(index), "an earlier attempt has no id");
    }
    const found = findAttemptFault(earlier, attempts, String(index));
    if (found !== void 0) return found;
  }
  return void 0;
}
function findAttemptFault(attempt, holder, key) {
  const { state, callId, evidence } = attempt;
  if (!states.has(state)) {
    return fault(attempt, "state", "`state` is none of placed, uncertain, ended, failed", holder, key);
  }
  if (callId === void 0 && (state === "placed" || state === "ended")) {
    return fault(holder, key, `\`callId\` is missing, though the call is ${state}`);
  }
  if (callId !== void 0 && !isCallId(callId)) return fault(attempt, "callId", "`callId` is no call id");
  if (evidence !== void 0 && !isEvidence(evidence)) {
    return fault(attempt, "evidence", "`evidence` is none of http-201, webhook, person");
  }
  if (!isOptionalWitness(attempt["witness"])) {
    return fault(attempt, "witness", "`witness` does not say when");
  }
  for (const name of optionalTexts)
    if (!isOptionalText(attempt[name])) return fault(attempt, name, `\`${name}\` is no text`);
  return void 0;
}
function fault(object, key, message, holder, holderKey) {
  if (holder === void 0 || holderKey === void 0 || Object.hasOwn(object, key)) {
    return { message, hint: restore, holder: object, key };
  }
  return { message, hint: restore, holder, key: holderKey };
}

// src/record/parse-lockfile.ts
var longestLockfile = 64 * 1024 * 1024;
function parseLockfile(text, path) {
  if (text.length > longestLockfile) throw new RecordError(`${path}: the lockfile is over 64 MiB`);
  return parseQuickly(text) ?? parseCarefully(text, path);
}
function parseQuickly(text) {
  if (text.includes("\\") || text.includes("__proto__")) return void 0;
  try {
    const lockfile = JSON.parse(text);
    let texts = 0;
    const fault2 = findFault(lockfile, (entry) => {
      texts += 1 + countTexts(entry);
    });
    if (fault2 !== void 0) return void 0;
    const { calls: _, ...rest } = lockfile;
    texts += 1 + countTexts(rest);
    return countQuotes(text) === 2 * texts ? withoutPrototype(lockfile) : void 0;
  } catch {
    return void 0;
  }
}
function countQuotes(text) {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
  return count;
}
function countTexts(value) {
  if (typeof value === "string") return 1;
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  const perKey = Array.isArray(value) ? 0 : 1;
  for (const key in value) {
    const part = value[key];
    count += perKey + (typeof part === "string" ? 1 : countTexts(part));
  }
  return count;
}
function parseCarefully(text, path) {
  refuseConflict(text, path);
  const { value, placeOf } = readText2(text, path);
  const fault2 = findFault(value);
  if (fault2 === void 0) return withoutPrototype(value);
  const offset = placeOf(fault2.holder, fault2.key) ?? 0;
  throw new RecordError(`${formatPlace(text, path, offset)}: ${fault2.message}`, fault2.hint);
}
function readText2(text, path) {
  try {
    return parseJsonText(text);
  } catch (cause) {
    if (!(cause instanceof JsonTextError)) throw cause;
    const message = `${formatPlace(text, path, cause.offset)}: ${cause.message}`;
    throw new RecordError(message, "The lockfile is cut off or damaged: restore it with git.", { cause });
  }
}
function refuseConflict(text, path) {
  const offset = text.search(/^(?:<{7}|\|{7}|={7}|>{7})(?:[ \r\n]|$)/m);
  if (offset === -1) return;
  throw new RecordError(
    `${formatPlace(text, path, offset)}: git conflict markers`,
    "Keep the entries of both sides; where both have the same address, a person must look at both calls."
  );
}
function formatPlace(text, path, offset) {
  const lines = text.slice(0, offset).split("\n");
  return `${path}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
function withoutPrototype(lockfile) {
  for (const byAddress2 of [lockfile.calls, lockfile.forgotten]) {
    if (isJsonObject(byAddress2)) Object.setPrototypeOf(byAddress2, null);
  }
  return lockfile;
}

// src/record/read-attempts.ts
import { join as join4 } from "node:path";

// src/record/attempt-record.ts
import { createHash } from "node:crypto";

// src/record/bound-outcome.ts
var ids = { most: 514, isId: true };
var bounds = {
  callChainId: ids,
  requestId: ids,
  graphOperation: ids,
  // Of an address: 512 characters.
  sharedWith: { most: 1700, isId: true },
  code: { most: 400 },
  message: { most: 2500 },
  reason: { most: 2500 },
  raw: { most: Number.POSITIVE_INFINITY }
};
var kept = /* @__PURE__ */ new Set(["kind", "callId", "at", "evidence"]);
var mostNamed = 1100;
var mark = " \u2026 ";
function boundOutcome(outcome, limit) {
  const record = {};
  for (const [name, value] of Object.entries(outcome)) {
    const bounded = kept.has(name) ? value : boundField(name, value);
    if (bounded !== void 0) record[name] = bounded;
  }
  return shorten(record, limit);
}
function boundField(name, value) {
  if (name === "witness") return boundWitness(value);
  if (name === "named") return boundNamed(value);
  if (typeof value !== "string") return value;
  const { most, isId } = bounds[name] ?? ids;
  if (sizeOf(value) <= most) return value;
  return isId ? void 0 : cutTo(value, most);
}
function boundWitness(value) {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, typeof each === "string" ? cutTo(each, 600) : each])
  );
}
function boundNamed(value) {
  if (!Array.isArray(value)) return void 0;
  let named = value.filter(isCallId);
  while (sizeOf(named) > mostNamed) named = named.slice(0, -1);
  return named.length === 0 ? void 0 : named;
}
var sizeOf = (value) => Buffer.byteLength(JSON.stringify(value));
function cutTo(text, most) {
  if (sizeOf(text) <= most) return text;
  let [least, length] = [0, Math.min(text.length, most)];
  while (length > least) {
    const middle = least + length + 1 >> 1;
    if (sizeOf(cutTextTo(text, middle)) <= most) least = middle;
    else length = middle - 1;
  }
  return cutTextTo(text, least);
}
function cutTextTo(text, length) {
  const end = Math.floor(length / 3);
  const start = text.slice(0, length - end).replace(/[\ud800-\udbff]$/, "");
  return start + mark + (end === 0 ? "" : text.slice(-end).replace(/^[\udc00-\udfff]/, ""));
}
var needed = /* @__PURE__ */ new Set([...kept, "status", "code", "message", "reason", "witness"]);
function largestOptional(record) {
  const names = Object.keys(record).filter((name) => !needed.has(name));
  return names.toSorted((a, b) => sizeOf(record[b]) - sizeOf(record[a]))[0];
}
var longTexts = ["raw", "message", "reason", "code"];
function shorten(record, limit) {
  for (let over = sizeOf(record) - limit; over > 0; over = sizeOf(record) - limit) {
    const texts = longTexts.map((name2) => ({ name: name2, size: typeof record[name2] === "string" ? sizeOf(record[name2]) : 0 })).toSorted((a, b) => b.size - a.size);
    const { name, size } = texts[0];
    if (size <= sizeOf(mark)) {
      const dropped = largestOptional(record);
      if (dropped === void 0) break;
      delete record[dropped];
      continue;
    }
    record[name] = cutTo(String(record[name]), Math.max(sizeOf(mark), size - over));
  }
  return record;
}

// src/record/attempt-record.ts
var lineSize = 4096;
var claimFileSize = 2 * lineSize;
function formatClaimFile(claim) {
  return Buffer.concat([formatLine(claimOf(claim)), formatLine()]);
}
function formatSlot(claim, outcome) {
  return formatLine({ attemptId: claim.attemptId, ...boundOutcome(outcome, lineSize - 256) });
}
var formatRescue = (claim, outcome) => Buffer.from(`${seal({ claim: claimOf(claim), outcome: boundOutcome(outcome, 8 * lineSize) })}
`);
var readClaimLine = (bytes) => readClaim(unseal(bytes));
function readSlot(bytes) {
  if (/^[ \n]*$/.test(bytes.toString("latin1"))) return { kind: "blank" };
  const { attemptId, ...rest } = unseal(bytes) ?? {};
  const outcome = readOutcome(rest);
  if (!isText(attemptId) || outcome === void 0) return { kind: "torn" };
  return { kind: "written", attemptId, outcome };
}
function readRescue(bytes) {
  const record = unseal(bytes);
  const claim = readClaim(record?.["claim"], true);
  const outcome = readOutcome(record?.["outcome"]);
  return claim === void 0 || outcome === void 0 ? void 0 : { claim, outcome };
}
function formatLine(record) {
  const bytes = Buffer.alloc(lineSize, " ");
  bytes.write("\n", lineSize - 1);
  const text = record === void 0 ? "" : seal(record);
  if (Buffer.byteLength(text) >= lineSize) {
    throw new RecordError(`a record of ${Buffer.byteLength(text)} bytes does not fit into ${lineSize}`);
  }
  bytes.write(text, 0);
  return bytes;
}
var seal = (record) => JSON.stringify({ record, sha256: checksum(record) });
var checksum = (record) => createHash("sha256").update(JSON.stringify(record)).digest("hex");
function unseal(bytes) {
  try {
    const sealed = JSON.parse(bytes.toString("utf8"));
    if (!isJsonObject(sealed) || !isJsonObject(sealed["record"])) return void 0;
    return sealed["sha256"] === checksum(sealed["record"]) ? sealed["record"] : void 0;
  } catch {
    return void 0;
  }
}
function claimOf(claim) {
  const { address, number, attemptId, digest, foldedDigest, endpoint, cloud, tenantId } = claim;
  const { claimedAt, operator, redial } = claim;
  return {
    address,
    number,
    attemptId,
    digest,
    ...foldedDigest === void 0 ? {} : { foldedDigest },
    endpoint,
    cloud,
    ...tenantId === void 0 ? {} : { tenantId },
    claimedAt,
    ...operator === void 0 ? {} : { operator },
    ...redial === true ? { redial } : {}
  };
}
function readClaim(value, mayLackId = false) {
  if (!isJsonObject(value)) return void 0;
  const { address, number, attemptId } = value;
  const hasForm = isAddress(address) && Number.isSafeInteger(number) && (isUuid(attemptId) || mayLackId && attemptId === "") && ["digest", "endpoint", "cloud", "claimedAt"].every((key) => isText(value[key])) && ["foldedDigest", "tenantId", "operator"].every((key) => isOptionalText(value[key])) && (value["redial"] === void 0 || value["redial"] === true);
  return hasForm ? value : void 0;
}
function findClaimFault(claim) {
  const isWhole = readClaim(claim) !== void 0 && claim.number >= 1 && claim.number < 1e9;
  return isWhole ? void 0 : "the claim has no valid address, number or id";
}
var isOptionalNamed = (value) => value === void 0 || Array.isArray(value) && value.every(isCallId);
var neededTexts2 = {
  placed: ["at"],
  refused: ["code", "message", "at"],
  "not-sent": ["reason", "at"],
  uncertain: ["reason", "at"]
};
function readOutcome(value) {
  if (!isJsonObject(value)) return void 0;
  const { kind, status, callId, evidence } = value;
  if (!isText(kind) || !Object.hasOwn(neededTexts2, kind)) return void 0;
  const hasForm = neededTexts2[kind].every((key) => isText(value[key])) && ["callChainId", "requestId", "raw", "sharedWith"].every((key) => isOptionalText(value[key])) && (typeof status === "number" || status === void 0 && kind !== "refused") && (kind !== "placed" || isCallId(callId) && isEvidence(evidence)) && isOptionalWitness(value["witness"]) && isOptionalNamed(value["named"]);
  return hasForm ? value : void 0;
}

// src/record/names.ts
import { createHash as createHash2 } from "node:crypto";
var longestName = 180;
var plainName = /^[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,179}$/;
function encodeName(text) {
  if (plainName.test(text)) return text;
  const encoded = Array.from(Buffer.from(text), encodeByte).join("").replace(/^\./, "%2E");
  if (encoded.length <= longestName) return encoded;
  const hash = createHash2("sha256").update(text).digest("hex");
  return `${encoded.slice(0, longestName - hash.length - 1)}~${hash}`;
}
function encodeByte(byte) {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z0-9._@-]/.test(character)) return character;
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
var formatFileName = ({ address, number }) => `${encodeName(keyOfAddress(address))}@${number}`;
var formatOldFileName = ({ address, number }) => `${encodeName(address)}@${number}`;
var isFileNameOf = (name, attempt) => name === formatFileName(attempt) || name === formatOldFileName(attempt);
function readFileName(name) {
  const at = name.lastIndexOf("@");
  const number = name.slice(at + 1);
  return {
    address: decodeName(name.slice(0, at)),
    number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : 0
  };
}
function decodeName(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

// src/record/outcome-order.ts
var ranks2 = {
  uncertain: 1,
  "not-sent": 2,
  refused: 2,
  placed: 3
};
var rankOf2 = (outcome) => outcome === void 0 ? 0 : ranks2[outcome.kind];
var isFurther = (next, standing) => rankOf2(next) > rankOf2(standing);
var isSettled = (outcome) => rankOf2(outcome) > 1;
var haveTwoCalls = (outcomes) => new Set(outcomes.flatMap((outcome) => outcome?.kind === "placed" ? [outcome.callId] : [])).size > 1;

// src/record/rescue.ts
import { dirname as dirname3, join as join3 } from "node:path";

// src/record/old-names.ts
import { join as join2 } from "node:path";
function findTakenNames(folder, files) {
  const taken = /* @__PURE__ */ new Set();
  for (const name of files.readdirSync(folder)) {
    if (!name.includes("@") || name.startsWith(".")) continue;
    const attempt = name.includes("~") ? readCut(folder, name, files) : readFileName(name);
    const today = formatFileName(attempt);
    if (today !== name && formatOldFileName(attempt) === name) taken.add(today);
  }
  return taken;
}
function readCut(folder, name, files) {
  try {
    const { bytes } = readFile(files, join2(folder, name), claimFileSize);
    return readClaimLine(bytes.subarray(0, lineSize)) ?? readFileName(name);
  } catch {
    return readFileName(name);
  }
}
function findFileName(folder, attempt, files) {
  const name = formatFileName(attempt);
  const old = formatOldFileName(attempt);
  return old !== name && !isThere(join2(folder, name), files) && isThere(join2(folder, old), files) ? old : name;
}
function isThere(path, files) {
  try {
    files.lstatSync(path);
    return true;
  } catch (cause) {
    return errorCode(cause) !== "ENOENT";
  }
}

// src/record/rescue.ts
var longestRescue = 16 * lineSize;
function keepRescue(files, place, claim, outcome) {
  const bytes = formatRescue(claim, outcome);
  return rescuePaths(files, place, claim).find((path) => {
    try {
      if (dirname3(path) === place.rescue) ensureFolder(files, place.rescue);
      closeQuietly(files, writeNewFile(files, path, [bytes], 384));
      syncFolder(files, dirname3(path));
      return true;
    } catch {
      return false;
    }
  });
}
function rescuePaths(files, place, claim) {
  const name = findFileName(place.attempts, claim, files);
  const own = ["", ".2", ".3", ".4"].map((suffix) => join3(place.rescue, `${name}${suffix}.json`));
  return isUuid(claim.attemptId) ? [...own, temporaryPath(place, claim.attemptId)] : own;
}
var temporaryPath = (place, attemptId) => join3(place.temporary, `callctl-rescue-${attemptId}.json`);
function readRescues(files, place) {
  const rescues = /* @__PURE__ */ new Map();
  for (const name of listRescues(files, place).toSorted()) {
    const claimName = /^(.+@\d+)(?:\.\d)?\.json$/.exec(name)?.[1];
    if (claimName === void 0) continue;
    const rescue = readOne(files, join3(place.rescue, name))?.rescue;
    const isOwn = rescue !== void 0 && isFileNameOf(claimName, rescue.claim);
    rescues.set(claimName, [...rescues.get(claimName) ?? [], isOwn ? rescue : void 0]);
  }
  return rescues;
}
function listRescues(files, place) {
  try {
    return files.readdirSync(place.rescue);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return [];
    throw new RecordError(`${place.rescue} cannot be read (${errorCode(cause)})`, void 0, { cause });
  }
}
function readTemporaryRescue(files, place, claim, owner) {
  if (!isUuid(claim.attemptId)) return void 0;
  const found = readOne(files, temporaryPath(place, claim.attemptId));
  if (found === void 0 || found.status.uid !== owner || (found.status.mode & 18) !== 0) return void 0;
  return found.rescue;
}
function readOne(files, path) {
  try {
    const { bytes, status } = readFile(files, path, longestRescue);
    return { rescue: readRescue(bytes), status };
  } catch {
    return void 0;
  }
}

// src/record/read-attempts.ts
function readAttempts(place, files = nodeFileSystem) {
  const names = listFolder(place, files);
  const rescues = readRescues(files, place);
  const attempts = names.map((name) => readAttempt(place, name, rescues.get(name) ?? [], files));
  const known = new Set(names);
  for (const [name, found] of rescues) {
    if (!known.has(name)) attempts.push(complete(damaged(name, "the claim is missing"), found));
  }
  return attempts.sort(byAddressAndNumber);
}
var hasAttempts = (place, files) => listFolder(place, files).length > 0 || readRescues(files, place).size > 0;
function findAttempt(place, name, files) {
  const found = readRescues(files, place).get(name) ?? [];
  if (listFolder(place, files).includes(name)) return readAttempt(place, name, found, files);
  return found.length === 0 ? void 0 : complete(damaged(name, "the claim is missing"), found);
}
function listFolder(place, files) {
  try {
    return files.readdirSync(place.attempts).filter((name) => name.includes("@") && !name.startsWith("."));
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return [];
    const message = `${place.attempts}, the attempts folder, cannot be read (${errorCode(cause)})`;
    throw new RecordError(
      message,
      "Without it nobody knows what was dialed before: repair its permissions.",
      {
        cause
      }
    );
  }
}
function readAttempt(place, name, rescues, files) {
  try {
    const { bytes, status } = readFile(files, join4(place.attempts, name), claimFileSize);
    const attempt = parseClaimFile(name, bytes, status.size);
    if (isSettled(attempt.outcome) && attempt.damage === void 0) return complete(attempt, rescues);
    const last = readTemporaryRescue(files, place, attempt, status.uid);
    const isOwn = last !== void 0 && isFileNameOf(name, last.claim);
    return complete(attempt, isOwn ? [...rescues, last] : rescues);
  } catch (cause) {
    refusePassing(place, name, cause);
    return complete(damaged(name, `the file cannot be read: ${errorCode(cause)}`), rescues);
  }
}
var passing = /* @__PURE__ */ new Set([
  "EIO",
  "EROFS",
  "EACCES",
  "EPERM",
  "ESTALE",
  "EBUSY",
  "ETIMEDOUT",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "EINTR"
]);
function refusePassing(place, name, cause) {
  const code = errorCode(cause);
  if (!passing.has(code)) return;
  const hint = "Without it nobody knows what was dialed before: repair the disk or its permissions.";
  throw new RecordError(`${join4(place.attempts, name)} cannot be read (${code})`, hint, { cause });
}
function parseClaimFile(name, bytes, size) {
  const claim = readClaimLine(bytes.subarray(0, lineSize));
  const slot = readSlot(bytes.subarray(lineSize));
  const damage = describeDamage(name, claim, slot, size);
  const isOwn = slot.kind === "written" && (claim === void 0 || claim.attemptId === slot.attemptId);
  return {
    ...claim ?? guessClaim(name, bytes, slot),
    ...isOwn ? { outcome: slot.outcome } : {},
    ...damage === "" ? {} : { damage }
  };
}
function describeDamage(name, claim, slot, size) {
  const isStrange = claim !== void 0 && slot.kind === "written" && slot.attemptId !== claim.attemptId;
  return [
    size === claimFileSize ? "" : `the file has ${size} bytes, not ${claimFileSize}`,
    claim === void 0 ? "the claim cannot be read" : "",
    claim !== void 0 && !isFileNameOf(name, claim) ? "the file has the name of another attempt" : "",
    slot.kind === "torn" ? "the outcome cannot be read" : "",
    isStrange ? "the outcome belongs to another attempt" : ""
  ].filter((text) => text !== "").join("; ");
}
function guessClaim(name, bytes, slot) {
  const text = /^\{"record":\{"address":("(?:[^"\\]|\\.)*")/.exec(bytes.toString("utf8"))?.[1];
  const guess = { ...unknownClaim(name), ...slot.kind === "written" ? { attemptId: slot.attemptId } : {} };
  if (!name.includes("~")) return guess;
  try {
    const address = String(JSON.parse(text ?? '""'));
    const isNamed = [keyOfAddress(address), address].some((text2) => name.startsWith(`${encodeName(text2)}@`));
    return isNamed && address !== "" ? { ...guess, address } : guess;
  } catch {
    return guess;
  }
}
var unknownClaim = (name) => ({
  ...readFileName(name),
  attemptId: "",
  digest: "",
  endpoint: "",
  cloud: "",
  claimedAt: ""
});
var damaged = (name, damage) => ({ ...unknownClaim(name), damage });
function complete(attempt, rescues) {
  const whole = rescues.reduce(completeOnce, attempt);
  const outcomes = [attempt.outcome, ...rescues.map((rescue) => rescue?.outcome)];
  return haveTwoCalls(outcomes) ? addDamage(whole, "its records hold two call ids") : whole;
}
function completeOnce(attempt, rescue) {
  if (rescue === void 0) {
    return isSettled(attempt.outcome) ? attempt : addDamage(attempt, "its rescue file cannot be read");
  }
  const { claim, outcome } = rescue;
  if (attempt.attemptId !== "" && attempt.attemptId !== claim.attemptId) {
    return addDamage(attempt, "its rescue file belongs to another attempt");
  }
  const further = isFurther(outcome, attempt.outcome) ? outcome : attempt.outcome ?? outcome;
  const { damage, ...whole } = attempt;
  return { ...whole, ...claim, outcome: further, ...isSettled(further) || !damage ? {} : { damage } };
}
var addDamage = (attempt, damage) => ({
  ...attempt,
  damage: attempt.damage === void 0 ? damage : `${attempt.damage}; ${damage}`
});
var byAddressAndNumber = (a, b) => a.address < b.address ? -1 : a.address > b.address ? 1 : a.number - b.number;

// src/record/replace-file.ts
import { basename, dirname as dirname4, join as join5 } from "node:path";
var mostTemporaries2 = 50;
function replaceFile(path, text, files = nodeFileSystem) {
  try {
    const mode = existingMode(files, path);
    const temporary = writeTemporary(files, path, Buffer.from(text), mode);
    try {
      files.renameSync(temporary, path);
    } catch (cause) {
      removeQuietly(files, temporary);
      throw cause;
    }
    syncFolder(files, dirname4(path));
  } catch (cause) {
    if (cause instanceof RecordError) throw cause;
    throw new RecordError(
      `${path} cannot be written (${errorCode(cause)})`,
      "Check the disk and its permissions.",
      { cause }
    );
  }
}
function existingMode(files, path) {
  try {
    const status = files.lstatSync(path);
    if (status.isFile()) return status.mode & 511;
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return void 0;
    throw cause;
  }
  throw new RecordError(`${path} is no regular file`, "Remove the link or folder of that name.");
}
function writeTemporary(files, path, bytes, mode) {
  for (let number = 1; number <= mostTemporaries2; number++) {
    const temporary = join5(dirname4(path), `.${basename(path)}.${number}.tmp`);
    try {
      const file = writeNewFile(files, temporary, [bytes], mode ?? 438);
      if (mode !== void 0) setMode(files, temporary, file, mode);
      closeQuietly(files, file);
      return temporary;
    } catch (cause) {
      if (errorCode(cause) !== "EEXIST") throw cause;
    }
  }
  const leftovers = join5(dirname4(path), `.${basename(path)}.*.tmp`);
  throw new RecordError(`interrupted runs left too many temporary files`, `Remove ${leftovers}.`);
}
function setMode(files, path, file, mode) {
  try {
    files.fchmodSync(file, mode);
  } catch (cause) {
    closeQuietly(files, file);
    removeQuietly(files, path);
    throw cause;
  }
}

// src/record/load-record.ts
function loadRecord(place, files = nodeFileSystem) {
  const { lineage, attempts } = readFolder(place, files);
  const lockfile = readLockfile(place, files);
  if (lockfile === void 0) {
    refuseMissing(place, lineage, attempts.length > 0);
    return { lockfile: emptyLockfile(""), attempts, exists: false };
  }
  refuseForeign(place, lineage, lockfile.lineage);
  return { lockfile: joinRecord(lockfile, attempts), attempts, exists: true };
}
function createLockfile(place, lineage, files = nodeFileSystem) {
  const before = readLineage(place, files);
  const isKnown = hasAttempts(place, files);
  let lockfile = readLockfile(place, files);
  if (lockfile === void 0) {
    refuseMissing(place, before, isKnown);
    publishLockfile(place, emptyLockfile(lineage), files);
    lockfile = readLockfile(place, files);
  }
  if (lockfile === void 0) throw new RecordError(`${place.lockfile} vanished while it was created`);
  ensureLineage(place, lockfile.lineage, lineage, files);
  return lockfile;
}
function saveLockfile(place, lockfile, files = nodeFileSystem) {
  const text = formatLockfile(lockfile);
  requireReadable(text, place);
  if (readText3(place, files) === text) return false;
  orRefuse(place.lockfile, () => ensureFolder(files, dirname5(place.lockfile)));
  replaceFile(place.lockfile, text, files);
  return true;
}
function rebuildLockfile(place, lineage, files = nodeFileSystem) {
  const folder = readFolder(place, files);
  const before = readLockfile(place, files) ?? emptyLockfile(folder.lineage ?? lineage);
  refuseForeign(place, folder.lineage, before.lineage);
  const lockfile = joinRecord(before, folder.attempts);
  saveLockfile(place, lockfile, files);
  ensureLineage(place, lockfile.lineage, lineage, files);
  return lockfile;
}
var readFolder = (place, files) => ({
  lineage: readLineage(place, files),
  attempts: readAttempts(place, files)
});
function readLockfile(place, files) {
  const text = readText3(place, files);
  return text === void 0 ? void 0 : parseLockfile(text, place.lockfile);
}
function readText3(place, files) {
  try {
    const { bytes, status } = readFile(files, place.lockfile, longestLockfile);
    if (status.size > longestLockfile) throw new Error("over 64 MiB");
    return decode(bytes);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return void 0;
    const message = `${place.lockfile}: the lockfile cannot be read (${errorCode(cause)})`;
    throw new RecordError(message, "Restore it with git.", { cause });
  }
}
var decode = (bytes) => isAscii(bytes) ? bytes.toString("latin1") : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
function refuseMissing(place, lineage, isKnown) {
  if (lineage === void 0 && !isKnown) return;
  throw new RecordError(
    `${place.lockfile}: the lockfile is missing although ${place.attempts} shows that there was one`,
    "Restore it with git, or run `callctl lock rebuild` if it was never committed."
  );
}
function publishLockfile(place, lockfile, files) {
  const text = formatLockfile(lockfile);
  requireReadable(text, place);
  orRefuse(place.lockfile, () => ensureFolder(files, dirname5(place.lockfile)));
  const temporary = join6(dirname5(place.lockfile), `.${basename2(place.lockfile)}.${lockfile.lineage}.tmp`);
  const file = publishFile(files, { path: place.lockfile, temporary, bytes: Buffer.from(text), mode: 438 });
  if (file !== void 0) closeQuietly(files, file);
}
function requireReadable(text, place) {
  try {
    parseLockfile(text, place.lockfile);
  } catch (cause) {
    throw new InternalError("the new lockfile would not be readable; the old one stays", { cause });
  }
}
var emptyLockfile = (lineage) => ({
  lockfileVersion: 1,
  lineage,
  calls: /* @__PURE__ */ Object.create(null)
});

// src/cli/take-over.ts
function takeOver(plan, record, { place }) {
  const moves = new Map(
    plan.changes.flatMap(({ address, movedFrom }) => movedFrom === void 0 ? [] : [[address, movedFrom]])
  );
  if (moves.size === 0) return record;
  createLockfile(place, record.lockfile.lineage);
  const lockfile = moveEntries(record.lockfile, moves);
  saveLockfile(place, lockfile);
  return { ...record, lockfile };
}

// src/plan/entries.ts
function indexEntries({ calls }) {
  const index = indexKeys(calls);
  return {
    of: (wanted) => index.spellingsOf(wanted).map((address) => ({ address, entry: calls[address] }))
  };
}
var byAddress = (a, b) => a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
function describePlaced(entry, observation) {
  const placed2 = `placed ${entry.placedAt ?? "before"}`;
  if (entry.state === "ended")
    return `${placed2}; ended${entry.endedAt === void 0 ? "" : ` ${entry.endedAt}`}`;
  return hasEnded(entry, observation) ? `${placed2}; ended` : placed2;
}
var hasEnded = (entry, observation) => observation !== void 0 && observation.problem === void 0 && observation.callId === entry.callId && (observation.state === "terminated" || observation.state === "gone");
var foldedDigestOf = ({ digest, foldedDigest }) => foldedDigest ?? digest;
var isSameCall = (payload, attempt) => payload.digest === attempt.digest || foldedDigestOf(payload) === foldedDigestOf(attempt);

// src/plan/compare-call.ts
function compareCall(payload, known = {}) {
  const { address } = payload;
  const { entry, recordedAs = address } = known;
  if (entry === void 0) return { address, payload, action: "place", reason: "not placed before" };
  const decision = decide(payload, entry, known);
  const reason = recordedAs === address ? decision.reason : `${decision.reason}; recorded as \`${recordedAs}\``;
  return { address, payload, entry, ...decision, reason };
}
function decide(payload, entry, { observation, isNamed = false }) {
  const unsettled = findUnsettled(entry);
  if (unsettled !== void 0) {
    const hint = isNamed ? `; \`callctl resolve ${payload.address}\` comes before \`--redial\`` : "";
    return { action: "uncertain", reason: `${unsettled}${hint}` };
  }
  if (entry.state === "failed") return compareFailed(entry, isNamed);
  const placed2 = describePlaced(entry, observation);
  const first = entry.state === "placed" ? "; hung up first" : "";
  if (isNamed) return { action: "redial", reason: `${placed2}${first}` };
  if (entry.digest === payload.digest) return { action: "none", reason: placed2 };
  return compareChanged(payload, entry, { placed: placed2, first });
}
function compareChanged(payload, entry, { placed: placed2, first }) {
  if (isSameCall(payload, entry)) {
    const reason = `the call differs from what was ${placed2} in the letter case of ids alone; nothing is sent`;
    return { action: "changed", reason };
  }
  const differs = `the call differs from what was ${placed2}`;
  if (payload.onChange !== "redial") return { action: "changed", reason: `${differs}; nothing is sent` };
  const rang = entry.attempts?.findLast((each) => each.state !== "failed" && isSameCall(payload, each));
  if (rang === void 0) return { action: "redial", reason: `${differs}; \`onChange: redial\`${first}` };
  const before = `is what was placed ${rang.placedAt ?? "before"} already; nothing is sent without \`--redial\``;
  return { action: "changed", reason: `${differs}, but ${before}` };
}
var describeUncertain = (entry) => `the outcome of the attempt${entry.placedAt === void 0 ? "" : ` of ${entry.placedAt}`} is unknown; nothing is sent until it is resolved`;
function findUnsettled(entry) {
  if (entry.state === "uncertain") return describeUncertain(entry);
  const isEarlier = entry.attempts?.some((attempt) => attempt.state === "uncertain") ?? false;
  return isEarlier ? "the outcome of an earlier attempt is unknown" : void 0;
}
function compareFailed(entry, isNamed) {
  const rang = entry.attempts?.findLast((attempt) => attempt.state !== "failed");
  if (rang === void 0) return { action: "place", reason: "the last attempt was refused or not sent" };
  const reason = `the last attempt failed, but an earlier one was placed ${rang.placedAt ?? "before"}`;
  if (isNamed) return { action: "redial", reason };
  return { action: "blocked", code: "plan/placed-before", reason };
}

// src/plan/defined.ts
function indexDefined(input) {
  const { definedAddresses, payloads, occasionPatterns = [] } = input;
  const defined = definedAddresses ?? new Set(payloads.map(({ address }) => address));
  let index;
  let names;
  const patterns = occasionPatterns.map(createPattern);
  return {
    isWhole: definedAddresses !== void 0,
    has(address) {
      if (defined.has(address)) return true;
      index ??= indexAddresses(defined);
      return index.spellingsOf(address).length > 0;
    },
    occasionOf(address) {
      const name = nameOf(address);
      if (name === void 0) return void 0;
      names ??= namesOf(defined);
      const key = keyOfAddress(name);
      return patterns.find(({ matches }) => matches(key))?.text ?? names.get(key);
    }
  };
}
function nameOf(address) {
  const at = address.indexOf("@");
  return at < 0 ? void 0 : address.slice(0, at);
}
function namesOf(defined) {
  const names = /* @__PURE__ */ new Map();
  for (const address of defined) {
    const name = nameOf(address);
    if (name !== void 0) names.set(keyOfAddress(name), name);
  }
  return names;
}
function createPattern(text) {
  const [head = "", tail = ""] = keyOfAddress(text).split("*");
  const length = head.length + tail.length;
  const matches = (name) => length > 0 && name.length > length && name.startsWith(head) && name.endsWith(tail);
  return { text, matches };
}

// src/plan/totals.ts
function totalsOf(plan) {
  const actions = noActions();
  const permissions = /* @__PURE__ */ new Set();
  let people = 0;
  let numbers = 0;
  for (const { action, payload } of plan.changes) {
    actions[action] += 1;
    if (payload === void 0 || !rings(action)) continue;
    people += payload.touches.people.length;
    numbers += payload.touches.numbers.length;
    for (const permission of payload.touches.permissions) permissions.add(permission);
  }
  const calls = actions.place + actions.redial;
  return { actions, calls, people, numbers, permissions: [...permissions].sort() };
}
var rings = (action) => action === "place" || action === "redial";
var noActions = () => ({
  place: 0,
  none: 0,
  changed: 0,
  redial: 0,
  uncertain: 0,
  retired: 0,
  blocked: 0,
  "hang-up": 0
});

// src/plan/count-calls.ts
var quota = { concurrentCalls: 100, callsPerMonth: 1e4 };
function countUsage(changes, counted) {
  const { limits, now } = counted;
  const placements = changes.filter(({ action }) => rings(action));
  const isLive = livenessOf(counted);
  const start = now === void 0 ? Number.NEGATIVE_INFINITY : startOfMonth(now);
  const { live, placed: placed2 } = countAttempts(counted.lockfile, isLive, isPlacedSince(start));
  const takesOver = ({ entry }) => entry !== void 0 && [entry, ...entry.attempts ?? []].some((each) => isLive(each) && canEnd(each));
  const added = placements.filter((change) => !takesOver(change)).length;
  const usage = [describe("concurrent-calls", live, live + added, limits)];
  if (now === void 0) return usage;
  const month = new Date(start).toISOString().slice(0, 7);
  return [...usage, { ...describe("calls-per-month", placed2, placed2 + placements.length, limits), month }];
}
function describe(kind, before, after, limits) {
  const name = kind === "concurrent-calls" ? "concurrentCalls" : "callsPerMonth";
  const limit = limits[name];
  return { kind, before, after, allowed: limit ?? quota[name], isQuota: limit === void 0 };
}
function livenessOf({ observations }) {
  const over = new Set(observations.filter(hasEnded2).map(({ callId }) => callId));
  return ({ state, callId }) => (state === "placed" || state === "uncertain") && !(callId !== void 0 && over.has(callId));
}
var hasEnded2 = ({ state, problem }) => problem === void 0 && (state === "terminated" || state === "gone");
var canEnd = ({ state, callId }) => state === "placed" && callId !== void 0;
function startOfMonth(now) {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
var isPlacedSince = (start) => ({ state, placedAt }) => state !== "failed" && !(Date.parse(placedAt ?? "") < start);
function countAttempts({ calls, forgotten = {} }, isLive, isPlaced) {
  let live = 0;
  let placed2 = 0;
  const add = (attempt) => {
    if (isLive(attempt)) live += 1;
    if (isPlaced(attempt)) placed2 += 1;
  };
  for (const address in calls) {
    const entry = calls[address];
    add(entry);
    entry.attempts?.forEach(add);
  }
  for (const address in forgotten) forgotten[address].forEach(add);
  return { live, placed: placed2 };
}

// src/plan/limit-calls.ts
function limitCalls(changes, counted) {
  const { concurrentCalls, callsPerMonth } = counted.limits;
  if (concurrentCalls === void 0 && callsPerMonth === void 0) return changes;
  const over = countUsage(changes, counted).find(
    ({ before, after, allowed, isQuota }) => !isQuota && after > allowed && after > before
  );
  if (over === void 0) return changes;
  const { code, reason } = describe2(over);
  return changes.map(
    (change) => rings(change.action) ? { ...change, action: "blocked", code, reason } : change
  );
}
function describe2({ kind, before, after, allowed, month }) {
  const already = before === 1 ? "1 is" : `${before} are`;
  if (kind === "calls-per-month") {
    const past2 = before === 0 ? "" : `; ${already} placed already`;
    const reason2 = `${after} calls would be placed in ${month} (UTC); limits.callsPerMonth is ${allowed}${past2}`;
    return { code: "plan/calls-per-month", reason: reason2 };
  }
  const hint = "`status --refresh` records those that have ended";
  const past = before === 0 ? "" : `; ${already} recorded as live or unknown: ${hint}`;
  const reason = `${after} calls would be live at once; limits.concurrentCalls is ${allowed}${past}`;
  return { code: "plan/concurrent-calls", reason };
}

// src/plan/limit-people.ts
function limitPeople(changes, limits) {
  const { people, numbers } = totalsOf({ changes });
  const count = people + numbers;
  if (limits.people === void 0 || count <= limits.people) return changes;
  const reason = `${count} people and numbers would be rung; limits.people is ${limits.people}`;
  return changes.map(
    (change) => rings(change.action) ? { ...change, action: "blocked", code: "plan/people-limit", reason } : change
  );
}

// src/plan/moved.ts
function createCompareMoved({ payloads }, entries, defined) {
  const claimed = /* @__PURE__ */ new Map();
  for (const { address, movedFrom } of payloads) {
    if (movedFrom === void 0) continue;
    const key = keyOfAddress(movedFrom);
    claimed.set(key, [...claimed.get(key) ?? [], address]);
  }
  return (payload, known) => {
    const { address, movedFrom } = payload;
    if (movedFrom === void 0 || known.entry !== void 0) return void 0;
    const key = keyOfAddress(movedFrom);
    const [found, ...twins] = entries.of(movedFrom);
    if (found === void 0 || key === keyOfAddress(address)) return void 0;
    const doubt = twins.length > 0 ? `${found.address} stands in the record in several spellings: forget all but one` : findDoubt(defined, movedFrom, claimed.get(key) ?? []);
    if (doubt !== void 0)
      return { address, payload, action: "blocked", code: "plan/moved-from", reason: doubt };
    const change = compareCall(payload, { ...known, entry: found.entry });
    if (change.action === "place") return void 0;
    const reason = `renamed from ${found.address}; ${change.reason}`;
    const isKept = change.action === "uncertain" || change.action === "blocked";
    return { ...change, reason, ...isKept ? {} : { movedFrom: found.address } };
  };
}
function findDoubt(defined, old, claims) {
  if (claims.length > 1) return `\`movedFrom: ${old}\` stands in several calls: ${claims.join(", ")}`;
  if (!defined.isWhole) {
    return `whether ${old} is still defined is not known: not every definition could be read`;
  }
  if (!defined.has(old)) return void 0;
  return `\`movedFrom: ${old}\` names a call that is still defined; remove one of the two`;
}

// src/plan/rename-guard.ts
function createRenameGuard(input, defined) {
  const leave = new Set([...input.onlyNames ?? [], ...input.redialNames ?? []].map(keyOfAddress));
  let formers;
  return (change) => {
    const { address, payload, entry } = change;
    if (payload === void 0 || !rings(change.action) || leave.has(keyOfAddress(address))) return change;
    if (entry !== void 0 && isSameCall(payload, entry)) return change;
    formers ??= indexFormers(input, defined);
    const former = findFormer(payload, formers, defined);
    if (former === void 0) return change;
    const { action: _, code: __, movedFrom: ___, ...kept2 } = change;
    return { ...kept2, action: "blocked", code: "plan/renamed", reason: describe3(former, defined) };
  };
}
function findFormer(payload, index, defined) {
  const own = [payload.address, payload.movedFrom].flatMap(
    (each) => each === void 0 ? [] : keyOfAddress(each)
  );
  for (const digest of digestsOf(payload))
    for (const former of index.get(digest) ?? [])
      if (!own.includes(keyOfAddress(former.address)) && !isOccasion(payload.address, former.address, defined))
        return former;
  return void 0;
}
function isOccasion(address, former, defined) {
  const [name, oldName] = [nameOf(address), nameOf(former)];
  if (name === void 0 || oldName === void 0) return false;
  if (keyOfAddress(name) === keyOfAddress(oldName)) return true;
  const isOther = keyOfAddress(address.slice(name.length)) !== keyOfAddress(former.slice(oldName.length));
  const definition = defined.occasionOf(address);
  return isOther && definition !== void 0 && definition === defined.occasionOf(former);
}
function indexFormers({ payloads, lockfile }, defined) {
  const { calls } = lockfile;
  const wanted = /* @__PURE__ */ new Set();
  for (const payload of payloads) wanted.add(payload.digest).add(foldedDigestOf(payload));
  const index = /* @__PURE__ */ new Map();
  let byKey;
  const isWanted = (attempt) => wanted.has(attempt.digest) || wanted.has(attempt.foldedDigest);
  const add = (address, entry, attempt) => {
    if (attempt.state === "failed" || !isWanted(attempt)) return;
    byKey ??= new Map(payloads.map((payload) => [keyOfAddress(payload.address), payload]));
    const present = byKey.get(keyOfAddress(address));
    if (present === void 0 ? defined.has(address) : isSameCall(present, attempt)) return;
    const former = { address, entry, isDefined: present !== void 0 };
    for (const digest of digestsOf(attempt)) {
      const known = index.get(digest);
      if (known === void 0) index.set(digest, [former]);
      else if (known.at(-1)?.address !== address) known.push(former);
    }
  };
  for (const address in calls) {
    const entry = calls[address];
    add(address, entry, entry);
    for (const attempt of entry.attempts ?? []) add(address, entry, attempt);
  }
  return index;
}
function digestsOf(call) {
  const { digest } = call;
  const folded = foldedDigestOf(call);
  return [.../* @__PURE__ */ new Set([digest, folded])].filter((each) => each !== void 0 && each !== "");
}
function describe3({ address, entry, isDefined }, { isWhole }) {
  const when = entry.state === "uncertain" ? "outcome unknown" : describePlaced(entry);
  const ring = "to ring all the same, name it with --only";
  if (isDefined) {
    const why2 = "which means another call now: most likely rows of a list have changed places";
    return `same payload as ${address} was (${when}), ${why2}; name calls by what they are about, not by position; ${ring}`;
  }
  const why = isWhole ? "no longer defined: most likely renamed" : "which may be this call under its old name (not every definition could be read)";
  return `same payload as ${address} (${when}), ${why}; \`movedFrom: ${address}\` says so; ${ring}`;
}

// src/plan/retired.ts
function findRetired(input, defined, movedAddresses) {
  const { lockfile, prunes = false, selects = () => true } = input;
  if (!defined.isWhole) return { changes: [], occasions: [] };
  const renamed = keysOfMoved(input);
  const observed = new Map(input.observations.map((observation) => [observation.address, observation]));
  const earlier = /* @__PURE__ */ new Map();
  const changes = [];
  for (const address in lockfile.calls) {
    if (defined.has(address) || !selects(address) || movedAddresses.has(address)) continue;
    const entry = lockfile.calls[address];
    const name = defined.occasionOf(address);
    if (entry.state === "uncertain") changes.push({ address, entry, ...describeUnknown(entry, name) });
    else if (name !== void 0) countOccasion(earlier, name, entry);
    else {
      const past = entry.state === "failed" ? "last attempt failed" : describePlaced(entry, observed.get(address));
      const mayBeLive = entry.state === "placed" && entry.callId !== void 0;
      const action = prunes && mayBeLive && !renamed.has(keyOfAddress(address)) ? "hang-up" : "retired";
      changes.push({ address, entry, action, reason: `no longer defined; ${past}` });
    }
  }
  return { changes, occasions: [...earlier].map(([name, counts]) => ({ name, ...counts })).sort(byName) };
}
var keysOfMoved = ({ payloads }) => new Set(payloads.flatMap(({ movedFrom }) => movedFrom === void 0 ? [] : [keyOfAddress(movedFrom)]));
function describeUnknown(entry, name) {
  const what = name === void 0 ? "no longer defined" : `an earlier occasion of ${name}`;
  return { action: "uncertain", reason: `${what}; ${describeUncertain(entry)}` };
}
function countOccasion(earlier, name, { state }) {
  const counts = earlier.get(name) ?? { count: 0, live: 0 };
  counts.count += 1;
  if (state === "placed") counts.live += 1;
  earlier.set(name, counts);
}
var byName = (a, b) => a.name < b.name ? -1 : 1;

// src/plan/twins.ts
var order = ["uncertain", "placed", "ended", "failed"];
function compareTwins(payload, twins, known) {
  const [first] = twins.toSorted((a, b) => rankOf3(a) - rankOf3(b));
  const change = compareCall(payload, { ...known, entry: first.entry, recordedAs: first.address });
  const names = twins.map(({ address }) => `\`${address}\``).join(" and ");
  const reason = `${change.reason}; recorded as ${names}, which are one address: neither is dialed until \`callctl forget\` has taken one away, once it has ended`;
  const own = rings(change.action) ? { ...change, action: "blocked", code: "plan/two-spellings", reason } : { ...change, reason };
  const shown = twins.filter(({ address }) => address !== own.address);
  return [own, ...shown.map((twin) => describeTwin(twin, names))];
}
var rankOf3 = ({ entry }) => order.indexOf(entry.state);
function describeTwin({ address, entry }, names) {
  if (entry.state === "uncertain")
    return { address, entry, action: "uncertain", reason: describeUncertain(entry) };
  const past = entry.state === "failed" ? "the last attempt failed" : describePlaced(entry);
  return { address, entry, action: "none", reason: `${past}; recorded as ${names}, which are one address` };
}

// src/plan/create-plan.ts
function createPlan(input) {
  const { lockfile, selects = () => true } = input;
  const entries = indexEntries(lockfile);
  const defined = indexDefined(input);
  const observed = new Map(input.observations.map((observation) => [observation.address, observation]));
  const redialKeys = new Set([...input.redialNames ?? []].map(keyOfAddress));
  const guardRename = createRenameGuard(input, defined);
  const compareMoved = createCompareMoved(input, entries, defined);
  const calls = input.payloads.filter((payload) => selects(payload.address)).flatMap((payload) => {
    const isNamed = redialKeys.size > 0 && redialKeys.has(keyOfAddress(payload.address));
    const [found, ...twins] = entries.of(payload.address);
    if (twins.length > 0) return compareTwins(payload, [found, ...twins], { isNamed });
    const recordedAs = found?.address;
    const observation = observed.get(recordedAs ?? payload.address);
    const known = { entry: found?.entry, recordedAs, observation, isNamed };
    return guardRename(compareMoved(payload, known) ?? compareCall(payload, known));
  });
  const moved = new Set(calls.map((change) => change.movedFrom));
  const retired = findRetired(input, defined, moved);
  const limited = limitCalls(limitPeople(calls, input.limits), input);
  return {
    changes: [...limited, ...retired.changes].sort(byAddress),
    ...retired.occasions.length > 0 && { occasions: retired.occasions }
  };
}

// src/record/attempts.ts
import { join as join7 } from "node:path";
function openAttempts(place, files = nodeFileSystem) {
  const session = startSession(place, files);
  return {
    claim: (claim) => finishNow(files, publishClaim(session, claim)),
    settle: (claim, outcome) => finishNow(files, settle(session, claim, outcome)),
    list: () => readAttempts(place, files),
    sweep: () => sweep(session)
  };
}
var startSession = (place, files) => ({
  place,
  files,
  claimed: /* @__PURE__ */ new Map(),
  taken: void 0,
  failure: void 0
});
var temporaryPrefix = ".claim-";
var isTemporary = (name) => name.startsWith(temporaryPrefix);
var nameOf2 = (claim) => `${formatFileName(claim)} ${claim.attemptId}`;
function* publishClaim(session, claim) {
  const { place, files, failure } = session;
  const fault2 = failure ?? findClaimFault(claim);
  if (fault2 !== void 0) throw claimRefusal(claim, fault2);
  try {
    const bytes = formatClaimFile(claim);
    session.taken ??= prepareFolders(session);
    if (session.taken.has(formatFileName(claim))) return false;
    const file = yield* publishingFile(files, {
      path: join7(place.attempts, formatFileName(claim)),
      temporary: join7(place.attempts, `${temporaryPrefix}${claim.attemptId}`),
      bytes,
      mode: 384
    });
    if (file === void 0) return false;
    session.claimed.set(nameOf2(claim), file);
    return true;
  } catch (cause) {
    throw claimRefusal(claim, errorCode(cause), cause);
  }
}
function prepareFolders({ files, place }) {
  makeFolder(files, place.attempts);
  makeFolder(files, place.rescue);
  return findTakenNames(place.attempts, files);
}
function claimRefusal(claim, reason, cause) {
  const message = `${quote(claim.address)}: attempt ${claim.number} is not claimed, nothing was sent: ${reason}`;
  const hint = "If its file was left behind, the attempt shows as uncertain; it did not ring.";
  return new RecordError(message, hint, { cause });
}
function* settle(session, claim, outcome) {
  const { files } = session;
  const held = session.claimed.get(nameOf2(claim));
  session.claimed.delete(nameOf2(claim));
  try {
    const file = held ?? reopen(session, claim, outcome);
    if (file !== void 0) yield* writeSlot(files, file, formatSlot(claim, outcome));
  } catch (cause) {
    if (cause instanceof SettledError) throw cause;
    session.failure = "an earlier outcome could not be recorded";
    const kept2 = keepRescue(files, session.place, claim, outcome);
    const fate = kept2 === void 0 ? "NOT RECORDED" : `KEPT IN ${kept2}`;
    const hint = "The record cannot be written: repair the disk before the next run.";
    throw new RecordError(`${describe4(claim, outcome)} ${fate} (${errorCode(cause)})`, hint, { cause });
  }
}
function* writeSlot(files, file, bytes) {
  try {
    writeAll(files, file, bytes, lineSize);
    yield { file };
  } finally {
    closeQuietly(files, file);
  }
}
var SettledError = class extends RecordError {
};
function reopen(session, claim, outcome) {
  const { place, files } = session;
  const name = findFileName(place.attempts, claim, files);
  const found = findAttempt(place, name, files);
  if (found === void 0) throw new RecordError("its claim is missing");
  if (found.attemptId !== claim.attemptId) throw new RecordError("its claim is another attempt\u2019s");
  const standing = found.outcome;
  if (haveTwoCalls([standing, outcome])) throw new RecordError("another call id is recorded");
  if (!isFurther(outcome, standing) && standing?.kind !== outcome.kind) {
    throw new SettledError(`${quote(claim.address)}: its attempt is already recorded as ${standing?.kind}`);
  }
  if (found.damage === void 0) {
    return isFurther(outcome, standing) ? files.openSync(join7(place.attempts, name), rewriteFlags) : void 0;
  }
  if (keepRescue(files, place, claim, outcome) === void 0) throw new RecordError("its claim is damaged");
  return void 0;
}
function sweep({ place, files }) {
  try {
    for (const name of files.readdirSync(place.attempts)) {
      if (isTemporary(name)) removeQuietly(files, join7(place.attempts, name));
    }
  } catch {
  }
}
function describe4(claim, outcome) {
  const callId = outcome.kind === "placed" ? ` call-id=${quote(outcome.callId)}` : "";
  const kind = outcome.kind.toUpperCase();
  return `callctl: ${kind} address=${quote(claim.address)} attempt=${quote(claim.attemptId)}${callId}`;
}
var quote = (text) => /^[\w.@:+=~-]+$/.test(text) ? text : JSON.stringify(text);

// test/plan/fakes.ts
var lockfileOf = (calls = {}) => ({
  lockfileVersion: 1,
  lineage: "00000000-0000-4000-8000-000000000000",
  calls
});
var payloadOf = (address, digest = "digest-1", touches = {}) => ({
  address,
  range: { source: "calls/a.yaml", start: 0, end: 1 },
  target: { cloud: "global", version: "v1.0", collection: "communications" },
  call: {},
  text: "{}\n",
  digest,
  touches: { kind: "group", people: [{ id: "ada" }], numbers: [], permissions: [], ...touches }
});
function inputOf(payloads, calls = {}, more = {}) {
  return {
    payloads,
    definedAddresses: new Set(payloads.map(({ address }) => address)),
    lockfile: lockfileOf(calls),
    observations: [],
    limits: { concurrency: 8 },
    ...more
  };
}

// test/record/temporary-place.ts
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as join8 } from "node:path";
function inFolder(test2) {
  return () => {
    const folder = realpathSync.native(mkdtempSync(join8(tmpdir(), "callctl-record-")));
    try {
      test2(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
var inPlace = (test2) => inFolder((folder) => {
  const attempts = join8(folder, ".callctl");
  mkdirSync(join8(folder, "temporary"));
  test2({
    lockfile: join8(folder, "calls.lock.json"),
    attempts,
    rescue: join8(attempts, "rescue"),
    temporary: join8(folder, "temporary")
  });
});
var uuid = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
var claimOf2 = (address, number = 1, id = number) => ({
  address,
  number,
  attemptId: uuid(id),
  digest: "ab".repeat(32),
  endpoint: "/v1.0/communications/calls",
  cloud: "global",
  tenantId: uuid(77),
  claimedAt: "2025-01-01T00:00:00Z",
  operator: "kim"
});
var placed = (callId = "call-1") => ({
  kind: "placed",
  callId,
  callChainId: "chain",
  requestId: "request",
  evidence: "http-201",
  at: "2025-01-01T00:00:01Z"
});

// test/cli/redial-renamed.test.ts
var test = suite("redial-renamed");
function placeOld(place) {
  createLockfile(place, uuid(9));
  const attempts = openAttempts(place);
  const claim = { ...claimOf2("old"), digest: "digest-1" };
  attempts.claim(claim);
  attempts.settle(claim, placed());
  saveLockfile(place, loadRecord(place).lockfile);
}
var planOf = (place, address, movedFrom) => createPlan({
  ...inputOf([{ ...payloadOf(address), ...movedFrom === void 0 ? {} : { movedFrom } }]),
  lockfile: loadRecord(place).lockfile
});
var show = (plan) => plan.changes.map(({ address, action }) => `${address} ${action}`).join(", ");
var rename = (place) => void takeOver(planOf(place, "new", "old"), loadRecord(place), { place });
test(
  "the entry is taken over, and stays so whether `movedFrom` stays or not",
  inPlace((place) => {
    placeOld(place);
    rename(place);
    assert.is(show(planOf(place, "new", "old")), "new none");
    assert.is(show(planOf(place, "new")), "new none");
    rebuildLockfile(place, uuid(9));
    assert.is(show(planOf(place, "new")), "new none");
  })
);
test(
  "with the lockfile of before the rename nobody is rung either",
  inPlace((place) => {
    placeOld(place);
    const before = loadRecord(place).lockfile;
    rename(place);
    saveLockfile(place, before);
    assert.is(show(planOf(place, "new", "old")), "new none");
    assert.is(show(planOf(place, "old")), "old none");
    assert.match(show(planOf(place, "new")), "new blocked");
  })
);
test(
  "renamed back again it is still the same call",
  inPlace((place) => {
    placeOld(place);
    rename(place);
    takeOver(planOf(place, "old", "new"), loadRecord(place), { place });
    assert.is(show(planOf(place, "old")), "old none");
    assert.equal(Object.keys(loadRecord(place).lockfile.calls), ["old"]);
  })
);
test(
  "a plan without renames writes nothing",
  inPlace((place) => {
    mkdirSync2(join9(place.attempts, "x"), { recursive: true });
    const record = loadRecord(place);
    assert.is(takeOver(planOf(place, "a"), record, { place }), record);
    assert.not.ok(loadRecord(place).exists);
  })
);
test.run();
