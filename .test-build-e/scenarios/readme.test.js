var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from2, except, desc) => {
  if (from2 && typeof from2 === "object" || typeof from2 === "function") {
    for (let key of __getOwnPropNames(from2))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from2[key], enumerable: !(desc = __getOwnPropDesc(from2, key)) || desc.enumerable });
  }
  return to;
};
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);

// src/compile/phone.ts
var phone_exports = {};
__export(phone_exports, {
  readPhoneNumber: () => readPhoneNumber
});
import { ParseError, parsePhoneNumberWithError } from "libphonenumber-js/core";
import metadata from "libphonenumber-js/min/metadata";
function readPhoneNumber(text2, region) {
  const country = region?.toUpperCase();
  if (country !== void 0 && !Object.hasOwn(metadata.countries, country)) {
    return { problem: "there is no such region", hint: "It is a code of two letters, such as `DE`." };
  }
  try {
    const options = { extract: false, ...country !== void 0 && { defaultCountry: country } };
    const found = parsePhoneNumberWithError(text2, options, metadata);
    if (found.ext !== void 0) return { problem: "an E.164 number has no extension", hint: dialHint };
    return found.isValid() ? { number: found.number } : { problem: "there is no such number", hint: plainHint };
  } catch (error) {
    if (error instanceof ParseError)
      return explain(error.message, country === void 0 && !text2.trim().startsWith("+"));
    throw error;
  }
}
function explain(code, isWithoutCountry) {
  if (code === "INVALID_COUNTRY" && isWithoutCountry) {
    return {
      problem: "the country is not known",
      hint: 'Begin with `+` and the country\u2019s code, or name the region: `e164 number "DE"`.'
    };
  }
  return { problem: problems[code] ?? "this is not a phone number" };
}
var dialHint, plainHint, problems;
var init_phone = __esm({
  "src/compile/phone.ts"() {
    "use strict";
    dialHint = "Leave the extension out; a bot can send its digits as tones once the call is established.";
    plainHint = "If it does exist, write it in E.164 form without `e164`.";
    problems = {
      NOT_A_NUMBER: "this is not a phone number",
      TOO_SHORT: "the number is too short",
      TOO_LONG: "the number is too long",
      INVALID_LENGTH: "the number has the wrong length",
      INVALID_COUNTRY: "no country has this calling code"
    };
  }
});

// src/compile/hash.ts
var hash_exports = {};
__export(hash_exports, {
  sha1: () => sha1,
  sha256: () => sha256
});
import crypto from "node:crypto";
var sha256, sha1;
var init_hash = __esm({
  "src/compile/hash.ts"() {
    "use strict";
    sha256 = (text2) => (
      // Three times as fast for short texts; Node 20.12 brought it.
      typeof crypto.hash === "function" ? crypto.hash("sha256", text2, "hex") : crypto.createHash("sha256").update(text2, "utf8").digest("hex")
    );
    sha1 = (bytes) => crypto.createHash("sha1").update(bytes).digest();
  }
});

// test/scenarios/readme.test.ts
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

// src/compile/helper-results.ts
var HelperProblem = class extends Error {
  place;
  hint;
  constructor(message, details = {}) {
    super(message);
    this.place = details.place;
    this.hint = details.hint;
  }
};
var maximumResult = 1e6;
function checkSize(size) {
  if (size > maximumResult) throw new HelperProblem("the result would be too long");
}
function joinTexts(texts, separator) {
  checkSize(texts.reduce((size, each) => size + each.length + separator.length, 0));
  return texts.join(separator);
}
function joinLists(lists) {
  checkSize(lists.reduce((size, each) => size + each.length, 0));
  return lists.flat();
}
function replaceText(value, from2, to) {
  const parts = value.split(from2);
  if (from2 !== "") return joinTexts(parts, to);
  checkSize(value.length * (to.length + 1));
  return value.replaceAll(from2, () => to);
}

