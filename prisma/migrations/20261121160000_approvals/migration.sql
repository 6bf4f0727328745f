-- Corrections that wait for a second person, what the two say to each other, and updates granted beyond the limit.

create table change_request (
  id uuid primary key,
  lineage_id uuid not null references lineage (id) on delete restrict on update no action,
  certificate_id text not null,
  item jsonb not null,
  form text not null,
  content_hash text not null,
  reasons text[] check (reasons is not null and cardinality(reasons) > 0),
  reason jsonb,
  state text not null default 'queued'
    check (state in ('queued', 'in-review', 'waiting-for-information', 'accepted', 'denied', 'requester-cancelled')),
  -- Why it cannot be accepted as it is: the record changed meanwhile.
  conflict text,
  channel channel not null,
  requested_by_kind text not null,
  requested_by_id text not null,
  requested_by_name text not null,
  requested_at timestamptz(3) not null,
  decided_by_id text,
  decided_by_name text,
  decided_at timestamptz(3),
  transaction_id uuid references transaction (id) on delete restrict on update no action,
  extra_update boolean not null default false,
  changed_at timestamptz(3) not null,
  -- Two different people, whatever a program gets wrong.
  constraint change_request_two_people check (
    state not in ('accepted', 'denied') or (decided_by_id is not null and decided_by_id <> requested_by_id)),
  constraint change_request_accepted check ((state = 'accepted') = (transaction_id is not null)),
  constraint change_request_decided check (
    (state in ('accepted', 'denied', 'requester-cancelled')) = (decided_at is not null))
);
-- One at a time for a record.
create unique index change_request_open on change_request (lineage_id)
  where state in ('queued', 'in-review', 'waiting-for-information');
create index change_request_lineage_id_idx on change_request (lineage_id);
create index change_request_requested_by_id_changed_at_idx on change_request (requested_by_id, changed_at);
create index change_request_changed_at_idx on change_request (changed_at);

create table change_request_message (
  id bigserial primary key,
  request_id uuid not null references change_request (id) on delete cascade on update no action,
  kind text not null check (kind in ('note', 'question', 'answer', 'conflict', 'decision')),
  by_id text not null,
  by_name text not null,
  text text not null,
  at timestamptz(3) not null
);
create index change_request_message_request_id_id_idx on change_request_message (request_id, id);

-- Updates beyond the limit, each granted by a supervisor for a request of somebody else.
alter table lineage add column extra_updates integer not null default 0 check (extra_updates >= 0);
-- False: the small correction of somebody whose large ones need a second person. Those are measured from the last true one.
alter table transaction add column vouched boolean not null default true;
