// test/scenarios/pull-requests.test.ts
import { existsSync, mkdirSync as mkdirSync2, readFileSync as readFileSync2, writeFileSync as writeFileSync3 } from "node:fs";
import { join as join4 } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

// src/record/format-lockfile.ts
var propertyOrder = [
  "state",
  "callId",
  "digest",
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
function formatByAddress(byAddress, order) {
  const addresses = Object.keys(byAddress).sort();
  if (addresses.length === 0) return "{}";
  const entries = addresses.map(
    (address) => `    ${JSON.stringify(address)}: ${formatValue(order(byAddress[address]), "    ")}`
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

// test/helpers/callctl.ts
import { spawn } from "node:child_process";
import { mkdtempSync as mkdtempSync2, readFileSync, rmSync as rmSync2 } from "node:fs";
import { tmpdir as tmpdir2 } from "node:os";
import { dirname, join as join2 } from "node:path";

// test/helpers/callctl-guard.ts
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
var text = `
const { appendFileSync } = require('node:fs')
const { lookup } = require('node:dns')
const net = require('node:net')
const connect = net.Socket.prototype.connect
const isHere = (host) => host === undefined || host === 'localhost' || host === '::1' || /^127\\./.test(host)
const note = (line) => appendFileSync(process.env.CALLCTL_TEST_CONNECTIONS, line + '\\n')
net.Socket.prototype.connect = function (...words) {
  const [first] = Array.isArray(words[0]) ? words[0] : words
  const to = typeof first === 'object' ? first : { port: first, host: words[1] }
  const where = to.path ?? to.host + ':' + to.port
  note((to.path === undefined && isHere(to.host) ? 'here ' : 'AWAY ') + where)
  if (to.path === undefined && !isHere(to.host)) throw new Error('a test was about to connect to ' + where)
  return connect.apply(this, words)
}
require('node:dns').lookup = (host, ...rest) => {
  if (!isHere(host)) note('AWAY dns ' + host)
  return lookup(host, ...rest)
}
`;
var written;
function guardPath() {
  if (written === void 0) {
    const folder2 = mkdtempSync(join(tmpdir(), "callctl-guard-"));
    written = join(folder2, "guard.cjs");
    writeFileSync(written, text);
    process.once("exit", () => rmSync(folder2, { recursive: true, force: true }));
  }
  return written;
}

// test/helpers/callctl.ts
var bundle = join2(process.cwd(), "dist", "callctl.cjs");
var callctl = (words, settings2) => startCallctl(words, settings2).finished;
function startCallctl(words, settings2) {
  const notes = mkdtempSync2(join2(tmpdir2(), "callctl-notes-"));
  const connections = join2(notes, "connections");
  const child = spawn(process.execPath, [bundle, ...words], {
    cwd: settings2.cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // A test that waits in vain must end.
    timeout: 3e4,
    killSignal: "SIGKILL",
    env: environmentOf(settings2, connections)
  });
  const output = { stdout: "", stderr: "" };
  const watchers = /* @__PURE__ */ new Set();
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (chunk) => {
      output[name] += chunk;
      for (const watch of watchers) watch();
    });
  }
  const finished = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve({ code, signal, ...output, connections: readConnections(connections) });
      rmSync2(notes, { recursive: true, force: true });
    });
  });
  const seen = (text2) => new Promise((resolve, reject) => {
    const watch = () => {
      if (!output.stdout.includes(text2) && !output.stderr.includes(text2)) return;
      watchers.delete(watch);
      resolve();
    };
    watchers.add(watch);
    watch();
    child.once(
      "close",
      () => reject(new Error(`ended without "${text2}": ${output.stdout}${output.stderr}`))
    );
  });
  return { process: child, seen, stdout: () => output.stdout, finished };
}
var environmentOf = ({ cwd, environment, preload }, connections) => ({
  PATH: process.env["PATH"],
  HOME: cwd,
  XDG_CACHE_HOME: dirname(connections),
  TMPDIR: process.env["TMPDIR"],
  ...environment,
  NODE_OPTIONS: [guardPath(), ...preload === void 0 ? [] : [preload]].map((path) => `--require ${path}`).join(" "),
  CALLCTL_TEST_CONNECTIONS: connections
});
function readConnections(path) {
  try {
    return readFileSync(path, "utf8").trim().split("\n");
  } catch {
    return [];
  }
}

