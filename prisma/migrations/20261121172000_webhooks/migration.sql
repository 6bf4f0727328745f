-- Where source systems want to be told, and each message with what became of it.

CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_secret_until" TIMESTAMPTZ(3),
    "callback_token" BYTEA,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "failing_since" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "webhook_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "webhook_client_id_idx" ON "webhook"("client_id");

CREATE TABLE "webhook_delivery" (
    "n" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "webhook_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "attempted_at" TIMESTAMPTZ(3),
    "answer_status" INTEGER,
    "ms" INTEGER,
    "problem" TEXT,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("n"),
    CONSTRAINT "webhook_delivery_state_check" CHECK ("state" IN ('waiting', 'delivered', 'failed')),
    CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "webhook_delivery_id_key" ON "webhook_delivery"("id");
CREATE INDEX "webhook_delivery_webhook_id_n_idx" ON "webhook_delivery"("webhook_id", "n");
CREATE INDEX "webhook_delivery_at_idx" ON "webhook_delivery"("at");
-- What waits is few; what was delivered is many.
CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery"("webhook_id", "next_attempt_at") WHERE "state" = 'waiting';
