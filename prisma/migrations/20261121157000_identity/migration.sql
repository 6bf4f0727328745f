-- Who is who: sessions that can be ended, second factors, sign-in services, tokens with scopes and an end.

create table operator_session (
  id uuid primary key,
  operator_id uuid not null references operator (id) on update cascade on delete cascade,
  method text not null check (method in ('password', 'second_factor', 'recovery_code', 'oidc')),
  device text not null,
  address text,
  started_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  ended_at timestamptz(3),
  id_token bytea
);
create index operator_session_operator_id_last_seen_at_idx on operator_session (operator_id, last_seen_at);
create index operator_session_last_seen_at_idx on operator_session (last_seen_at);

create table second_factor (
  operator_id uuid primary key references operator (id) on update cascade on delete cascade,
  secret bytea,
  pending bytea,
  last_step bigint not null default 0,
  confirmed_at timestamptz(3),
  check ((secret is null) = (confirmed_at is null))
);

create table recovery_code (
  operator_id uuid not null references operator (id) on update cascade on delete cascade,
  hash text not null,
  used_at timestamptz(3),
  primary key (operator_id, hash)
);

create table operator_identity (
  issuer text not null,
  subject text not null,
  operator_id uuid not null references operator (id) on update cascade on delete cascade,
  linked_at timestamptz(3) not null,
  primary key (issuer, subject)
);
create index operator_identity_operator_id_idx on operator_identity (operator_id);

alter table operator
  add column second_factor_required boolean not null default false,
  add column password_expires_at timestamptz(3),
  add column external boolean not null default false;

alter table api_client
  add column scopes text[] default array[]::text[],
  add column token_expires_at timestamptz(3),
  add column previous_token_hash text,
  add column previous_token_until timestamptz(3),
  add check ((previous_token_hash is null) = (previous_token_until is null));
create unique index api_client_previous_token_hash_key on api_client (previous_token_hash);

-- Whoever has a token today may go on doing what tokens could do.
update api_client set scopes = '{certify,update,revoke,read,share}';
