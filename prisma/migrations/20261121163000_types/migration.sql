-- Certificate types by configuration: every version that was ever a draft or published, whole, as it was read.

CREATE TABLE "certificate_type" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "document" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "checksum" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "published_by_id" TEXT,
    "published_by_name" TEXT,

    CONSTRAINT "certificate_type_pkey" PRIMARY KEY ("name", "version"),
    CONSTRAINT "certificate_type_version_check" CHECK ("version" > 0),
    CONSTRAINT "certificate_type_state_check" CHECK ("state" IN ('draft', 'published', 'retired')),
    CONSTRAINT "certificate_type_published_check" CHECK (("state" = 'draft') = ("published_at" IS NULL))
);
-- One version of a type is in force.
CREATE UNIQUE INDEX "certificate_type_published_key" ON "certificate_type"("name") WHERE "state" = 'published';

-- What certificates were issued under stays as it was, for ever.
CREATE FUNCTION certificate_type_keep() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if old.state <> 'draft' and (tg_op = 'DELETE' or new.state = 'draft'
      or (new.name, new.version, new.document, new.files, new.checksum)
         is distinct from (old.name, old.version, old.document, old.files, old.checksum)) then
    raise exception 'version % of the certificate type % was published: it cannot be changed', old.version, old.name;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
CREATE TRIGGER certificate_type_keep BEFORE UPDATE OR DELETE ON "certificate_type"
  FOR EACH ROW EXECUTE FUNCTION certificate_type_keep();
