/** Of the schema that this program reads and writes. */
export const schemaVersion = 1

/** Tables that decide what is sent: each durable, with its keys, and without triggers. */
export const decisiveTables = ['claim', 'outcome', 'ruling', 'ending'] as const

/**
 * The statements that make version 1. Nothing is ever changed or deleted: whoever may only insert can neither free an
 * address nor take an outcome back. Texts stay texts, as `jsonb` would reorder what was claimed.
 */
const first = `
create schema callctl;
create table callctl.version (version integer primary key);

create table callctl.workspace (
  lineage uuid primary key,
  environment text,
  created_at timestamptz not null default clock_timestamp(),
  created_by text,
  closed_at timestamptz,
  closed_by text
);

create table callctl.run (
  id uuid primary key,
  lineage uuid not null references callctl.workspace,
  command text not null,
  operator text,
  at timestamptz not null default clock_timestamp()
);

create table callctl.claim (
  lineage uuid not null references callctl.workspace,
  kind text not null check (kind in ('attempt', 'ring')),
  address_key text not null,
  number integer not null check (number > 0),
  id uuid not null,
  nonce uuid not null,
  claim text not null,
  run uuid references callctl.run,
  at timestamptz not null default clock_timestamp(),
  constraint claim_pkey primary key (lineage, kind, address_key, number),
  constraint claim_id unique (kind, id),
  constraint claim_nonce unique (nonce)
);

create table callctl.outcome (
  kind text not null,
  id uuid not null,
  outcome text not null,
  at timestamptz not null default clock_timestamp(),
  constraint outcome_pkey primary key (kind, id),
  foreign key (kind, id) references callctl.claim (kind, id)
);

create table callctl.ruling (
  kind text not null,
  id uuid not null,
  outcome text not null,
  at timestamptz not null default clock_timestamp(),
  constraint ruling_pkey primary key (kind, id),
  foreign key (kind, id) references callctl.claim (kind, id)
);

create table callctl.ending (
  kind text not null check (kind = 'attempt'),
  id uuid not null,
  outcome text not null,
  at timestamptz not null default clock_timestamp(),
  constraint ending_pkey primary key (kind, id),
  foreign key (kind, id) references callctl.claim (kind, id)
);

create table callctl.acceptance (
  system_identifier text not null,
  timeline integer not null,
  accepted_at timestamptz not null default clock_timestamp(),
  accepted_by text
);
`

/** From each version to the next: the first makes version 1. */
export const migrations: readonly string[] = [first]
