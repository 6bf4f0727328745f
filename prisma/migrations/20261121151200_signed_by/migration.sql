-- Which key signed a published file: after a rotation it is signed anew. '' = not known, so at once.
ALTER TABLE "status_list_credential" ADD COLUMN "signed_by" TEXT NOT NULL DEFAULT '';
ALTER TABLE "revocation_page" ADD COLUMN "signed_by" TEXT NOT NULL DEFAULT '';
