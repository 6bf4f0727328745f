-- The last hash of a day of the audit log, signed by the issuer: a compact JWS for each day, and one more when the key that
-- signed it was withdrawn.
CREATE TABLE "audit_root" (
    "day" DATE NOT NULL,
    "signed_by" TEXT NOT NULL,
    "signed" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_root_pkey" PRIMARY KEY ("day", "signed_by")
);
CREATE TRIGGER audit_root_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_root"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
