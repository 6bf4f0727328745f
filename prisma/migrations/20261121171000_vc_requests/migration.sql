-- By which id, and by which name of its type, a client of DIVOC's VC API follows a transaction.

CREATE TABLE "vc_request" (
    "own_id" TEXT NOT NULL,
    "transaction_id" UUID NOT NULL,
    "entity_type" TEXT NOT NULL,

    CONSTRAINT "vc_request_pkey" PRIMARY KEY ("own_id")
);

CREATE INDEX "vc_request_transaction_id_idx" ON "vc_request"("transaction_id");

ALTER TABLE "vc_request" ADD CONSTRAINT "vc_request_transaction_id_fkey"
    FOREIGN KEY ("transaction_id") REFERENCES "transaction"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
