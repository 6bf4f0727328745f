-- A context document belongs to whoever sent it. Of those that are there, the audit trail says who that was.

ALTER TABLE "json_ld_context" ADD COLUMN "created_by_id" TEXT;

UPDATE "json_ld_context" c SET "created_by_id" = a."actor_id"
FROM "audit_event" a
WHERE a."action" = 'context.added' AND a."detail"->>'contextId' = c."id"::text;
