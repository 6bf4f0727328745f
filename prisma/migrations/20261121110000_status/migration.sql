-- Status lists, the revocation list, recalls, other issuers' keys, the form of VC Data Model 2.0, and work for the holder of the keys.

-- AlterTable
ALTER TABLE "certificate" ADD COLUMN     "credential2" TEXT,
ADD COLUMN     "status_index" INTEGER,
ADD COLUMN     "status_list_id" INTEGER;

-- CreateTable
CREATE TABLE "status_list" (
    "id" SERIAL NOT NULL,
    "length" INTEGER NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "seed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "status_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "status_list_credential" (
    "list_id" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "credential" TEXT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "generated_at" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "status_list_credential_pkey" PRIMARY KEY ("list_id","purpose")
);

-- CreateTable
CREATE TABLE "signing_job" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "result" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "revocation_list" (
    "serial" SERIAL NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "entries" INTEGER NOT NULL,
    "signed" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "next_update" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revocation_list_pkey" PRIMARY KEY ("serial")
);

-- CreateTable
CREATE TABLE "trusted_issuer" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "verification_method" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_name" TEXT NOT NULL,

    CONSTRAINT "trusted_issuer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recall" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "criteria" JSONB NOT NULL,
    "reason" JSONB NOT NULL,
    "until" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "facility_code" TEXT,
    "requested_by_id" TEXT NOT NULL,
    "requested_by_name" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" TEXT,
    "decided_by_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "recall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recall_row" (
    "recall_id" UUID NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "code" TEXT,
    "message" TEXT,
    "at" TIMESTAMPTZ(3),

    CONSTRAINT "recall_row_pkey" PRIMARY KEY ("recall_id","certificate_id")
);

-- CreateTable
CREATE TABLE "sample_check" (
    "id" BIGSERIAL NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "checked" INTEGER NOT NULL DEFAULT 0,
    "problems" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "sample_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "signing_job_created_at_idx" ON "signing_job"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "trusted_issuer_verification_method_key" ON "trusted_issuer"("verification_method");

-- CreateIndex
CREATE INDEX "recall_requested_at_idx" ON "recall"("requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_status_list_id_status_index_key" ON "certificate"("status_list_id", "status_index");

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_status_list_id_fkey" FOREIGN KEY ("status_list_id") REFERENCES "status_list"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "status_list_credential" ADD CONSTRAINT "status_list_credential_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "status_list"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "recall_row" ADD CONSTRAINT "recall_row_recall_id_fkey" FOREIGN KEY ("recall_id") REFERENCES "recall"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- What waits for the holder of the keys.
CREATE INDEX "signing_job_waiting" ON "signing_job" ("created_at") WHERE "state" = 'waiting';
-- Recalls look for a batch among issued certificates.
CREATE INDEX "transaction_batch" ON "transaction" ((request->'vaccination'->>'batch')) WHERE "state" = 'issued';
-- Suspensions that end by themselves.
CREATE INDEX "status_entry_until" ON "status_entry" ("until") WHERE "until" IS NOT NULL;
