-- The trace (W3C traceparent) that an accepted request belongs to, for whoever issues and publishes it. A column that may be
-- null and has no default: nothing is rewritten.
alter table "transaction" add column "traceparent" text;
