-- Holders, drafts, presence, printing, confirmations, sandbox clients, moves to another dose, and what a developer sees of the own calls.

-- DropIndex
DROP INDEX "lineage_type_pre_enrollment_code_program_id_dose_generation_key";

-- AlterTable
ALTER TABLE "lineage" ADD COLUMN     "reserved_for" UUID,
ADD COLUMN     "sandbox" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "transaction" ADD COLUMN     "corrected_dose" INTEGER;

-- AlterTable
ALTER TABLE "facility" ADD COLUMN     "disabled" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "operator" ADD COLUMN     "administrator" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "last_signed_in_at" TIMESTAMPTZ(3),
ADD COLUMN     "must_change_password" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "api_client" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "rate_per_minute" INTEGER,
ADD COLUMN     "sandbox" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "holder_link" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "lineage_id" UUID NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "holder_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holder_report" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "link_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "note" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_name" TEXT,
    "answer" TEXT,

    CONSTRAINT "holder_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "confirmation" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "operator_id" UUID NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "changes_hash" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "answered_at" TIMESTAMPTZ(3),
    "verdict" TEXT,
    "marked" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "presence" (
    "lineage_id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("lineage_id","operator_id")
);

-- CreateTable
CREATE TABLE "recent_item" (
    "operator_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recent_item_pkey" PRIMARY KEY ("operator_id","lineage_id")
);

-- CreateTable
CREATE TABLE "print_run" (
    "id" BIGSERIAL NOT NULL,
    "lineage_id" UUID NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "paper" TEXT NOT NULL,
    "copies" INTEGER NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "print_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_call" (
    "id" BIGSERIAL NOT NULL,
    "client_id" UUID NOT NULL,
    "request_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "code" TEXT,
    "message" TEXT,
    "details" JSONB NOT NULL DEFAULT '[]',
    "ms" INTEGER NOT NULL,

    CONSTRAINT "api_call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_window" (
    "key" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("key","window_start")
);

-- CreateIndex
CREATE UNIQUE INDEX "holder_link_token_hash_key" ON "holder_link"("token_hash");

-- CreateIndex
CREATE INDEX "holder_link_lineage_id_idx" ON "holder_link"("lineage_id");

-- CreateIndex
CREATE UNIQUE INDEX "holder_report_reference_key" ON "holder_report"("reference");

-- CreateIndex
CREATE INDEX "holder_report_created_at_idx" ON "holder_report"("created_at");

-- CreateIndex
CREATE INDEX "holder_report_lineage_id_idx" ON "holder_report"("lineage_id");

-- CreateIndex
CREATE UNIQUE INDEX "confirmation_token_hash_key" ON "confirmation"("token_hash");

-- CreateIndex
CREATE INDEX "confirmation_created_at_idx" ON "confirmation"("created_at");

-- CreateIndex
CREATE INDEX "draft_expires_at_idx" ON "draft"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "draft_operator_id_certificate_id_key" ON "draft"("operator_id", "certificate_id");

-- CreateIndex
CREATE INDEX "print_run_certificate_id_idx" ON "print_run"("certificate_id");

-- CreateIndex
CREATE INDEX "api_call_client_id_id_idx" ON "api_call"("client_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "lineage_type_pre_enrollment_code_program_id_dose_generation_key" ON "lineage"("type", "pre_enrollment_code", "program_id", "dose", "generation", "sandbox");

-- CreateIndex
CREATE INDEX "transaction_accepted_at_idx" ON "transaction"("accepted_at");

-- AddForeignKey
ALTER TABLE "holder_link" ADD CONSTRAINT "holder_link_lineage_id_fkey" FOREIGN KEY ("lineage_id") REFERENCES "lineage"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "holder_report" ADD CONSTRAINT "holder_report_lineage_id_fkey" FOREIGN KEY ("lineage_id") REFERENCES "lineage"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "holder_report" ADD CONSTRAINT "holder_report_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "holder_link"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "confirmation" ADD CONSTRAINT "confirmation_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_lineage_id_fkey" FOREIGN KEY ("lineage_id") REFERENCES "lineage"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recent_item" ADD CONSTRAINT "recent_item_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recent_item" ADD CONSTRAINT "recent_item_lineage_id_fkey" FOREIGN KEY ("lineage_id") REFERENCES "lineage"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "print_run" ADD CONSTRAINT "print_run_lineage_id_fkey" FOREIGN KEY ("lineage_id") REFERENCES "lineage"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_call" ADD CONSTRAINT "api_call_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One open lineage of a key among the real ones, and one among those of sandbox clients.
DROP INDEX "lineage_open_key";
CREATE UNIQUE INDEX "lineage_open_key" ON "lineage" ("type", "pre_enrollment_code", "program_id", "dose", "sandbox") WHERE "open";

-- Who acted for all facilities until now could add the others only in the database: they go on as administrators.
UPDATE "operator" SET "administrator" = true WHERE "facility_code" IS NULL;
