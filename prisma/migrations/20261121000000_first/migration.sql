
-- CreateEnum
CREATE TYPE "transaction_kind" AS ENUM ('certify', 'update');

-- CreateEnum
CREATE TYPE "transaction_state" AS ENUM ('pending', 'issued', 'failed');

-- CreateEnum
CREATE TYPE "certificate_state" AS ENUM ('current', 'superseded', 'revoked', 'suspended');

-- CreateEnum
CREATE TYPE "channel" AS ENUM ('api', 'screen');

-- CreateTable
CREATE TABLE "lineage" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "pre_enrollment_code" TEXT NOT NULL,
    "program_id" TEXT NOT NULL DEFAULT '',
    "dose" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "open" BOOLEAN NOT NULL DEFAULT true,
    "facility_code" TEXT NOT NULL,
    "head_revision" INTEGER NOT NULL DEFAULT -1,
    "head_certificate_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lineage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transaction" (
    "id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" "transaction_kind" NOT NULL,
    "state" "transaction_state" NOT NULL DEFAULT 'pending',
    "certificate_id" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "type_version" INTEGER NOT NULL,
    "form" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "if_match" TEXT,
    "reason" JSONB,
    "bulk_row" JSONB,
    "channel" "channel" NOT NULL,
    "caller_kind" TEXT NOT NULL,
    "caller_id" TEXT NOT NULL,
    "caller_name" TEXT NOT NULL,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "certificate_id" TEXT NOT NULL,
    "lineage_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "predecessor_id" TEXT,
    "transaction_id" UUID NOT NULL,
    "credential" TEXT NOT NULL,
    "credential_hash" TEXT NOT NULL,
    "state" "certificate_state" NOT NULL DEFAULT 'current',
    "changes" JSONB NOT NULL,
    "checks" JSONB NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("certificate_id")
);

-- CreateTable
CREATE TABLE "status_entry" (
    "id" BIGSERIAL NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "state" "certificate_state" NOT NULL,
    "successor_id" TEXT,
    "reason" JSONB,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "status_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "event_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "key" UUID,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "caller_id" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "answer" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("caller_id","method","path","key")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "lineage_id" UUID,
    "certificate_id" TEXT,
    "detail" JSONB NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "facility_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "facility_alias" (
    "name" TEXT NOT NULL,
    "facility_code" TEXT NOT NULL,

    CONSTRAINT "facility_alias_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "operator" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "facility_code" TEXT,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_client" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "facility_code" TEXT,
    "batch" TEXT NOT NULL DEFAULT 'all',
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "lineage_head_certificate_id_key" ON "lineage"("head_certificate_id");

-- CreateIndex
CREATE INDEX "lineage_pre_enrollment_code_idx" ON "lineage"("pre_enrollment_code");

-- CreateIndex
CREATE UNIQUE INDEX "lineage_type_pre_enrollment_code_program_id_dose_generation_key" ON "lineage"("type", "pre_enrollment_code", "program_id", "dose", "generation");

-- CreateIndex
CREATE UNIQUE INDEX "transaction_certificate_id_key" ON "transaction"("certificate_id");

-- CreateIndex
CREATE UNIQUE INDEX "transaction_lineage_id_sequence_key" ON "transaction"("lineage_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_predecessor_id_key" ON "certificate"("predecessor_id");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_transaction_id_key" ON "certificate"("transaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_lineage_id_revision_key" ON "certificate"("lineage_id", "revision");

-- CreateIndex
CREATE INDEX "status_entry_certificate_id_id_idx" ON "status_entry"("certificate_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_id_key" ON "outbox"("event_id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "audit_event_lineage_id_id_idx" ON "audit_event"("lineage_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "operator_username_key" ON "operator"("username");

-- CreateIndex
CREATE UNIQUE INDEX "api_client_name_key" ON "api_client"("name");

-- CreateIndex
CREATE UNIQUE INDEX "api_client_token_hash_key" ON "api_client"("token_hash");

-- AddForeignKey
ALTER TABLE "lineage" ADD CONSTRAINT "lineage_head_certificate_id_fkey" FOREIGN KEY ("head_certificate_id") REFERENCES "certificate"("certificate_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "lineage" ADD CONSTRAINT "lineage_facility_code_fkey" FOREIGN KEY ("facility_code") REFERENCES "facility"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transaction" ADD CONSTRAINT "transaction_lineage_id_fkey" FOREIGN KEY ("lineage_id") REFERENCES "lineage"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_lineage_id_fkey" FOREIGN KEY ("lineage_id") REFERENCES "lineage"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transaction"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_predecessor_id_fkey" FOREIGN KEY ("predecessor_id") REFERENCES "certificate"("certificate_id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "status_entry" ADD CONSTRAINT "status_entry_certificate_id_fkey" FOREIGN KEY ("certificate_id") REFERENCES "certificate"("certificate_id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "facility_alias" ADD CONSTRAINT "facility_alias_facility_code_fkey" FOREIGN KEY ("facility_code") REFERENCES "facility"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operator" ADD CONSTRAINT "operator_facility_code_fkey" FOREIGN KEY ("facility_code") REFERENCES "facility"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_client" ADD CONSTRAINT "api_client_facility_code_fkey" FOREIGN KEY ("facility_code") REFERENCES "facility"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say. These make a fork, two current certificates or two open lineages of one key impossible.
CREATE UNIQUE INDEX "lineage_open_key" ON "lineage" ("type", "pre_enrollment_code", "program_id", "dose") WHERE "open";
CREATE UNIQUE INDEX "certificate_one_current" ON "certificate" ("lineage_id") WHERE "state" = 'current';
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_chain" CHECK (("revision" = 0) = ("predecessor_id" IS NULL));
ALTER TABLE "lineage" ADD CONSTRAINT "lineage_dose" CHECK ("dose" >= 1);

-- What the workers and the relay look for all day.
CREATE INDEX "transaction_waiting" ON "transaction" ("next_attempt_at", "id") WHERE "state" = 'pending';
-- Whether an earlier request of the lineage still waits. Without it, and without statistics, the planner read all of the above.
CREATE INDEX "transaction_waiting_in_lineage" ON "transaction" ("lineage_id", "sequence") WHERE "state" = 'pending';
CREATE INDEX "outbox_waiting" ON "outbox" ("topic", "id") WHERE "published_at" IS NULL AND "failure" IS NULL;
CREATE INDEX "outbox_published" ON "outbox" ("published_at") WHERE "published_at" IS NOT NULL;

-- The owner of what no facility owns.
INSERT INTO "facility" ("code", "name") VALUES ('unassigned', 'No facility');
