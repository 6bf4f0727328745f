-- What failed is counted and shown while somebody looks at a webhook.
CREATE INDEX "webhook_delivery_failed" ON "webhook_delivery"("webhook_id", "n") WHERE "state" = 'failed';
