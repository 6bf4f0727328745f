-- One row is one key: issuers have several, and many of them use the same name (DIVOC's default).
DROP INDEX "trusted_issuer_verification_method_key";
CREATE UNIQUE INDEX "trusted_issuer_public_key_key" ON "trusted_issuer"("public_key");
ALTER TABLE "trusted_issuer" ADD CONSTRAINT "trusted_issuer_algorithm" CHECK ("algorithm" IN ('RSA', 'ED25519'));