// test/helpers/repository.ts
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync as mkdtempSync3, realpathSync, rmSync as rmSync3, writeFileSync as writeFileSync2 } from "node:fs";
import { tmpdir as tmpdir3 } from "node:os";
import { dirname as dirname2, join as join3 } from "node:path";
async function withRepository(files, work) {
  const outer = realpathSync.native(mkdtempSync3(join3(tmpdir3(), "callctl-repository-")));
  try {
    const repository = makeRepository(join3(outer, "work"), outer);
    if (Object.keys(files).length > 0) repository.commit(files, "first");
    await work(repository);
  } finally {
    rmSync3(outer, { recursive: true, force: true });
  }
}
function makeRepository(folder2, home) {
  let minute = 0;
  const pipe = (words, input) => {
    const env = environmentOf2(home, minute);
    const { status, stdout, stderr } = spawnSync("git", words, { cwd: folder2, env, input, timeout: 6e4 });
    if (status === 0) return stdout;
    throw new Error(`git ${words.join(" ")}: ${stderr.toString("utf8")}`);
  };
  const git = (...words) => pipe(words, "").toString("utf8").replace(/\n$/, "");
  const write = (path, content) => {
    mkdirSync(dirname2(join3(folder2, path)), { recursive: true });
    writeFileSync2(join3(folder2, path), content);
  };
  mkdirSync(folder2);
  git("init", "-q", "-b", "main");
  return {
    folder: folder2,
    git,
    pipe,
    write,
    remove: (path) => rmSync3(join3(folder2, path), { recursive: true }),
    commit(changed = {}, message = "change") {
      for (const [path, content] of Object.entries(changed)) write(path, content);
      minute += 1;
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
      return git("rev-parse", "HEAD");
    }
  };
}
var environmentOf2 = (home, minute) => {
  const date = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return {
    PATH: process.env["PATH"],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "kim",
    GIT_AUTHOR_EMAIL: "kim@contoso.com",
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: "kim",
    GIT_COMMITTER_EMAIL: "kim@contoso.com",
    GIT_COMMITTER_DATE: date
  };
};

