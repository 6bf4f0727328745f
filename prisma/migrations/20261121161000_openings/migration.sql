-- Another facility's record opened for a while with a reason, hidden values shown with a reason, look-ups counted.

create table opening (
  id uuid not null,
  operator_id uuid not null,
  reason text not null,
  note text not null default '',
  opened_at timestamptz(3) not null,
  until timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint opening_pkey primary key (id),
  constraint opening_operator_id_fkey foreign key (operator_id) references operator (id) on delete restrict on update cascade,
  check (until > opened_at),
  check (ended_at is null or ended_at >= opened_at)
);
create index opening_operator_id_until_idx on opening (operator_id, until);
create index opening_opened_at_idx on opening (opened_at);

-- What was opened, and what the owner's supervisor says to it.
create table opening_record (
  opening_id uuid not null,
  lineage_id uuid not null,
  verdict text,
  decided_at timestamptz(3),
  decided_by_id uuid,
  decided_by_name text,
  answer text not null default '',
  constraint opening_record_pkey primary key (opening_id, lineage_id),
  constraint opening_record_opening_id_fkey foreign key (opening_id) references opening (id) on delete restrict on update no action,
  constraint opening_record_lineage_id_fkey foreign key (lineage_id) references lineage (id) on delete restrict on update no action,
  check (verdict in ('acknowledged', 'objected')),
  check ((verdict is null) = (decided_at is null) and (verdict is null) = (decided_by_id is null))
);
create index opening_record_lineage_id_idx on opening_record (lineage_id);

create table reveal (
  id uuid not null,
  operator_id uuid not null,
  lineage_id uuid not null,
  reason text not null,
  note text not null default '',
  revealed_at timestamptz(3) not null,
  until timestamptz(3) not null,
  constraint reveal_pkey primary key (id),
  constraint reveal_operator_id_fkey foreign key (operator_id) references operator (id) on delete restrict on update cascade,
  constraint reveal_lineage_id_fkey foreign key (lineage_id) references lineage (id) on delete restrict on update no action,
  check (until > revealed_at)
);
create index reveal_lineage_id_operator_id_idx on reveal (lineage_id, operator_id);
create index reveal_operator_id_idx on reveal (operator_id);

-- Which records somebody asked for in an hour or a day (hashed), and how many they were.
create table look_up (
  actor text not null,
  span text not null,
  since timestamptz(3) not null,
  subject bytea not null,
  -- The how many-th of that hour or day.
  n integer not null,
  constraint look_up_pkey primary key (actor, span, since, subject)
);
create index look_up_since_idx on look_up (since);
create table look_up_window (
  actor text not null,
  span text not null,
  since timestamptz(3) not null,
  count integer not null,
  constraint look_up_window_pkey primary key (actor, span, since)
);
create index look_up_window_since_idx on look_up_window (since);

-- Somebody's budget was used up. Lifted: the same budget once more for the rest of that hour or day.
create table look_up_stop (
  id uuid not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  facility_code text,
  span text not null,
  since timestamptz(3) not null,
  budget integer not null,
  stopped_at timestamptz(3) not null,
  lifted_at timestamptz(3),
  lifted_by_id uuid,
  lifted_by_name text,
  reason text,
  constraint look_up_stop_pkey primary key (id),
  check ((lifted_at is null) = (lifted_by_id is null))
);
create unique index look_up_stop_actor_kind_actor_id_span_since_budget_key
  on look_up_stop (actor_kind, actor_id, span, since, budget);
create index look_up_stop_stopped_at_idx on look_up_stop (stopped_at);
