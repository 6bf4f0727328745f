-- Since when a key of the issuer is in use, and when a worker last said so: one that comes back with a key that was replaced
-- takes nothing over from a living worker with the newer one.
ALTER TABLE "issuer_key" ADD COLUMN "first_used_at" TIMESTAMPTZ(3), ADD COLUMN "last_used_at" TIMESTAMPTZ(3);

-- What signed before this was noted was in use since it was added.
UPDATE "issuer_key" k SET "first_used_at" = "added_at", "last_used_at" = "added_at"
WHERE NOT "sandbox" AND ("signs" OR EXISTS (
  SELECT 1 FROM "issuer_key_endorsement" e WHERE e."thumbprint" = k."thumbprint" AND e."state" = 'signs'));
