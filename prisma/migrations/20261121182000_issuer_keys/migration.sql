-- Several installations work on one database: which keys are the issuer's, and what all of them have to agree on.

CREATE TABLE "issuer_key" (
  "thumbprint" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "sandbox" BOOLEAN NOT NULL,
  "public_key" TEXT NOT NULL,
  "private_key" TEXT,
  "signs" BOOLEAN NOT NULL,
  "added_at" TIMESTAMPTZ(3) NOT NULL,
  "withdrawn_at" TIMESTAMPTZ(3),
  CONSTRAINT "issuer_key_pkey" PRIMARY KEY ("thumbprint"),
  CONSTRAINT "issuer_key_type_is_known" CHECK ("type" IN ('RSA', 'ED25519')),
  -- Only the key of tests: all workers sign tests with the same one. What signs certificates never comes here.
  CONSTRAINT "issuer_key_private_is_for_tests" CHECK ("private_key" IS NULL OR "sandbox"),
  CONSTRAINT "issuer_key_withdrawn_signs_no_more" CHECK ("withdrawn_at" IS NULL OR NOT "signs")
);

CREATE UNIQUE INDEX "issuer_key_signs" ON "issuer_key" ("sandbox", "type") WHERE "signs";

CREATE TABLE "in_common" (
  "name" TEXT NOT NULL,
  "mark" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "in_common_pkey" PRIMARY KEY ("name")
);
