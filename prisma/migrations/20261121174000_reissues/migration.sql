-- Re-issuing: issued certificates made anew under the type version in force, with the same content. The new value of the
-- enum is used by no statement here: PostgreSQL allows that only after this transaction.

-- AlterEnum
ALTER TYPE "transaction_kind" ADD VALUE 'reissue';

-- Which keys signed, so that what a key signed can be found. Of certificates from before it is not known.
-- AlterTable
ALTER TABLE "certificate" ADD COLUMN     "signed_by" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "reissue" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "choice" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'checking',
    "paused_why" TEXT,
    "per_minute" INTEGER NOT NULL,
    "next_batch_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "requested_by_id" TEXT NOT NULL,
    "requested_by_name" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by_id" TEXT,
    "started_by_name" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reissue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reissue_row" (
    "reissue_id" UUID NOT NULL,
    "certificate_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'unchecked',
    "code" TEXT,
    "fields" JSONB NOT NULL DEFAULT '[]',
    "transaction_id" UUID,
    "at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reissue_row_pkey" PRIMARY KEY ("reissue_id","certificate_id")
);

-- CreateIndex
CREATE INDEX "reissue_requested_at_idx" ON "reissue"("requested_at");

-- CreateIndex
CREATE INDEX "reissue_row_reissue_id_state_certificate_id_idx" ON "reissue_row"("reissue_id", "state", "certificate_id");

-- CreateIndex
CREATE UNIQUE INDEX "reissue_row_transaction_id_key" ON "reissue_row"("transaction_id");

-- AddForeignKey
ALTER TABLE "reissue_row" ADD CONSTRAINT "reissue_row_reissue_id_fkey" FOREIGN KEY ("reissue_id") REFERENCES "reissue"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reissue_row" ADD CONSTRAINT "reissue_row_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "transaction"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Those whose transaction is on its way: a few at any time, asked for every second.
CREATE INDEX "reissue_row_accepted" ON "reissue_row" ("transaction_id") WHERE "state" = 'accepted';
