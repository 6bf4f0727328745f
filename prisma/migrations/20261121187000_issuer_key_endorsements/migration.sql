-- What keys say of keys: nobody believes a row of issuer_key because it stands there.

CREATE TABLE "issuer_key_endorsement" (
  "thumbprint" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "endorser" TEXT NOT NULL,
  "signature" TEXT NOT NULL,
  CONSTRAINT "issuer_key_endorsement_pkey" PRIMARY KEY ("thumbprint", "state", "endorser"),
  CONSTRAINT "issuer_key_endorsement_state_is_known" CHECK ("state" IN ('known', 'signs', 'withdrawn'))
);
