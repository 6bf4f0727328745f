-- What the list of a day looks for: what failed, refused updates, and holders' reports nobody has answered yet.
CREATE INDEX "transaction_failed" ON "transaction" ("finished_at") WHERE "state" = 'failed';
CREATE INDEX "audit_event_update_refused" ON "audit_event" ("at") WHERE "action" = 'update.refused';
CREATE INDEX "holder_report_open" ON "holder_report" ("created_at") WHERE "state" = 'open';
