-- Many requests at once: runs and their rows, and what the certificates of one session have in common.

create table bulk_run (
  id uuid primary key,
  upload_id serial not null,
  kind text not null check (kind in ('certify', 'update')),
  origin text not null check (origin in ('upload', 'divoc', 'proposal')),
  type text not null,
  form text not null,
  state text not null check (state in ('checking', 'checked', 'proposed', 'running', 'stopped', 'done', 'cancelled')),
  outcome text,
  filename text not null,
  columns text[],
  blank integer not null default 0,
  reason jsonb,
  proposal jsonb,
  facility_code text,
  by_kind text not null,
  by_id text not null,
  by_name text not null,
  by_reach jsonb not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  decided_by_id text,
  decided_by_name text,
  decided_at timestamptz(3),
  note text not null default '',
  started_at timestamptz(3),
  finished_at timestamptz(3),
  turn_at timestamptz(3) not null default current_timestamp,
  -- Two different people, whatever a program gets wrong.
  constraint bulk_two_people check (
    proposal is null or started_at is null or (decided_by_id is not null and decided_by_id <> by_id))
);
create unique index bulk_run_upload_id_key on bulk_run (upload_id);
create index bulk_run_created_at_idx on bulk_run (created_at);
create index bulk_run_by_id_created_at_idx on bulk_run (by_id, created_at);
create index bulk_run_at_work on bulk_run (turn_at) where state in ('checking', 'running');

create table bulk_row (
  run_id uuid not null,
  "row" integer not null,
  cells jsonb not null,
  state text not null check (state in ('unchecked', 'ready', 'unchanged', 'waiting', 'done', 'requested', 'refused')),
  lineage_id uuid,
  certificate_id text,
  changes jsonb,
  reasons text[] default array[]::text[],
  problems jsonb not null default '[]',
  transaction_id uuid,
  request_id uuid,
  lease_token uuid,
  lease_until timestamptz(3),
  attempts integer not null default 0,
  next_attempt_at timestamptz(3) not null default current_timestamp,
  at timestamptz(3),
  primary key (run_id, "row"),
  constraint bulk_row_run_id_fkey foreign key (run_id) references bulk_run (id) on delete cascade on update no action
);
create index bulk_row_run_id_state_row_idx on bulk_row (run_id, state, "row");
create index bulk_row_run_id_lineage_id_idx on bulk_row (run_id, lineage_id);

-- The certificates of a session: a facility, a day. A facility's lineages, and of each its version of that day.
create index lineage_facility on lineage (facility_code, type) where head_certificate_id is not null;