// src/compile/join-url.ts
var JoinUrlProblem = class extends Error {
  constructor(message, start, end, hint) {
    super(message);
    this.start = start;
    this.end = end;
    this.hint = hint;
  }
  start;
  end;
  hint;
};
var teamsHosts = [
  "teams.microsoft.com",
  "teams.live.com",
  "gov.teams.microsoft.us",
  "dod.teams.microsoft.us"
];
function parseJoinUrl(text2) {
  const whole = trimmed(text2);
  const path = readHost(whole);
  const [route, query] = cutAt(cutAt(path, "#", isPathHash)[0], "?");
  const long = /^\/(?:_#\/)?l\/meetup-join\//i.exec(route.text);
  if (long !== null) return readLong(from(route, long[0].length), query);
  const short = /^\/meet\//i.exec(route.text);
  if (short !== null) return readShort(from(route, short[0].length), query);
  throw problem(route.text === "" ? whole : route, "this Teams link joins no meeting", formHint);
}
var formHint = "It looks like `https://teams.microsoft.com/l/meetup-join/\u2026` or `https://teams.microsoft.com/meet/\u2026`.";
var problem = ({ text: text2, start }, message, hint) => new JoinUrlProblem(message, start, start + text2.length, hint);
var from = ({ text: text2, start }, length) => ({
  text: text2.slice(length),
  start: start + length
});
function cutAt(part, separator, isOther) {
  let index = part.text.indexOf(separator);
  if (index >= 0 && isOther?.(index, part.text)) index = part.text.indexOf(separator, index + 1);
  if (index < 0) return [part];
  return [{ text: part.text.slice(0, index), start: part.start }, from(part, index + 1)];
}
var isPathHash = (index, text2) => text2.startsWith("/_#/") && index === 2;
function trimmed(text2) {
  const start = text2.length - text2.trimStart().length;
  const part = { text: text2.trim(), start };
  if (part.text === "") throw problem({ text: text2, start: 0 }, "the link is empty", formHint);
  return part;
}
function readHost(whole) {
  const found = /^https:\/\/([^/?#]*)/i.exec(whole.text);
  if (found === null) {
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(whole.text)?.[0] ?? whole.text;
    throw problem({ text: scheme, start: whole.start }, "a join link begins with `https://`", formHint);
  }
  const host = { text: found[1], start: whole.start + "https://".length };
  if (!teamsHosts.includes(host.text.toLowerCase()))
    throw problem(host, "this is no host of Teams", hostHint(host));
  return from(whole, found[0].length);
}
var hostHint = ({ text: text2 }) => text2.toLowerCase().endsWith(".safelinks.protection.outlook.com") ? "Mail has wrapped the link: copy it from the meeting itself." : `Teams meetings are at ${teamsHosts.map((host) => `\`${host}\``).join(", ")}.`;
function readLong(rest, query) {
  const [thread, after] = cutAt(rest, "/");
  const threadId = decode(thread);
  if (!/^\d+:[^\s/@]+@[^\s/@]+$/.test(threadId)) {
    throw problem(
      orWhole(thread, rest),
      "this is no thread of a chat",
      "It looks like `19:meeting_\u2026@thread.v2`."
    );
  }
  const message = after && cutAt(after, "/")[0];
  const messageId = message === void 0 ? "" : decode(message);
  if (message === void 0 || !/^\d+$/.test(messageId)) {
    const hint = "It follows the thread and is `0` for a scheduled meeting.";
    throw problem(orWhole(message, thread), "the id of the message must be a number", hint);
  }
  const context = readContext(findParameter(query, "context"), message);
  return { ...nothing, kind: "long", threadId, messageId, ...context };
}
var nothing = {
  threadId: null,
  messageId: null,
  replyChainMessageId: null,
  tenantId: null,
  organizerId: null,
  joinMeetingId: null,
  passcode: null
};
function readShort(rest, query) {
  const id = cutAt(rest, "/")[0];
  const joinMeetingId = decode(id);
  if (!/^\d+$/.test(joinMeetingId)) throw problem(orWhole(id, rest), "the id of a meeting is a number");
  const passcode = findParameter(query, "p");
  return { ...nothing, kind: "short", joinMeetingId, passcode: passcode ? decode(passcode) || null : null };
}
var orWhole = (part, other) => part !== void 0 && part.text !== "" ? part : other;
function decode(part) {
  const space = /\s/.exec(part.text);
  if (space !== null) {
    const place = { text: space[0], start: part.start + space.index };
    throw problem(place, "white space stands in the link", "Was it broken over two lines?");
  }
  return decodeText(part);
}
function decodeText(part) {
  try {
    return decodeURIComponent(part.text);
  } catch {
    const index = part.text.search(/%(?![0-9a-f]{2})/i);
    const place = index < 0 ? part : { text: part.text.slice(index, index + 3), start: part.start + index };
    throw problem(place, "this is not well percent-encoded", "Is the link complete?");
  }
}
function findParameter(query, name) {
  for (let rest = query; rest !== void 0; ) {
    const [pair, next] = cutAt(rest, "&");
    const [key, value] = cutAt(pair, "=");
    if (key.text.toLowerCase() === name) return value ?? from(pair, pair.text.length);
    rest = next;
  }
  return void 0;
}
function readContext(part, before) {
  const hint = "It follows `?context=` and has `Tid` and `Oid`. Is the link complete?";
  if (part === void 0) throw problem(before, "the link has no context", hint);
  const context = parseObject(decodeText(part));
  if (context === void 0) throw problem(orWhole(part, before), "the context is not a JSON object", hint);
  return {
    tenantId: readId(context, "Tid", "the tenant", part),
    organizerId: readId(context, "Oid", "the organizer", part),
    replyChainMessageId: readMessageId(context, part)
  };
}
function parseObject(text2) {
  try {
    const value = JSON.parse(text2);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? new Map(Object.entries(value)) : void 0;
  } catch {
    return void 0;
  }
}
var idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
function readId(context, name, whose, part) {
  const value = context.get(name);
  if (value === void 0) throw problem(part, `the context has no \`${name}\`: the id of ${whose}`);
  if (typeof value === "string" && idForm.test(value)) return value;
  throw problem(placeOf(value, part), `\`${name}\`, the id of ${whose}, is no UUID`, "Is the link complete?");
}
function readMessageId(context, part) {
  const value = context.get("MessageId") ?? null;
  if (value === null || typeof value === "string" && /^\d+$/.test(value)) return value;
  throw problem(placeOf(value, part), "`MessageId` is no id of a message");
}
function placeOf(value, part) {
  const text2 = String(value);
  const index = text2 === "" ? -1 : part.text.indexOf(text2);
  return index < 0 ? part : { text: text2, start: part.start + index };
}

