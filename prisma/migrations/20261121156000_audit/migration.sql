-- The log of who did what becomes append-only: every row carries its own hash, seals chain the hashes.

ALTER TABLE "audit_event" ADD COLUMN "era" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "audit_event" ADD COLUMN "hash" BYTEA;

-- A batch of rows in the order of (era, xid, id). Its hash covers the seal before it.
CREATE TABLE "audit_seal" (
    "n" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "era" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "first_xid" xid8 NOT NULL,
    "first_id" BIGINT NOT NULL,
    "last_xid" xid8 NOT NULL,
    "last_id" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("n")
);
-- Two sealers cannot both follow the same seal.
CREATE UNIQUE INDEX "audit_seal_previous_key" ON "audit_seal"("previous");
CREATE INDEX "audit_seal_at_idx" ON "audit_seal"("at");

-- A row as the text that is hashed and exported: lib/audit/chain.mjs writes the same.
CREATE FUNCTION audit_line(e audit_event) RETURNS text LANGUAGE sql STABLE AS $$
  select '{"id":' || e.id || ',"era":' || e.era || ',"xid":"' || e.xid
      || '","at":"' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","action":' || to_json(e.action)
      || ',"actorKind":' || to_json(e.actor_kind) || ',"actorId":' || to_json(e.actor_id)
      || ',"actorName":' || to_json(e.actor_name)
      || ',"lineageId":' || coalesce(to_json(e.lineage_id)::text, 'null')
      || ',"certificateId":' || coalesce(to_json(e.certificate_id)::text, 'null')
      || ',"detail":' || e.detail || '}'
$$;

-- The rows so far were written without a hash. They get one now, and a row of the log says so (below).
UPDATE "audit_event" e SET "hash" = sha256(convert_to(audit_line(e), 'UTF8'));
ALTER TABLE "audit_event" ALTER COLUMN "hash" SET NOT NULL;
CREATE INDEX "audit_event_era_xid_id_idx" ON "audit_event"("era", "xid", "id");
CREATE INDEX "audit_event_at_id_idx" ON "audit_event"("at", "id");

-- Nobody says under which transaction or hash a row goes in. A transaction number that is not after the last sealed one
-- belongs to another server (the log was restored from a dump): there a new era begins, sealed after the old one.
CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  sealed record;
begin
  new.xid := pg_current_xact_id();
  select s.era, s.last_xid into sealed from audit_seal s order by s.n desc limit 1;
  new.era := coalesce(sealed.era, 0) + case when new.xid <= sealed.last_xid then 1 else 0 end;
  new.hash := sha256(convert_to(audit_line(new), 'UTF8'));
  return new;
end
$$;
CREATE TRIGGER audit_event_stamp BEFORE INSERT ON "audit_event" FOR EACH ROW EXECUTE FUNCTION audit_stamp();

-- The second wall behind the privileges of the role errata_app (lib/database-role.mjs).
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  raise exception 'The audit log is append-only: % of % is refused.', tg_op, tg_table_name using errcode = '42501';
end
$$;
CREATE TRIGGER audit_event_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_event"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

INSERT INTO "audit_event" ("at", "action", "actor_kind", "actor_id", "actor_name", "detail")
SELECT now(), 'audit.began', 'system', 'migration', 'Migration',
       jsonb_build_object('rowsBefore', count(*), 'lastIdBefore', max("id"))
FROM "audit_event" HAVING count(*) > 0;