// test/scenarios/pull-request-cases.ts
var uuid = (start, index) => `${start}-0000-4000-8000-${String(index).padStart(12, "0")}`;
var offices = ["Berlin", "Oslo", "Lyon", "Seattle"];
var employees = [
  "id,name,office",
  ...Array.from({ length: 200 }, (_, index) => {
    const number = index + 1;
    return `${uuid("e0000000", number)},Person ${String(number).padStart(3, "0")},${offices[index % 4]}`;
  }),
  ""
].join("\n");
var call = (lines) => `${lines.join("\n")}
`;
var baseFiles = {
  ".gitignore": ".callctl/\n",
  "callctl.yaml": call([
    "version: 1",
    "env: [CALLBACK_URI, { name: PASSCODE, secret: true }]",
    "variables: { tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10, region: emea }",
    "defaults:",
    '  callbackUri: "{{default env.CALLBACK_URI "https://bot.contoso.com/callback"}}"',
    '  tenantId: "{{tenantId}}"',
    "limits: { people: 250, concurrency: 8 }",
    "environments:",
    "  staging: { variables: { region: test } }"
  ]).replace('"{{default env', "'{{default env").replace('/callback"}}"', `/callback"}}'`),
  "data/employees.csv": employees,
  "data/oncall.csv": call([
    "id,name",
    `${uuid("a0000000", 1)},Adele Vance`,
    `${uuid("a0000000", 2)},Miriam Graham`,
    `${uuid("a0000000", 3)},Nestor Wilke`
  ]),
  "templates/announcement.yaml": call([
    "description: Ring one person and play an announcement",
    "variables:",
    "  person: { type: object, required: [id, name, office], properties: { id: { type: string }, name: { type: string }, office: { type: string } } }",
    "  announcement: { type: string, default: closure }",
    "call:",
    '  "@odata.type": "#microsoft.graph.call"',
    '  subject: "Office {{person.office}}: {{announcement}}"',
    "  targets:",
    '    - "@odata.type": "#microsoft.graph.invitationParticipantInfo"',
    "      identity:",
    '        "@odata.type": "#microsoft.graph.identitySet"',
    '        user: { "@odata.type": "#microsoft.graph.identity", id: "{{person.id}}", displayName: "{{person.name}}" }',
    "  requestedModalities: [audio]",
    "  mediaConfig:",
    '    "@odata.type": "#microsoft.graph.serviceHostedMediaConfig"',
    '    preFetchMedia: [{ uri: "https://cdn.contoso.com/{{announcement}}.wav", resourceId: "{{announcement}}" }]'
  ]),
  "templates/bridge.yaml": call([
    "description: Ring several people into one new group call",
    "variables:",
    "  subject: { type: string }",
    "  people: { type: array, minItems: 1, items: { type: object, required: [id], properties: { id: { type: string }, name: { type: string } } } }",
    "call:",
    '  "@odata.type": "#microsoft.graph.call"',
    '  subject: "{{subject}}"',
    "  targets:",
    '    $each: "{{people}}"',
    "    $as: person",
    "    $do:",
    '      "@odata.type": "#microsoft.graph.invitationParticipantInfo"',
    "      identity:",
    '        "@odata.type": "#microsoft.graph.identitySet"',
    '        user: { "@odata.type": "#microsoft.graph.identity", id: "{{person.id}}", displayName: "{{person.name}}" }',
    "  requestedModalities: [audio]",
    '  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }'
  ]),
  "templates/phone.yaml": call([
    "description: Ring one phone number",
    "variables:",
    "  number: { type: string, format: e164 }",
    "  name: { type: string }",
    "call:",
    '  "@odata.type": "#microsoft.graph.call"',
    "  source:",
    '    "@odata.type": "#microsoft.graph.participantInfo"',
    "    identity:",
    '      "@odata.type": "#microsoft.graph.identitySet"',
    `      applicationInstance: { "@odata.type": "#microsoft.graph.identity", id: ${uuid("b0000000", 1)} }`,
    "  targets:",
    '    - "@odata.type": "#microsoft.graph.invitationParticipantInfo"',
    "      identity:",
    '        "@odata.type": "#microsoft.graph.identitySet"',
    '        phone: { "@odata.type": "#microsoft.graph.identity", id: "{{number}}", displayName: "{{name}}" }',
    "  requestedModalities: [audio]",
    '  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }'
  ]),
  "calls/closure.yaml": call([
    "variables: { occasion: storm-11 }",
    "data:",
    "  employees: { file: ../data/employees.csv }",
    "calls:",
    '  "closure-{{@index}}":',
    '    forEach: "{{employees}}"',
    "    as: p",
    '    oncePer: "{{occasion}}"',
    "    uses: announcement",
    '    with: { person: "{{p}}" }'
  ]),
  "calls/oncall.yaml": call([
    "variables: { incident: INC-2041 }",
    "data:",
    "  oncall: { file: ../data/oncall.csv }",
    "calls:",
    "  bridge:",
    "    description: Bridge for the people on call",
    "    uses: bridge",
    '    oncePer: "{{incident}}"',
    '    with: { subject: "Bridge for {{incident}}", people: "{{oncall}}" }',
    "  hotline:",
    "    uses: phone",
    '    with: { number: "+14255550100", name: Front Desk }',
    "  standby:",
    "    description: Not placed yet",
    "    uses: phone",
    '    with: { number: "+14255550177", name: Night Desk }'
  ])
};
var isPlaced = (address) => address !== "standby";
var replace = (from, to) => (text2) => {
  if (!text2.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return text2.replaceAll(from, to);
};
var append = (more) => (text2) => text2 + more;
var guest = call([
  "calls:",
  "  stand-up:",
  "    call:",
  '      "@odata.type": "#microsoft.graph.call"',
  "      requestedModalities: [audio]",
  '      mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }',
  '      chatInfo: { "@odata.type": "#microsoft.graph.chatInfo", threadId: "19:meeting_x@thread.v2", messageId: "0" }',
  "      meetingInfo:",
  '        "@odata.type": "#microsoft.graph.organizerMeetingInfo"',
  "        organizer:",
  '          "@odata.type": "#microsoft.graph.identitySet"',
  `          user: { "@odata.type": "#microsoft.graph.identity", id: ${uuid("a0000000", 9)}, tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10 }`
]);
var conflict = (ours, theirs) => `<<<<<<< ours
${ours}
=======
${theirs}
>>>>>>> theirs
`;
var oncall = "calls/oncall.yaml";
var closure = "calls/closure.yaml";
var announcement = "templates/announcement.yaml";
var settings = "callctl.yaml";
var pullRequests = [
  {
    name: "new-call",
    edits: {
      [oncall]: append(
        '  front-door:\n    uses: phone\n    with: { number: "+14255550142", name: Front Door }\n'
      )
    }
  },
  { name: "new-file-that-joins-a-meeting", edits: { "calls/meetings.yaml": guest } },
  { name: "new-row", edits: { "data/employees.csv": append(`${uuid("e0000000", 201)},Zoe Moreau,Lyon
`) } },
  {
    name: "person-joins-the-bridge",
    edits: {
      "data/oncall.csv": replace(
        `${uuid("a0000000", 2)}`,
        `${uuid("a0000000", 7)},Lee Gu
${uuid("a0000000", 2)}`
      )
    }
  },
  { name: "template-edit-of-200-placed-calls", edits: { [announcement]: replace(".wav", ".mp3") } },
  {
    name: "new-occasion-rings-200-again",
    edits: { [closure]: replace("storm-11", "storm-12") }
  },
  {
    name: "new-occasion-and-edited-template",
    edits: {
      [closure]: replace("storm-11", "storm-12"),
      [announcement]: replace("Office {{person", "Site {{person")
    }
  },
  {
    name: "rename-with-moved-from",
    edits: { [oncall]: replace("  hotline:\n", "  front-desk:\n    movedFrom: hotline\n") }
  },
  { name: "rename-without-moved-from", edits: { [oncall]: replace("  hotline:\n", "  front-desk:\n") } },
  {
    name: "rename-and-edit",
    edits: {
      [oncall]: (text2) => text2.replace("  hotline:\n", "  front-desk:\n    movedFrom: hotline\n").replace("Front Desk", "Reception")
    }
  },
  { name: "removal-of-placed-calls", edits: { [closure]: null } },
  {
    name: "removal-of-a-call-not-placed",
    edits: { [oncall]: (text2) => text2.slice(0, text2.indexOf("  standby:")) }
  },
  {
    name: "environment-change",
    edits: {
      [settings]: replace(
        "{ variables: { region: test } }",
        "{ variables: { region: lab }, limits: { people: 2 } }"
      ),
      [oncall]: replace("Bridge for {{incident}}", "Bridge for {{incident}} ({{region}})")
    },
    words: ["--env", "staging", "--only", "bridge*"]
  },
  {
    name: "workspace-variable-change",
    edits: {
      [settings]: replace("6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10", "7a1c2d3b-54d3-4c8e-9a71-2f3d5b7e9c11")
    },
    words: ["--only", "bridge*", "--only", "hotline"]
  },
  {
    name: "secret-in-a-payload",
    edits: {
      [oncall]: replace("name: Front Desk", `name: '{{default env.PASSCODE "Front Desk"}}'`)
    },
    environment: { PASSCODE: "canary-7f3a" },
    exitCode: 4
  },
  {
    name: "secret-in-a-new-call",
    edits: {
      [oncall]: append(
        call([
          "  join-by-code:",
          "    call:",
          '      "@odata.type": "#microsoft.graph.call"',
          "      requestedModalities: [audio]",
          '      mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }',
          '      meetingInfo: { "@odata.type": "#microsoft.graph.joinMeetingIdMeetingInfo", joinMeetingId: "2345678901234", passcode: "{{env.PASSCODE}}" }'
        ])
      )
    },
    environment: { PASSCODE: "canary-7f3a" }
  },
  {
    name: "variable-is-a-secret-no-more",
    edits: { [settings]: replace("{ name: PASSCODE, secret: true }", "PASSCODE") },
    environment: { PASSCODE: "canary-7f3a" }
  },
  {
    name: "conflict-in-a-definition",
    edits: { [oncall]: append(conflict("  a: {}", "  b: {}")) },
    exitCode: 4
  },
  {
    name: "conflict-in-the-lockfile",
    edits: { "calls.lock.json": (text2) => text2.replace('"calls": {\n', `"calls": {
${conflict("", "")}`) },
    exitCode: 7
  },
  { name: "lockfile-removed", edits: { "calls.lock.json": null } },
  { name: "limit-raised", edits: { [settings]: replace("people: 250", "people: 5000") } },
  {
    name: "limit-lowered-below-what-would-ring",
    edits: { [settings]: replace("people: 250", "people: 100"), [closure]: replace("storm-11", "storm-12") }
  },
  {
    name: "limit-removed",
    edits: { [settings]: replace("limits: { people: 250, concurrency: 8 }", "limits: { concurrency: 64 }") }
  },
  {
    name: "lints-switched-off",
    edits: { [settings]: append("lints: { lint/premium-number: off, lint/no-media: error }\n") }
  },
  {
    name: "beta-instead-of-v1",
    edits: { [settings]: append("graph: { version: beta }\n") },
    words: ["--only", "bridge*", "--only", "hotline", "--only", "standby"]
  },
  {
    name: "another-cloud",
    edits: { [settings]: append("graph: { cloud: us-gov }\n") },
    words: ["--only", "standby"]
  },
  { name: "number-of-a-placed-call", edits: { [oncall]: replace("+14255550100", "+14255550101") } },
  {
    name: "leave-to-redial",
    edits: {
      [oncall]: (text2) => text2.replace("+14255550100", "+14255550101").replace("  hotline:\n", "  hotline:\n    onChange: redial\n")
    }
  },
  { name: "comment-only", edits: { [oncall]: (text2) => `# Who answers when it burns.
${text2}` } },
  {
    name: "list-moved",
    edits: {
      "data/oncall.csv": null,
      "data/people/oncall.csv": baseFiles["data/oncall.csv"],
      [oncall]: replace("../data/oncall.csv", "../data/people/oncall.csv")
    }
  },
  {
    name: "undefined-variable",
    edits: { [oncall]: replace("Bridge for {{incident}}", "Bridge for {{incidnt}}") },
    exitCode: 4
  },
  {
    name: "mends-what-main-has-broken",
    before: { [oncall]: replace("Bridge for {{incident}}", "Bridge for {{incidnt}}") },
    edits: { [oncall]: replace("{{incidnt}}", "{{incident}}") }
  },
  {
    name: "new-warning",
    edits: {
      [oncall]: append(
        '  bare:\n    uses: phone\n    with: { number: "+14255550143", name: Bare }\n    call: { mediaConfig: null }\n'
      )
    }
  },
  {
    name: "no-phone-number",
    edits: { [oncall]: replace("+14255550177", "+1911") },
    exitCode: 4
  },
  {
    name: "hostile-names",
    edits: {
      "data/employees.csv": append(
        `${uuid("e0000000", 202)},"@contoso/everyone | <img src=x onerror=alert(1)> \`\`\` </details>",Lyon
`
      )
    }
  },
  {
    name: "tests-of-definitions-only",
    edits: {
      "calls/oncall.test.yaml": 'tests:\n  the hotline rings the desk:\n    call: hotline\n    expect: { numbers: ["+14255550100"] }\n'
    }
  },
  {
    name: "reference-to-another-call",
    edits: {
      [oncall]: append(
        '  escalation:\n    uses: phone\n    with: { number: "+14255550144", name: Duty Manager }\n    call: { subject: "{{calls.standby.id}}" }\n'
      )
    }
  },
  {
    name: "template-that-extends-another",
    edits: {
      "templates/urgent-bridge.yaml": 'extends: bridge\ncall: { subject: "URGENT: {{subject}}" }\n',
      [oncall]: replace("    uses: bridge\n", "    uses: urgent-bridge\n")
    }
  }
];

// test/scenarios/pull-requests.test.ts
var test = suite("pull requests");
var folder = join4(process.cwd(), "test", "scenarios", "pull-requests");
var isUpdate = process.env["UPDATE"] === "1";
var formats = { text: "txt", markdown: "md", json: "json" };
for (const pullRequest of pullRequests) {
  test(pullRequest.name, async () => {
    await withRepository({}, async (repository) => {
      await commitBase(repository);
      if (pullRequest.before !== void 0) commitEdits(repository, pullRequest.before);
      repository.git("switch", "-q", "-c", "topic");
      commitEdits(repository, pullRequest.edits);
      const names = Object.keys(formats);
      const shown = await Promise.all(names.map((format) => show(repository, pullRequest, format)));
      for (const [index, { code, stdout }] of shown.entries()) {
        const format = names[index];
        assert.is(code, pullRequest.exitCode ?? 0, stdout);
        assert.not.match(stdout, "canary");
        compareGolden(`${pullRequest.name}.${formats[format]}`, format === "json" ? shorten(stdout) : stdout);
      }
    });
  });
}
var bases = [];
async function commitBase(repository) {
  for (const [path, text2] of Object.entries(baseFiles)) repository.write(path, text2);
  if (bases.length === 0) bases.push(lockfileOf(repository));
  repository.commit({ "calls.lock.json": await bases[0] }, "base");
}
async function lockfileOf({ folder: cwd }) {
  const { stdout } = await callctl(["compile", "--format", "ndjson"], { cwd });
  const payloads = stdout.trim().split("\n").map((line) => JSON.parse(line));
  const entries = payloads.filter(({ address }) => isPlaced(address)).map((payload, index) => [payload.address, entryOf(payload, index)]);
  const lineage = "00000000-0000-4000-8000-000000000001";
  return formatLockfile({ lockfileVersion: 1, lineage, calls: Object.fromEntries(entries) });
}
var entryOf = ({ digest, endpoint }, index) => {
  const tail = String(index).padStart(12, "0");
  return {
    state: "placed",
    callId: `c0000000-0000-4000-8000-${tail}`,
    digest,
    attempt: `d0000000-0000-4000-8000-${tail}`,
    endpoint,
    placedAt: "2026-01-01T00:00:00.000Z",
    evidence: "http-201"
  };
};
function commitEdits(repository, edits) {
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === null) repository.remove(path);
    else if (typeof edit === "string") repository.write(path, edit);
    else repository.write(path, edit(readFileSync2(join4(repository.folder, path), "utf8")));
  }
  repository.commit();
}
var show = ({ folder: cwd }, { words = [], environment }, format) => callctl(["diff", "main", "topic", "--format", format, ...words], {
  cwd,
  ...environment !== void 0 && { environment }
});
function shorten(text2) {
  const cut = (value) => {
    if (Array.isArray(value)) {
      const shown = value.slice(0, value.length > 12 ? 3 : 12).map(cut);
      return value.length > 12 ? [...shown, `\u2026 ${value.length} in all`] : shown;
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cut(each)]));
  };
  return `${JSON.stringify(cut(JSON.parse(text2)), null, 2)}
`;
}
function compareGolden(name, text2) {
  const path = join4(folder, name);
  if (isUpdate) {
    mkdirSync2(folder, { recursive: true });
    writeFileSync3(path, text2);
  } else {
    assert.ok(existsSync(path), `${name} is not there: UPDATE=1 writes it`);
    assert.fixture(text2, readFileSync2(path, "utf8"));
  }
}
test.run();