// src/compile/helpers/helper.ts
var any = (name) => ({ name, type: "any" });
var unset = (name) => ({ name, type: "any", mayBeUnset: true });
var text = (name) => ({ name, type: "text" });
var list = (name) => ({ name, type: "list" });
var textOrNumber = (name) => ({ name, type: "text or number" });
function textOf(value) {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : void 0;
}
var orNull = (value) => value ?? null;

// src/compile/helpers/contacts.ts
var contactHelpers = {
  e164: {
    parameters: [text("number"), { name: "region", type: "text", isOptional: true }],
    meaning: "A phone number as people write it in E.164 form; the region (such as `DE`) is needed when the number has no country code. Numbers that cannot exist are errors.",
    example: ['{{e164 "(425) 882-8080" "US"}}', "+14258828080"],
    run: (number, region) => readNumber(number, region)
  },
  parseJoinUrl: {
    parameters: [text("url")],
    meaning: "What a Teams join link holds: kind (`long` or `short`), threadId, messageId, replyChainMessageId, tenantId, organizerId, joinMeetingId, passcode; null for what it lacks.",
    example: [
      '{{parseJoinUrl "https://teams.microsoft.com/meet/2345678901234?p=aBcD"}}',
      {
        kind: "short",
        threadId: null,
        messageId: null,
        replyChainMessageId: null,
        tenantId: null,
        organizerId: null,
        joinMeetingId: "2345678901234",
        passcode: "aBcD"
      }
    ],
    yields: textsNamed([
      ...["kind", "threadId", "messageId", "replyChainMessageId", "tenantId"],
      ...["organizerId", "joinMeetingId", "passcode"]
    ]),
    run: (url) => ({ ...readUrl(url) })
  },
  chatInfo: {
    parameters: [text("url")],
    meaning: "The `chatInfo` of a call that joins by a long join link; a short link has none.",
    example: [
      '{{chatInfo "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%2272f988bf-86f1-41af-91ab-2d7cd011db47%22%2c%22Oid%22%3a%224b444206-207c-42f8-92a6-e332b41c88a2%22%7d"}}',
      { "@odata.type": "#microsoft.graph.chatInfo", threadId: "19:meeting_x@thread.v2", messageId: "0" }
    ],
    yields: textsNamed(["@odata.type", "threadId", "messageId", "replyChainMessageId"]),
    run: (url) => chatInfoOf(readUrl(url), url)
  },
  meetingInfo: {
    parameters: [text("url")],
    meaning: "The `meetingInfo` of a call that joins by a link: `organizerMeetingInfo` of a long one, `joinMeetingIdMeetingInfo` of a short one.",
    example: [
      '{{meetingInfo "https://teams.microsoft.com/meet/2345678901234?p=aBcD"}}',
      {
        "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo",
        joinMeetingId: "2345678901234",
        passcode: "aBcD"
      }
    ],
    run: (url) => meetingInfoOf(readUrl(url))
  }
};
function textsNamed(names) {
  return { kind: "object", properties: new Map(names.map((name) => [name, { kind: "scalar" }])) };
}
function readNumber(number, region) {
  const { readPhoneNumber: readPhoneNumber2 } = (init_phone(), __toCommonJS(phone_exports));
  const found = readPhoneNumber2(number, region === "" ? void 0 : region);
  if ("number" in found) return found.number;
  throw new HelperProblem(found.problem, {
    place: { argument: 0, start: 0, end: number.length },
    ...found.hint !== void 0 && { hint: found.hint }
  });
}
function readUrl(url) {
  try {
    return parseJoinUrl(url);
  } catch (error) {
    if (!(error instanceof JoinUrlProblem)) throw error;
    const { message, start, end, hint } = error;
    throw new HelperProblem(message, {
      place: { argument: 0, start, end },
      ...hint !== void 0 && { hint }
    });
  }
}
function chatInfoOf({ threadId, messageId, replyChainMessageId }, url) {
  if (threadId === null || messageId === null) {
    throw new HelperProblem("a short join link does not tell its chat", {
      place: { argument: 0, start: 0, end: url.length },
      hint: "Leave `chatInfo` out: a call that joins by a meeting\u2019s id needs none."
    });
  }
  const reply = replyChainMessageId === null ? {} : { replyChainMessageId };
  return { "@odata.type": "#microsoft.graph.chatInfo", threadId, messageId, ...reply };
}
function meetingInfoOf(link) {
  if (link.joinMeetingId !== null) {
    const { joinMeetingId, passcode } = link;
    return { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId, passcode };
  }
  const user = { "@odata.type": "#microsoft.graph.identity", id: link.organizerId, tenantId: link.tenantId };
  return {
    "@odata.type": "#microsoft.graph.organizerMeetingInfo",
    organizer: { "@odata.type": "#microsoft.graph.identitySet", user }
  };
}

