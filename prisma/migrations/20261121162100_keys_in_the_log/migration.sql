-- The worker asks what the log said last of each signing key, in a log of any length.
CREATE INDEX "audit_event_key_idx" ON "audit_event"(("detail" ->> 'key'), "id") WHERE "action" LIKE 'key.%';

-- The request by which something was accepted, for whoever follows it through the logs.
ALTER TABLE "transaction" ADD COLUMN "request_id" TEXT;
