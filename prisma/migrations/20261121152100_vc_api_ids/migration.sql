-- A client may have a credential issued again under the id it had: a status of that id is the status of all of them.
DROP INDEX "vc_credential_client_id_credential_id_key";
CREATE INDEX "vc_credential_client_id_credential_id_idx" ON "vc_credential"("client_id", "credential_id");