// src/compile/suggest.ts
function suggest(name, known) {
  const wanted = name.toLowerCase();
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
function didYouMean(name, known) {
  const names = [...known];
  const near = suggest(name, names);
  if (near !== void 0) return `Did you mean \`${near}\`?`;
  if (names.length === 0 || names.length > 12) return void 0;
  return `There ${names.length === 1 ? "is" : "are"}: ${names.map((each) => `\`${each}\``).join(", ")}.`;
}
function editDistance(from2, to) {
  let beforeLast = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from2.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from2[row - 1] === to[column - 1];
      let distance = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const isSwap = row > 1 && column > 1 && from2[row - 1] === to[column - 2] && from2[row - 2] === to[column - 1];
      if (isSwap) distance = Math.min(distance, beforeLast[column - 2] + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length];
}

// src/compile/helpers/format-date.ts
function formatDate(date, pattern, zone) {
  const pieces = splitPattern(pattern);
  const fields = readDate(date, zone);
  return pieces.map((piece) => writePiece(piece, fields)).join("");
}
var dateForm = /^([1-9]\d{3})-(\d\d)-(\d\d)$/;
var momentForm = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/;
function readDate(date, zone) {
  const formatter = zoneFormatter(zone);
  const place = { argument: 0, start: 0, end: date.length };
  const moment = momentForm.exec(date);
  const fields = dateFields(moment?.[1] ?? date);
  if (fields === void 0) {
    const hint = "It looks like `2026-03-01`, `2026-03-01T09:30:00Z` or `2026-03-01T09:30+01:00`.";
    throw new HelperProblem("this is not an ISO 8601 date", { place, hint });
  }
  if (moment === null) return fields;
  if (moment[5] === void 0) {
    const hint = "End it with `Z` or an offset such as `+01:00`.";
    throw new HelperProblem("a time of day needs its offset from UTC", { place, hint });
  }
  const milliseconds = Date.parse(date);
  if (Number.isNaN(milliseconds) || Number(moment[2]) > 23) {
    throw new HelperProblem("there is no such time of day", { place });
  }
  return fieldsOf(formatter, milliseconds);
}
function dateFields(date) {
  const found = dateForm.exec(date);
  if (found === null) return void 0;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const isReal = new Date(Date.UTC(2e3 + year % 400, month - 1, day)).getUTCDate() === day;
  return isReal && month >= 1 && month <= 12 ? { year, month, day } : void 0;
}
var zoneForm = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;
var formatters = /* @__PURE__ */ new Map();
function zoneFormatter(zone) {
  try {
    if (zoneForm.test(zone)) {
      const formatter = formatters.get(zone) ?? createFormatter(zone);
      formatters.set(zone, formatter);
      return formatter;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const hint = didYouMean(zone, ["UTC", ...Intl.supportedValuesOf("timeZone")]);
  throw new HelperProblem("this is no time zone of the IANA database", {
    place: { argument: 2, start: 0, end: zone.length },
    hint: hint ?? "It looks like `Europe/Berlin` or `UTC`."
  });
}
var createFormatter = (timeZone) => new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
  timeZone,
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric"
});
function fieldsOf(formatter, milliseconds) {
  const parts = formatter.formatToParts(milliseconds);
  const read = (type) => Number(parts.find((part) => part.type === type)?.value);
  const time = { hour: read("hour"), minute: read("minute"), second: read("second") };
  return { year: read("year"), month: read("month"), day: read("day"), time };
}
function splitPattern(pattern) {
  const pieces = pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g);
  return [...pieces].map(({ 0: all, 1: quoted, 2: letter, index: start }) => {
    if (all === "'") {
      const place = { argument: 1, start, end: start + 1 };
      throw new HelperProblem("a single quote is not closed", { place });
    }
    if (letter !== void 0) return readToken(all, start);
    const isQuoteMark = quoted === "";
    return { text: isQuoteMark ? "'" : quoted?.replaceAll("''", "'") ?? all, isToken: false, start };
  });
}
function readToken(text2, start) {
  if (Object.hasOwn(dateTokens, text2) || Object.hasOwn(timeTokens, text2))
    return { text: text2, isToken: true, start };
  const known = [...Object.keys(dateTokens), ...Object.keys(timeTokens)].join(", ");
  throw new HelperProblem(`the pattern has no \`${text2}\``, {
    place: { argument: 1, start, end: start + text2.length },
    hint: `There are: ${known}. Text stands between single quotes: \`'at'\`.`
  });
}
function writePiece({ text: text2, isToken, start }, fields) {
  if (!isToken) return text2;
  if (Object.hasOwn(dateTokens, text2)) return dateTokens[text2](fields);
  if (fields.time !== void 0) return timeTokens[text2](fields.time);
  const place = { argument: 1, start, end: start + text2.length };
  throw new HelperProblem("the date has no time of day", { place });
}
var months = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"]
];
var weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
var weekdayOf = ({ year, month, day }) => weekdays[new Date(Date.UTC(2e3 + year % 400, month - 1, day)).getUTCDay()];
var two = (value) => String(value).padStart(2, "0");
var dateTokens = {
  yyyy: ({ year }) => String(year).padStart(4, "0"),
  MM: ({ month }) => two(month),
  MMM: ({ month }) => months[month - 1].slice(0, 3),
  MMMM: ({ month }) => months[month - 1],
  d: ({ day }) => String(day),
  dd: ({ day }) => two(day),
  EEE: (fields) => weekdayOf(fields).slice(0, 3),
  EEEE: weekdayOf
};
var timeTokens = {
  HH: ({ hour }) => two(hour),
  h: ({ hour }) => String(hour % 12 || 12),
  mm: ({ minute }) => two(minute),
  ss: ({ second }) => two(second),
  a: ({ hour }) => hour < 12 ? "AM" : "PM"
};

