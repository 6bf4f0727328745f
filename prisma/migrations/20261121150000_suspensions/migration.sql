-- When a suspension ends by itself: every read says "over" from that instant on, without looking at the entries.
ALTER TABLE "certificate" ADD COLUMN "suspended_until" TIMESTAMPTZ(3);
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_suspended_until" CHECK ("suspended_until" IS NULL OR "state" = 'suspended');
-- Suspensions that are to be noted as over.
CREATE INDEX "certificate_suspensions_ending" ON "certificate" ("suspended_until") WHERE "suspended_until" IS NOT NULL;
-- Nobody looks for them among the entries.
DROP INDEX "status_entry_until";
