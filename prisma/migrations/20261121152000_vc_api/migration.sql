-- Credentials that clients had issued over the VC API: nothing of what they say is kept, only where their status stands.
CREATE TABLE "vc_credential" (
    "id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "client_id" UUID NOT NULL,
    "status_list_id" INTEGER NOT NULL,
    "status_index" INTEGER NOT NULL,
    "revoked" BOOLEAN NOT NULL DEFAULT false,
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "changes" INTEGER NOT NULL DEFAULT 0,
    "listed_changes" INTEGER NOT NULL DEFAULT 0,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3),

    CONSTRAINT "vc_credential_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "vc_credential_client_id_credential_id_key" ON "vc_credential"("client_id", "credential_id");
CREATE UNIQUE INDEX "vc_credential_status_list_id_status_index_key" ON "vc_credential"("status_list_id", "status_index");

ALTER TABLE "vc_credential" ADD CONSTRAINT "vc_credential_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "api_client"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "vc_credential" ADD CONSTRAINT "vc_credential_status_list_id_fkey" FOREIGN KEY ("status_list_id") REFERENCES "status_list"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- Those whose last change is in no published list yet.
CREATE INDEX "vc_credential_unlisted" ON "vc_credential" ("status_list_id") WHERE "listed_changes" < "changes";