// src/compile/helpers/dates.ts
var dateHelpers = {
  formatDate: {
    parameters: [text("date"), text("pattern"), text("zone")],
    meaning: "An ISO date in a zone of the IANA database, by a pattern of `yyyy MM MMM MMMM d dd EEE EEEE HH h mm ss a`; other words of it stand between single quotes: `'at'`. Months and weekdays are English.",
    example: [
      `{{formatDate "2026-03-01T22:30:00Z" "EEE d MMM yyyy 'at' HH:mm" "Asia/Tokyo"}}`,
      "Mon 2 Mar 2026 at 07:30"
    ],
    run: (date, pattern, zone) => formatDate(date, pattern, zone)
  }
};

// src/compile/helpers/encoding.ts
var encodingHelpers = {
  urlencode: {
    parameters: [text("text")],
    meaning: "The text percent-encoded, for one part of a URL (`encodeURIComponent`).",
    example: ['{{urlencode "a b&c"}}', "a%20b%26c"],
    run: (value) => urlEncode(value)
  },
  base64: {
    parameters: [text("text")],
    meaning: "The text in base64.",
    example: ['{{base64 "Zo\xEB"}}', "Wm/Dqw=="],
    run: (value) => Buffer.from(value, "utf8").toString("base64")
  },
  sha256: {
    parameters: [text("text")],
    meaning: "The SHA-256 of the text, in hexadecimal.",
    example: ['{{sha256 "abc"}}', "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    run: (value) => loadHash().sha256(value)
  },
  uuid5: {
    parameters: [text("namespace"), text("name")],
    meaning: "The UUID of a name (RFC 9562, version 5), the same whenever it is made; the namespace is a UUID, `dns` or `url`.",
    example: ['{{uuid5 "dns" "www.example.com"}}', "2ed6657d-e927-568b-95e1-2665a8aea6a2"],
    run: (namespace, name) => uuidOfName(namespace, name)
  }
};
var loadHash = () => (init_hash(), __toCommonJS(hash_exports));
function urlEncode(value) {
  checkSize(value.length * 3);
  if (!value.isWellFormed()) throw new HelperProblem("the text has half a character (a lone surrogate) in it");
  return encodeURIComponent(value);
}
var namedSpaces = /* @__PURE__ */ new Map([
  ["dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ["url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"]
]);
var uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
function uuidOfName(namespace, name) {
  const id = namedSpaces.get(namespace.toLowerCase()) ?? namespace;
  if (!uuidForm.test(id)) {
    throw new HelperProblem("the namespace must be a UUID, `dns` or `url`", {
      place: { argument: 0, start: 0, end: namespace.length }
    });
  }
  const named = Buffer.concat([Buffer.from(id.replaceAll("-", ""), "hex"), Buffer.from(name, "utf8")]);
  const bytes = loadHash().sha1(named).subarray(0, 16);
  bytes[6] = bytes[6] & 15 | 80;
  bytes[8] = bytes[8] & 63 | 128;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// src/model/json.ts
var isJsonObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// src/compile/helpers/lists.ts
var listHelpers = {
  length: {
    parameters: [{ name: "value", type: "text or list" }],
    meaning: "The number of items of a list, or of characters of a text.",
    example: ['{{length "abc"}}', 3],
    run: (value) => Array.isArray(value) ? value.length : [...value].length
  },
  first: {
    parameters: [list("list")],
    meaning: "The first item; an empty list is an error.",
    example: ['{{first (split "a,b" ",")}}', "a"],
    run: (values) => itemAt(values, 0)
  },
  last: {
    parameters: [list("list")],
    meaning: "The last item; an empty list is an error.",
    example: ['{{last (split "a,b" ",")}}', "b"],
    run: (values) => itemAt(values, -1)
  },
  pluck: {
    parameters: [list("list"), text("property")],
    meaning: "One property of every object of a list.",
    example: ['{{pluck (split "" "") "id"}}', []],
    run: (values, property) => values.map((each) => propertyOf(each, property))
  }
};
function itemAt(values, index) {
  const item = values.at(index);
  if (item === void 0) throw new HelperProblem("the list is empty");
  return item;
}
function propertyOf(value, property) {
  if (isJsonObject(value) && Object.hasOwn(value, property)) return value[property];
  throw new HelperProblem(`an item has no property \`${property}\``);
}

// src/compile/helpers/logic.ts
var logicHelpers = {
  default: {
    parameters: [unset("value"), unset("fallback")],
    meaning: "The value, or the fallback when it is not set, null or empty text.",
    example: ['{{default "" "Ada"}}', "Ada"],
    run: (value, fallback) => isBlank(value) ? orNull(fallback) : orNull(value)
  },
  coalesce: {
    parameters: [unset("value")],
    isVariadic: true,
    meaning: "The first value that is set and neither null nor empty text; null when there is none.",
    example: ['{{coalesce null "" "b" "c"}}', "b"],
    run: (...values) => orNull(values.find((value) => !isBlank(value)))
  },
  eq: {
    parameters: [unset("left"), unset("right")],
    meaning: "Whether both are the same value, type included.",
    example: ['{{eq 1 "1"}}', false],
    run: (left, right) => isEqual(left, right)
  },
  ne: {
    parameters: [unset("left"), unset("right")],
    meaning: "Whether the two differ.",
    example: ['{{ne "a" "b"}}', true],
    run: (left, right) => !isEqual(left, right)
  },
  lt: {
    parameters: [textOrNumber("left"), textOrNumber("right")],
    meaning: "Whether the left number or text comes before the right one; text is compared by code unit.",
    example: ["{{lt 2 10}}", true],
    run: (left, right) => compare(left, right) < 0
  },
  gt: {
    parameters: [textOrNumber("left"), textOrNumber("right")],
    meaning: "Whether the left number or text comes after the right one.",
    example: ['{{gt "b" "a"}}', true],
    run: (left, right) => compare(left, right) > 0
  },
  and: {
    parameters: [unset("value")],
    isVariadic: true,
    meaning: "Whether all are true in the sense of `#if`.",
    example: ['{{and true "x"}}', true],
    run: (...values) => values.every(isTruthy)
  },
  or: {
    parameters: [unset("value")],
    isVariadic: true,
    meaning: "Whether one is true in the sense of `#if`.",
    example: ['{{or "" 0}}', false],
    run: (...values) => values.some(isTruthy)
  },
  not: {
    parameters: [unset("value")],
    meaning: "Whether it is not true in the sense of `#if`.",
    example: ['{{not ""}}', true],
    run: (value) => !isTruthy(value)
  },
  in: {
    parameters: [any("value"), list("list")],
    meaning: "Whether the list has the value.",
    example: ['{{in "b" (split "a,b" ",")}}', true],
    run: (value, values) => values.some((each) => isEqual(each, value))
  }
};
var isTruthy = (value) => Array.isArray(value) ? value.length > 0 : Boolean(value);
var isBlank = (value) => value === void 0 || value === null || value === "";
function compare(left, right) {
  if (typeof left !== typeof right) throw new HelperProblem("a number and a text cannot be compared");
  return left < right ? -1 : left > right ? 1 : 0;
}
function isEqual(left, right) {
  if (left === right) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((each, index) => isEqual(each, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]));
}

// src/compile/helpers/text.ts
var textHelpers = {
  upper: {
    parameters: [text("text")],
    meaning: "The text in capitals, the same in every locale.",
    example: ['{{upper "abc"}}', "ABC"],
    run: (value) => value.toUpperCase()
  },
  lower: {
    parameters: [text("text")],
    meaning: "The text in small letters, the same in every locale.",
    example: ['{{lower "ABC"}}', "abc"],
    run: (value) => value.toLowerCase()
  },
  trim: {
    parameters: [text("text")],
    meaning: "The text without white space at its ends.",
    example: ['{{trim " a "}}', "a"],
    run: (value) => value.trim()
  },
  replace: {
    parameters: [text("text"), text("from"), text("to")],
    meaning: "The text with every occurrence of one text replaced by another; no patterns.",
    example: ['{{replace "a.b.c" "." "-"}}', "a-b-c"],
    run: (value, from2, to) => replaceText(value, from2, to)
  },
  split: {
    parameters: [text("text"), text("separator")],
    meaning: "The list of the parts of a text.",
    example: ['{{split "a,b" ","}}', ["a", "b"]],
    run: (value, separator) => value.split(separator)
  },
  join: {
    parameters: [list("list"), text("separator")],
    meaning: "The texts and numbers of a list as one text.",
    example: ['{{join (split "a,b" ",") " and "}}', "a and b"],
    run: (values, separator) => joinTexts(values.map(asText), separator)
  },
  concat: {
    parameters: [{ name: "value", type: "text or list" }],
    isVariadic: true,
    meaning: "Texts as one text, or lists as one list.",
    example: ['{{concat "a" "b"}}', "ab"],
    run: (...values) => values.every(Array.isArray) ? joinLists(values) : joinTexts(
      values.map((each) => asText(orNull(each))),
      ""
    )
  },
  json: {
    parameters: [any("value")],
    meaning: "The value as JSON text.",
    example: ['{{json "a\\"b"}}', '"a\\"b"'],
    run: (value) => JSON.stringify(value)
  }
};
function asText(value) {
  const found = textOf(value);
  if (found === void 0) throw new HelperProblem("only texts, numbers and booleans can be joined");
  return found;
}

// src/compile/helpers.ts
var helpers = {
  ...logicHelpers,
  ...textHelpers,
  ...listHelpers,
  ...encodingHelpers,
  ...dateHelpers,
  ...contactHelpers
};
var helperNames = new Set(Object.keys(helpers));
var findHelper = (name) => helperNames.has(name) ? helpers[name] : void 0;
function formatParameters({ parameters, isVariadic }) {
  const names = parameters.map(({ name, isOptional }) => isOptional ? `[${name}]` : name);
  return names.join(" ") + (isVariadic ? " \u2026" : "");
}

// src/model/diagnostic-codes.ts
var diagnosticCodes = {
  "data/csv": ["error", "A list of data is not well-formed CSV with a header row."],
  "data/file": [
    "error",
    "`data` names no file, or one that is not `.csv`, `.json` or `.yaml` inside the workspace."
  ],
  "data/json": ["error", "A file of data is not JSON."],
  "definition/duplicate-name": [
    "error",
    "Two calls of the workspace have the same name (letter case aside)."
  ],
  "definition/name": ["error", "A call name is not `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`."],
  "definition/nothing-to-call": ["error", "A definition has neither `uses` nor `call`."],
  "directive/arguments": ["error", "A directive lacks a part, has one too many, or one of the wrong type."],
  "directive/unknown": [
    "error",
    "A key starts with `$` and is no directive; `$$name` writes a literal `$name`."
  ],
  "env/name": [
    "error",
    "A name under `env` that proves who one is, or that ends like a secret\u2019s and is not kept as one."
  ],
  "env/undeclared": [
    "error",
    "An expression reads, or a test sets, an environment variable that callctl.yaml does not list under `env`."
  ],
  "env/unset": ["error", "A declared environment variable is needed and not set."],
  "expression/arguments": ["error", "A helper gets the wrong number or type of arguments."],
  "expression/forbidden": [
    "error",
    "Handlebars that callctl does not run: partials, decorators, `log`, prototypes."
  ],
  "expression/not-text": ["error", "A null, list or object stands inside text."],
  "expression/syntax": ["error", "A `{{\u2026}}` that is not well formed."],
  "expression/too-complex": ["error", "An expression over the limits on length, count or depth."],
  "expression/unknown-helper": ["error", "A helper that does not exist."],
  "expression/unset": ["error", "An optional value that is not set is used without `default` or `#if`."],
  "file/encoding": ["error", "A file is not UTF-8 text, or holds NUL characters."],
  "file/extension": ["warning", "A `.yml` file stands where only `.yaml` files are read."],
  "file/too-large": ["error", "A file is over 8 MiB."],
  "file/unreadable": ["error", "A file cannot be read, is no regular file, or leads out of the workspace."],
  "key/missing": ["error", "A key that is needed is absent."],
  "key/type": [
    "error",
    "A value of callctl.yaml, a template, a definition or a test has the wrong type or form."
  ],
  "key/unknown": ["error", "A key that callctl.yaml, a template, a definition or a test does not have."],
  "lint/callback-uri": ["error", "`callbackUri` is not an https URL that Graph can reach."],
  "lint/duplicate-target": ["warning", "Two targets of a call are the same."],
  "lint/emergency-number": ["error", "A call would ring an emergency number, such as 112 or 911."],
  "lint/group-size": ["warning", "A call has more people than Graph creates a group call with: 5."],
  "lint/media-blob": ["warning", "App-hosted media without the `blob` of a media session."],
  "lint/meeting-chat": [
    "warning",
    "`chatInfo` is missing beside an organizerMeetingInfo, or stands where it does not belong."
  ],
  "lint/meeting-tenant": [
    "warning",
    "A call joins a meeting without `tenantId`, or with another than the organizer\u2019s."
  ],
  "lint/missing-tenant": ["warning", "A call to a phone number has no `tenantId`."],
  "lint/mixed-kinds": ["warning", "A call has one target, as peer-to-peer, and joins a meeting."],
  "lint/name-by-position": [
    "warning",
    "Only `@index`, `@first` or `@last` tells the names of a definition\u2019s calls apart."
  ],
  "lint/no-media": ["warning", "A call has no `mediaConfig`."],
  "lint/not-in-version": [
    "warning",
    "This version or cloud of Graph does not have a property, type or value."
  ],
  "lint/peer-to-peer-only": [
    "warning",
    "`ringingTimeoutInSeconds` or `routingPolicies` in a group call or meeting."
  ],
  "lint/phone-format": ["warning", "A phone number is not in E.164 form."],
  "lint/premium-number": ["error", "A call would ring a premium-rate number."],
  "lint/pstn-source": ["warning", "A call to a phone number has no application instance as its source."],
  "lint/read-only": ["warning", "A new call has a property that the service sets."],
  "operation/body": ["error", "What an operation on a live call would send, Graph would refuse or not read."],
  "payload/too-large": ["error", "A compiled call is over 256 KiB."],
  "reference/cycle": ["error", "Calls that need one another\u2019s ids."],
  "reference/place": [
    "error",
    "A reference to another call does not stand alone, or asks for what callctl does not know."
  ],
  "reference/unknown": ["error", "A reference to a call that the workspace does not define."],
  "schema/discriminator": ["error", "`@odata.type` is missing or names no type that may stand there."],
  "schema/enum": ["error", "A value is not one of those that Graph knows."],
  "schema/range": ["error", "A number, a text or a list is too small or too large."],
  "schema/required": ["error", "A property that Graph needs is absent."],
  "schema/type": ["error", "A value has the wrong JSON type."],
  "schema/unknown-property": ["error", "A property that this version of Graph does not have."],
  "secret/place": ["error", "A secret stands where its value could be seen, or would change what is sent."],
  "target/application-id": [
    "error",
    "The collection `application` needs an `applicationId`, and only it has one."
  ],
  "target/cloud": ["error", "A cloud that has no calls API."],
  "target/version": ["error", "A collection that this version of Graph does not have."],
  "template/cycle": ["error", "Templates that extend one another."],
  "template/unknown": ["error", "A definition uses a template that does not exist."],
  "variable/cycle": ["error", "Variables that need one another."],
  "variable/missing": ["error", "A variable without default that nothing gives a value."],
  "variable/reserved": ["error", "A variable with a name that expressions use otherwise."],
  "variable/schema": ["error", "A variable is declared with a JSON Schema that callctl does not read."],
  "variable/undeclared": [
    "error",
    "`with` names a variable that the template does not declare, or `--var` or a test one that nothing declares."
  ],
  "variable/undefined": ["error", "An expression reads a variable or property that nothing declares."],
  "variable/unused": ["warning", "A declared variable that nothing reads."],
  "variable/value": ["error", "A value does not satisfy its variable\u2019s schema."],
  "yaml/alias": ["error", "An alias that is undefined, refers to itself, or unfolds beyond reason."],
  "yaml/directive": ["error", "A `%` directive other than `%YAML 1.2`."],
  "yaml/documents": ["error", "More than one document in a file, or none."],
  "yaml/duplicate-key": ["error", "A key stands twice in one map."],
  "yaml/forbidden-key": ["error", "A key such as `__proto__`, which could reach into the program."],
  "yaml/merge-key": ["error", "The merge key `<<`, which YAML 1.2 does not have."],
  "yaml/syntax": ["error", "Text that is not YAML 1.2."],
  "yaml/tag": ["error", "A tag other than those of the core schema."],
  "yaml/too-deep": ["error", "Maps and lists nested deeper than 64 levels."],
  "yaml/unquoted-expression": ["error", "`{{\u2026}}` without quotes, which YAML reads as a map."],
  "yaml/unquoted-number": ["error", "A number that YAML would change: a phone number or id without quotes."]
};

// test/scenarios/readme.test.ts
var readme = suite("README");
var isUpdating = process.env["UPDATE"] === "1";
var normalize = (text2) => text2.replace(
  /(?:^(?:placed|ended) .*\n)+/gm,
  (lines) => lines.replace(/ \S+$/gm, "").split("\n").sort().join("\n")
).replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "<uuid>").replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "<time>");
var consoleBlock = /```console\n\$ npx callctl (.*)\n([\s\S]*?)```/g;
function runIn(folder, command) {
  const bundle = resolve("dist/callctl.cjs");
  const { stdout, stderr } = spawnSync(process.execPath, [bundle, ...command.split(" ")], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: folder, TMPDIR: folder }
  });
  return stdout + stderr;
}
readme("shows what its commands print", () => {
  const folder = mkdtempSync(join(tmpdir(), "callctl-readme-"));
  try {
    for (const name of ["callctl.yaml", "templates", "calls"])
      cpSync(name, join(folder, name), { recursive: true });
    const text2 = readFileSync("README.md", "utf8");
    let shown = 0;
    const updated = text2.replace(consoleBlock, (block, command, output) => {
      shown += 1;
      const printed = runIn(folder, command);
      if (!isUpdating) assert.fixture(normalize(output), normalize(printed), command);
      return normalize(output) === normalize(printed) ? block : `\`\`\`console
$ npx callctl ${command}
${printed}\`\`\``;
    });
    assert.ok(shown >= 5);
    if (isUpdating && updated !== text2) writeFileSync("README.md", updated);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
function tableAfter(heading) {
  const text2 = readFileSync("README.md", "utf8");
  const from2 = text2.indexOf(`
${heading}
`);
  assert.ok(from2 >= 0, heading);
  const start = text2.indexOf("\n| ", from2) + 1;
  return text2.slice(start, text2.indexOf("\n\n", start));
}
function holdTable(heading, wanted) {
  const found = tableAfter(heading);
  if (isUpdating)
    writeFileSync(
      "README.md",
      readFileSync("README.md", "utf8").replace(found, () => wanted)
    );
  else assert.fixture(found, wanted);
}
readme("has a row for every diagnostic code", () => {
  const rows = Object.entries(diagnosticCodes).map(
    ([code, [severity, meaning]]) => `| \`${code}\` | ${severity} | ${meaning} |`
  );
  holdTable("## Diagnostics", ["| code | severity | meaning |", "| --- | --- | --- |", ...rows].join("\n"));
});
readme("has a row for every helper", () => {
  const rows = [...helperNames].map((name) => {
    const helper = findHelper(name);
    const { meaning, example } = helper;
    return `| \`${name} ${formatParameters(helper)}\` | ${meaning} | \`${example[0]}\` \u2192 \`${JSON.stringify(example[1])}\` |`;
  });
  holdTable("### Helpers", ["| helper | yields | example |", "| --- | --- | --- |", ...rows].join("\n"));
});
readme.run();
