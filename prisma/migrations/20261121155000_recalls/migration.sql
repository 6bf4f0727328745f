-- Recalls: what the first person saw, until when a second one may confirm, how it ended, and rows that are tried again.

-- AlterTable
ALTER TABLE "recall" ADD COLUMN     "expires_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "of_recall_id" UUID,
ADD COLUMN     "outcome" TEXT,
ADD COLUMN     "snapshot" JSONB NOT NULL;

-- AlterTable
ALTER TABLE "recall_row" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "followed_id" TEXT,
ADD COLUMN     "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ALTER COLUMN "state" SET DEFAULT 'proposed';

-- CreateIndex
CREATE INDEX "recall_row_recall_id_state_certificate_id_idx" ON "recall_row"("recall_id", "state", "certificate_id");

-- AddForeignKey
ALTER TABLE "recall" ADD CONSTRAINT "recall_of_recall_id_fkey" FOREIGN KEY ("of_recall_id") REFERENCES "recall"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Two different people, whatever a program gets wrong.
ALTER TABLE "recall" ADD CONSTRAINT "recall_two_people" CHECK (
  "state" IN ('proposed', 'cancelled')
  OR ("decided_by_id" IS NOT NULL AND "decided_by_id" <> "requested_by_id"));
-- One batch is written in several ways: without spaces, in capitals, they are one.
DROP INDEX "transaction_batch";
CREATE INDEX "transaction_batch" ON "transaction" (upper(regexp_replace(request->'vaccination'->>'batch', '\s', '', 'g'))) WHERE "state" = 'issued';
